"""The accounts on one page: the verdict, and of each chapter what it found and its first figure."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from byfolk.accounts.content import Chapter, Report
from byfolk.accounts.snapshot import Frozen
from byfolk.lib.pdf import Press, font_files, fonts

TEMPLATE = Path(__file__).parent.parent / "typst" / "summary.typ"


def context(report: Report, whole: str) -> dict[str, Any]:
    """What the page and the paper show. `whole` is the address of the whole accounts."""
    return {
        "title": report.name,
        "verdict": report.verdict,
        "summary": report.summary,
        "demo": report.demo_note,
        "chapters": [_chapter(one, whole) for one in report.chapters if one.key_figures],
        "seal": [f"{row.label} {row.value}" for row in report.seal.rows[:3]] if report.seal else [],
        "hash": report.seal.sha256 if report.seal else "",
    }


def _chapter(chapter: Chapter, whole: str) -> dict[str, Any]:
    return {
        "title": chapter.title,
        "finding": chapter.finding,
        "url": f"{whole}#{chapter.anchor}",
        "figures": [
            {
                "value": item.value, "unit": item.unit, "text": item.text, "status": item.status, "word": item.word,
                "hidden": item.hidden,
            }
            for item in chapter.key_figures[:1]
        ],
    }  # fmt: skip


def pdf(edition: Frozen, language: str) -> bytes:
    """The page on paper, from the snapshot alone: the same bytes each time. Raises `PdfError`."""
    report = edition.report(language)
    path = reverse("open_accounts_version", args=[edition.year, edition.unit_code, edition.version])
    with translation.override(report.language):
        words = {"whole": _("Hele regnskapet"), "hidden": _("Skjult")}
        said = context(report, edition.address + path)
        data = said | {"lang": report.language, "municipality": report.municipality, "words": words}
        return _press().pdf(data | {"address": edition.address + path}, at=report.stamp)


@lru_cache(maxsize=1)
def _press() -> Press:
    return Press(TEMPLATE, fonts(font_files(), Path(settings.HOME) / "fonts"))
