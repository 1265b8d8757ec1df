"""What the pages of texts show, in words and rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.instruments.content import Content
from byfolk.engines.questionnaires.results.queries import Result
from byfolk.engines.questionnaires.texts.models import FreeText, TextState
from byfolk.engines.questionnaires.texts.queries import Reviewed, Shown
from byfolk.engines.questionnaires.texts.words import MARK, without, words
from byfolk.lib import norwegian

#: So many texts stand on a page: of a result, and of those to review.
SHOWN, REVIEWED = 20, 10


def _language() -> str:
    return (get_language() or "nb").split("-")[0]


def day(date: dt.date) -> str:
    """A date in the reader's language."""
    return norwegian.day(date, _language())


def batch_rows(campaign: Campaign, found: Iterable[Reviewed]) -> list[dict[str, Any]]:
    """Units with texts, and how far their review has come."""
    return [
        {
            "title": one.name,
            "text": number_of(one.batch.written),
            "url": reverse("review_texts", args=[campaign.pk, one.code]),
            "tag": _how_far(one),
        }
        for one in found
    ]


def number_of(texts: int) -> str:
    """So many texts, in words."""
    return ngettext("%(n)s tekst", "%(n)s tekster", texts) % {"n": norwegian.number(texts, 0, _language())}


def _how_far(one: Reviewed) -> dict[str, str]:
    if one.batch.published_at:
        return {"tone": "good", "word": _("Frigitt")}
    if one.batch.released_at:
        return {"tone": "plain", "word": _("Frigis nå")}
    if not one.left:
        return {"tone": "plain", "word": _("Slettet")}
    if one.waiting:
        return {"tone": "warn", "word": _("%(n)s venter") % {"n": one.waiting}}
    return {"tone": "plain", "word": _("Klar til å frigis")}


def review_rows(content: Content, texts: Page[FreeText], wrong: str = "") -> list[dict[str, Any]]:
    """Texts to review. `wrong`: the id of the one that could not be withheld without a reason."""
    return [
        {
            "id": str(one.pk),
            "item": item_title(content, one.item),
            "text": without(one.text, one.hidden),
            "words": list(enumerate(words(one.text))),
            "mark": MARK,
            "waits": one.state == TextState.WAITING,
            "state": one.get_state_display(),
            "tone": "good" if one.state == TextState.APPROVED else "warn",
            "reason": one.get_reason_display() if one.reason else "",
            "wrong": str(one.pk) == wrong,
        }
        for one in texts
    ]


def item_title(content: Content, code: str) -> str:
    """What was asked."""
    item = content.item(code)
    return item.text.in_language(_language()) if item else code


def own_words(found: Result, shown: Shown, number: str | None) -> dict[str, Any] | None:
    """The part of a result page with texts, at most `SHOWN` a page; None where there is nothing to say."""
    if shown.batch is None:
        if shown.elsewhere is None:
            return None
        code, name = shown.elsewhere
        return {"elsewhere": name, "elsewhere_url": reverse("survey_result", args=[found.campaign.pk, code]) + "#ord"}
    page = Paginator(shown.texts, SHOWN).get_page(number)
    withheld = shown.batch.written - page.paginator.count
    return {"page": page, "parts": by_item(found.content, page.object_list), "withheld": _withheld(withheld)}


def by_item(content: Content, texts: Iterable[FreeText]) -> list[dict[str, Any]]:
    """Texts under what they answer."""
    return [
        {"title": item_title(content, code), "texts": [one.text for one in found]}
        for code, found in groupby(texts, key=lambda one: one.item)
    ]


def _withheld(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(n)s tekst er holdt tilbake, av hensyn til dem det gjelder.",
        "%(n)s tekster er holdt tilbake, av hensyn til dem det gjelder.",
        number,
    ) % {"n": norwegian.in_words(number, _language()).capitalize()}


def path_of(found: Result) -> list[tuple[int, str, str]]:
    """The units from the top down to a result's own, as the engine asks for texts."""
    return [(place.pk, place.code, place.name) for place in found.path]


def in_a_row(content: Content, texts: Sequence[FreeText]) -> list[dict[str, str]]:
    """Texts as rows of a sheet: what was asked, and what was written."""
    return [{"item": item_title(content, one.item), "text": one.text} for one in texts]
