"""Django's settings. What an installation chooses comes from the environment (docs/operations.md lists it all)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from byfolk.config.databases import databases
from byfolk.lib import postgres

PACKAGE = Path(__file__).resolve().parent.parent
HOME = postgres.home()


def _secret() -> str:
    """BYFOLK_SECRET_KEY, or one made once and kept in the home folder, readable by its owner only."""
    if key := os.environ.get("BYFOLK_SECRET_KEY"):
        return key
    kept = HOME / "secret.key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return kept.read_text()


SECRET_KEY = _secret()
DEBUG = os.environ.get("BYFOLK_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("BYFOLK_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SECURE = os.environ.get("BYFOLK_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "byfolk.kernel.audit",
    "byfolk.kernel.organisation",
    "byfolk.kernel.people",
    "byfolk.kernel.people.importing",
    "byfolk.kernel.access",
    "byfolk.engines.library",
    "byfolk.engines.indicators",
    "byfolk.engines.goals",
    "byfolk.engines.actions",
    "byfolk.engines.questionnaires",
    "byfolk.areas.leadership",
    "byfolk.areas.pay",
    "byfolk.areas.policy",
    "byfolk.areas.services",
    "byfolk.areas.staffing",
    "byfolk.areas.surveys",
    "byfolk.areas.work_environment",
    "byfolk.accounts",
    "byfolk.portal",
    "byfolk.portal.importing",
    "byfolk.portal.me",
    # The registry imports every app's registrations, so it stands last.
    "byfolk.kernel.registry.apps.RegistryConfig",
]

# Paths that run as the login role, which reads sign-in tables and nothing else.
SIGN_IN = "/konto/"
WITHOUT_ACTOR = (SIGN_IN, "/health/", "/static/", "/demo/step-in")
# Paths that show the same to everybody: what a visitor may see.
AS_VISITOR = (
    "/api/v1/public/",
    "/apne-data/filer/",
    "/apne-data/figur/",
    "/regnskap/filer/",
    "/undersokelser/urne/",
    "/undersokelser/kode/",
    "/svar/",
)
# Paths that leave no line in the log: when a ballot was collected or handed in must stand nowhere.
WITHOUT_TRACE = ("/undersokelser/urne/", "/undersokelser/hent/", "/undersokelser/kode/", "/svar/")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "byfolk.config.headers.SecurityHeadersMiddleware",
    "byfolk.config.log.RequestLogMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "byfolk.kernel.access.middleware.ActorMiddleware",
]

ROOT_URLCONF = "byfolk.config.urls"
WSGI_APPLICATION = "byfolk.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before every app's own: the sign-in pages are ours, not allauth's.
        "DIRS": [PACKAGE / "portal" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "byfolk.portal.frame.frame",
            ],
        },
    }
]

# A component sees what it is given and what every page has, not the page's other variables.
COTTON_ISOLATE_BY_DEFAULT = True

DATABASES = databases()
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [path for path in [PACKAGE / "portal" / "static_built"] if path.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

CACHES = {
    # Shared by the server's processes, for the sign-in's rate limits. The login role alone may use it.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "access_cache"},
    # What a page drew from published figures: each process keeps its own.
    "drawings": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "drawings",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    # Public pages, files and pictures. Apart: whoever fetches all of them must not push out what people look at.
    "open_data": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "open_data",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
    # How often an address has tried where nobody is asked who they are: in memory only (`kernel.access.limits`).
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
# So many codes that nobody was given may be tried from one address in ten minutes, and so many answers given by open
# links in an hour: a whole workplace, or a library, may share an address.
WRONG_CODES = int(os.environ.get("BYFOLK_WRONG_CODES", "20"))
OPEN_ANSWERS = int(os.environ.get("BYFOLK_OPEN_ANSWERS", "60"))

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("BYFOLK_ORIGINS", "").split(",") if origin]
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# Where people reach this installation, for links in mail; and from which hour of the day mail is sent.
ADDRESS = os.environ.get("BYFOLK_ADDRESS", "http://localhost:8000").rstrip("/")
# Who publishes the open data: the number in Enhetsregisteret, and where questions about it are sent.
ORGANISATION_NUMBER = os.environ.get("BYFOLK_ORGANISATION_NUMBER", "")
CONTACT = os.environ.get("BYFOLK_CONTACT", "")
# Backups from while an anonymous campaign was open are gone so many days after its close; they may lie in this folder.
BACKUP_DAYS = int(os.environ.get("BYFOLK_BACKUP_DAYS", "30"))
BACKUPS = os.environ.get("BYFOLK_BACKUPS", "")
MAIL_HOUR = int(os.environ.get("BYFOLK_MAIL_HOUR", "7"))
DEFAULT_FROM_EMAIL = os.environ.get("BYFOLK_EMAIL_FROM", "byfolk@localhost")
EMAIL_BACKEND = os.environ.get("BYFOLK_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")

# Seconds without a sign of life from its worker after which a background job is taken up again, and how many workers it
# may lose before it is given up.
JOB_LOST_AFTER = 30
JOB_TRIES = 3

LOGGING_CONFIG = "byfolk.config.log.configure"
LOGGING = {"level": os.environ.get("BYFOLK_LOG_LEVEL", "INFO")}

from byfolk.config.sign_in import *  # noqa: E402, F403 - allauth's settings, apart because they are many
