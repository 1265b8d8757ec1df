"""Settings of the test run: the tests' own connection is the owner's, so a test may look at all between requests.

Inside a request the middleware takes a role that cannot pass the policies, as always. What the login role may do is
tested on a connection of its own, and browser tests serve with the ordinary settings.
"""

from byfolk.config.settings import *  # noqa: F403

LOGIN_DATABASE = {key: DATABASES["default"][key] for key in ("USER", "PASSWORD")}  # noqa: F405
LOGIN_ROLE = LOGIN_DATABASE["USER"]
DATABASES["default"] = DATABASES["owner"] | {"CONN_MAX_AGE": 0}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # noqa: F405
CACHES = CACHES | {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"}}  # noqa: F405
