"""The application as a server loads it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "byfolk.config.settings")
application = get_wsgi_application()

# Models can be imported only now.
from byfolk.engines.indicators.beginning import begin  # noqa: E402

begin()
