"""The application with the floor's address beside its own."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "byfolk.config.settings")
settings.ROOT_URLCONF = "tests.bench.floor"
application = get_wsgi_application()
