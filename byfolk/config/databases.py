"""Where the database is: the embedded PostgreSQL by default, or your own server by `DATABASE_URL`."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from byfolk.lib import postgres

NAME = "byfolk"
SOCKET = "BYFOLK_SOCKET"
DATABASE = "BYFOLK_DATABASE"


def databases() -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` signs in as the role that owns nothing, `owner` is for migrations and bulk loading.

    With your own server, `DATABASE_URL` names the first and `DATABASE_OWNER_URL` the second.
    """
    if url := os.environ.get("DATABASE_URL"):
        owner = os.environ.get("DATABASE_OWNER_URL", url)
        return {"default": _from_url(url), "owner": _from_url(owner)}
    return {"default": _embedded(postgres.LOGIN), "owner": _embedded(postgres.OWNER)}


def _embedded(user: str) -> dict[str, Any]:
    # Whoever starts the server says where its socket lies, since a deep home needs a shorter path elsewhere.
    socket = os.environ.get(SOCKET) or str(postgres.socket_folder(postgres.home()))
    where = {
        "HOST": socket,
        "PORT": str(postgres.PORT),
        "NAME": os.environ.get(DATABASE, NAME),
        "USER": user,
        "PASSWORD": "",
    }
    return _common() | where


def embedded() -> bool:
    """Whether Byfolk runs its own database server."""
    return "DATABASE_URL" not in os.environ


def _common() -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {},
    }


def _from_url(url: str) -> dict[str, Any]:
    """Read a libpq URL. A wrong one raises `ValueError` that says what is expected."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ValueError("DATABASE_URL must look like postgresql://role:password@host:5432/database")
    options = dict(parse_qsl(parts.query))
    return _common() | {
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or options.pop("port", "") or ""),
        "OPTIONS": options,
    }
