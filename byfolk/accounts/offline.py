"""The accounts' page as files that stand alone: one page a unit, and beside them the style sheets and fonts that all
share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from byfolk.accounts import web
from byfolk.accounts.content import Report

FOLDER = "assets"
STYLES = (
    "vendor/inter/opsz.css",
    "vendor/designsystemet.css",
    "vendor/theme.css",
    "portal/tokens.css",
    "portal/frame.css",
    "portal/data.css",
    "portal/report.css",
    "portal/print.css",
    "accounts/accounts.css",
)


class LookMissing(RuntimeError):
    """The style sheets are not built."""


def write_assets(out: Path) -> None:
    """Copy the style sheets, and the fonts that they name, to `out/assets`. Raises `LookMissing` where the look is
    not built."""
    folder = out / FOLDER
    (folder / "files").mkdir(parents=True, exist_ok=True)
    for style in STYLES:
        content = _source(style).read_text(encoding="utf-8")
        for name in re.findall(r"url\(\.?/?files/([\w.-]+)\)", content):
            (folder / "files" / name).write_bytes(_source(f"vendor/inter/files/{name}").read_bytes())
        (folder / _name(style)).write_text(content, encoding="utf-8")


def page(report: Report, *, base: str, files: Iterable[tuple[str, str]]) -> str:
    """The page as HTML. `base` is where the portal is; `files` are (label, file name) of the other formats beside
    it."""
    links = [{"label": label, "url": name} for label, name in files]
    with translation.override(report.language):
        context = web.context(report, links, base=base)
        return render_to_string(
            "accounts/file.html", context | {"styles": [f"{FOLDER}/{_name(style)}" for style in STYLES]}
        )


def index(year: int, language: str, municipality: str, pages: Iterable[tuple[str, str]]) -> str:
    """A page that leads to the others: (name, file name) of each unit."""
    styles = [f"{FOLDER}/{_name(style)}" for style in STYLES]
    with translation.override(language):
        context = {
            "year": year,
            "language": language,
            "municipality": municipality,
            "pages": list(pages),
            "styles": styles,
        }
        return render_to_string("accounts/files.html", context)


def _name(style: str) -> str:
    return style.replace("/", "-")


def _source(name: str) -> Path:
    found = finders.find(name)
    if not found:
        raise LookMissing(f"{name} is missing: run `byfolk setup --no-database`, which builds the look")
    return Path(str(found))
