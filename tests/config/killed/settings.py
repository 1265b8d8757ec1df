"""The ordinary settings, but for how soon a killed worker is missed, and styles that need no manifest."""

from byfolk.config.settings import *  # noqa: F403

JOB_LOST_AFTER = 2
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
