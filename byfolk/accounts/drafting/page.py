"""What the pages of a draft show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from byfolk.accounts import editions
from byfolk.accounts.compose.equality import ANCHOR as EQUALITY
from byfolk.accounts.compose.lacks import OWN_CHAPTER, Lack, What
from byfolk.accounts.compose.plan import ANCHOR as PLAN
from byfolk.accounts.content import Chapter, Report
from byfolk.accounts.editions import Desk
from byfolk.accounts.models import Comment, Edition, Section
from byfolk.areas.policy.explaining.beside import signed
from byfolk.areas.policy.wording import moment_text
from byfolk.engines.indicators import notes, registry
from byfolk.engines.indicators.notes import Explanation
from byfolk.kernel.access.seers import names_of
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of
from byfolk.lib import norwegian


def crumbs(desk: Desk, year: int, *more: dict[str, str]) -> list[dict[str, str]]:
    """The way down to a page of a draft."""
    return [
        {"label": _("Personalregnskap"), "url": reverse("accounts")},
        {"label": f"{desk.unit.name} {year}", "url": reverse("accounts_agency", args=[year, desk.unit.code])},
        *more,
    ]


def draft_crumb(desk: Desk, year: int) -> dict[str, str]:
    """The way back to the draft."""
    return {"label": _("Utkast"), "url": reverse("accounts_draft", args=[year, desk.unit.code])}


def writable(report: Report) -> list[Chapter]:
    """The chapters that people write in."""
    return [chapter for chapter in report.chapters if chapter.anchor != OWN_CHAPTER]


def overview(
    desk: Desk, edition: Edition, report: Report, lacking: Sequence[Lack], sections: Mapping[str, Section], on: dt.date
) -> dict[str, Any]:
    """All chapters of a draft with how far each has come, and what is lacking."""
    names = names_of(one.contributor_id for one in sections.values() if one.contributor_id)
    counts = editions.comment_counts(edition)
    chapters = writable(report)
    written = sum(bool((one := sections.get(chapter.anchor)) and one.is_written) for chapter in chapters)
    return {
        "rows": [_row(desk, edition, one, sections.get(one.anchor), names, counts, on) for one in chapters],
        "verdict": _("%(written)d av %(total)d kapitler har tekst") % {"written": written, "total": len(chapters)},
        "lacking": [_lack(desk, edition, one) for one in lacking],
        "report": report,
    }


def _row(
    desk: Desk,
    edition: Edition,
    chapter: Chapter,
    section: Section | None,
    names: Mapping[int, str],
    counts: Mapping[str, int],
    on: dt.date,
) -> dict[str, Any]:
    n = counts.get(chapter.anchor, 0)
    done = section is not None and section.is_written
    due = section.due if section else None
    who = names.get(section.contributor_id or 0, "") if section else ""
    parts = []
    if who:
        parts.append(_("%(name)s skriver, frist %(day)s") % {"name": who, "day": day(due)} if due else who)
    if n:
        parts.append(ngettext("%(n)d kommentar", "%(n)d kommentarer", n) % {"n": n})
    late = bool(due and due < on and not done)
    return {
        "title": f"{chapter.number} {chapter.title}",
        "url": reverse("accounts_section", args=[edition.year, desk.unit.code, chapter.anchor]),
        "text": ". ".join([chapter.finding, *parts]),
        "tag": {
            "tone": "good" if done else "bad" if late else "plain",
            "word": _("Skrevet") if done else _("Over fristen") if late else _("Ikke skrevet"),
        },
    }


def _lack(desk: Desk, edition: Edition, lack: Lack) -> dict[str, str]:
    url = reverse("accounts_section", args=[edition.year, desk.unit.code, lack.anchor]) if lack.anchor else ""
    return {"text": lack.text, "url": url if lack.what is not What.CHAPTER_GONE else "", "what": str(lack.what)}


def explanations(actor: Actor, edition: Edition, chapter: Chapter) -> list[Explanation]:
    """What the unit has said in the year of why the chapter's figures are as they are, newest first. Two queries at
    most.
    """
    codes = [line.code for line in chapter.lines if line.code]
    since, until = dt.date(edition.year, 1, 1), dt.date(edition.year, 12, 1)
    return notes.explanations(actor, [edition.unit_id], indicators=codes, since=since, until=until) if codes else []


def chapter_page(
    report: Report, chapter: Chapter, said: Sequence[Comment], explained: Sequence[Explanation]
) -> dict[str, Any]:
    """What stands beside the form of a chapter: its figures, each with the words that name it, the explanations of them
    that the text may take in, and the comments.
    """
    return {
        "chapter": chapter,
        "help": help_for(chapter.anchor),
        "figures": [
            {"title": line.title, "value": line.now.text, "name": f"[tall:{line.code}]", "hidden": line.now.hidden}
            for line in chapter.lines
            if line.code
        ],
        "explained": [
            {
                "id": one.id,
                "about": f"{registry.indicator(one.indicator).title}, {moment_text(one.period, one.kind)}",
                "text": one.text,
                "signed": signed(one.author, one.on, corrected=one.corrected),
            }
            for one in explained
        ],
        "said": [
            {
                "who": getattr(one, "author", None) or _("Noen"),
                "day": day(day_of(one.at)),
                "text": one.text,
            }
            for one in said
        ],
    }


def help_for(anchor: str) -> str:
    """What a chapter's text should hold, where something is asked for."""
    if anchor == EQUALITY:
        return _(
            "Loven ber om en redegjørelse for arbeidet mot diskriminering, i fire trinn. Undersøk hvor risikoen er. "
            "Finn årsakene. Sett inn tiltak. Vurder hva de ga."
        )
    return ""


def is_plan(anchor: str) -> bool:
    """Whether a chapter has a list beside its text."""
    return anchor == PLAN


def day(date: dt.date | None) -> str:
    """A date in words; empty for none."""
    return norwegian.day(date, get_language() or "nb") if date else ""
