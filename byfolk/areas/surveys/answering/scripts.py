"""Scripts of the answering pages that no template names: what a worker fetches, what lies under a survey's address."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static

_ENTRY = "surveys/answering/blinding.js"
_IMPORTED = (
    "surveys/answering/drawn.js",
    "surveys/answering/seed.js",
    "vendor/blindrsa/blindrsa.js",
    "vendor/blindrsa/util.js",
    "vendor/blindrsa/sjcl/index.js",
)


def worker_scripts() -> list[str]:
    """Addresses of what the worker of the arithmetic fetches. Modules import each other by their own names."""
    return [static(_ENTRY), *(settings.STATIC_URL + path for path in _IMPORTED)]


@lru_cache
def release() -> str:
    """What stands for all static files as they are now: a new release brings new ones, and another word."""
    return getattr(staticfiles_storage, "manifest_hash", "") or "unnamed"


@lru_cache
def script(path: str) -> str:
    """A static script's text."""
    found = finders.find(path)
    if not isinstance(found, str):
        raise FileNotFoundError(path)
    return Path(found).read_text(encoding="utf-8")
