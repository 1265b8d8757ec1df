"""Frozen accounts as anyone reads them: links lead to what is open to anyone, or are not there."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import fields, is_dataclass, replace
from typing import Any

from django.urls import reverse

from byfolk.accounts.content import KeyFigure, Link, Report

_FIGURE = re.compile(r"^/tall/([a-z0-9_]+)/")
_ACCOUNTS = re.compile(r"^/personalregnskap/(\d{4})/(?:([^/]+)/)?")


def opened(report: Report, open_accounts: Collection[tuple[int, str]]) -> Report:
    """The report with the portal's addresses as a visitor may follow them: figures lead to their definitions, units to
    their own accounts where those (year, code) are frozen.
    """
    made: Report = _opened(report, open_accounts)
    return made


def _opened(part: Any, known: Collection[tuple[int, str]]) -> Any:
    if isinstance(part, tuple):
        return tuple(_opened(one, known) for one in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changed: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name == "path" and isinstance(value, str):
            changed[field.name] = _open_path(value, known)
        elif isinstance(value, Link) and not isinstance(part, KeyFigure):
            link = _opened(value, known)
            changed[field.name] = link if link.path else None
        else:
            changed[field.name] = _opened(value, known)
    return replace(part, **changed)


def _open_path(path: str, known: Collection[tuple[int, str]]) -> str:
    if figure := _FIGURE.match(path):
        return f"{reverse('open_definitions')}#{figure.group(1)}"
    accounts = _ACCOUNTS.match(path)
    if accounts and (int(accounts.group(1)), accounts.group(2) or "") in known:
        return reverse("open_accounts", args=[accounts.group(1), accounts.group(2)])
    return ""
