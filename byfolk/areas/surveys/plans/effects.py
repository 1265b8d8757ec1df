"""What moved where it had been chosen and where it had not, in words. Nothing is called a cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from byfolk.areas.surveys.results import words
from byfolk.areas.surveys.results.sentences import year_before
from byfolk.engines.questionnaires.plans.effects import LEAST, Compared, Interval, Seen, Verdict, compared
from byfolk.engines.questionnaires.results.queries import Result
from byfolk.lib import norwegian

_TAGS: dict[Verdict, tuple[str, Promise]] = {
    Verdict.MORE: ("good", gettext_lazy("Mer opp")),
    Verdict.LESS: ("warn", gettext_lazy("Mindre opp")),
    Verdict.UNSURE: ("plain", gettext_lazy("Vet ikke sikkert")),
}


def compare(found: Result, below: Mapping[str, Sequence[Seen]]) -> dict[str, Compared | None]:
    """How every factor moved where it had been chosen, beside where it had not; None where too few may be compared."""
    return {one.code: compared(below.get(one.code, ())) for one in found.content.factors}


def context_of(found: Result, known: Mapping[str, Compared | None]) -> dict[str, Any]:
    """What `surveys/plans/since.html` needs. Only for a result with one before it."""
    title = found.campaign.title.in_language(words.language())
    back = reverse("survey_result", args=[found.campaign.pk, found.place.code])
    names = {one.code: one.title.in_language(words.language()) for one in found.content.factors}
    told = [(names[code], one) for code, one in known.items() if one is not None]
    return {
        "unit": found.place, "back_url": back, "campaign_title": title,
        "crumbs": [
            {"label": _("Resultater"), "url": reverse("survey_results")},
            {"label": f"{title}, {found.place.name}", "url": back},
            {"label": _("Siden sist"), "url": ""},
        ],
        "verdict": _verdict(told, len(known)), "rows": [_row(name, one) for name, one in told],
        "table": _table(told, year_before(found) or 0) if told else None,
        "unsaid": [names[code] for code, one in known.items() if one is None] if told else [],
        "least": norwegian.in_words(LEAST, words.language()),
    }  # fmt: skip


def _verdict(told: Sequence[tuple[str, Compared]], areas: int) -> str:
    more = [name for name, one in told if one.verdict is Verdict.MORE]
    if not told:
        return _("Ennå har for få enheter valgt det samme til at vi kan sammenligne.")
    if not more:
        return _("Vi kan ikke si at noe område gikk mer opp der det var valgt, enn der det ikke var det.")
    if len(more) == areas > 1:
        return _("Alle områdene gikk mer opp der de var valgt, enn der de ikke var det.")
    return _("Disse områdene gikk mer opp der de var valgt: %(areas)s.") % {"areas": ", ".join(more)}


def _row(name: str, one: Compared) -> dict[str, Any]:
    tone, word = _TAGS[one.verdict]
    return {"title": name, "text": _said(one), "tag": {"tone": tone, "word": word}}


def _said(one: Compared) -> str:
    """How many chose it, and how that went beside those that started alike, with how unsure it is."""
    text = {
        Verdict.MORE: _(
            "%(n)s enheter valgte det. De gikk %(size)s poeng mer opp enn enheter som startet likt (%(range)s)."
        ),
        Verdict.LESS: _(
            "%(n)s enheter valgte det. De gikk %(size)s poeng mindre opp enn enheter som startet likt (%(range)s)."
        ),
        Verdict.UNSURE: _(
            "%(n)s enheter valgte det. Forskjellen fra enheter som startet likt, kan ligge fra %(range)s poeng."
        ),
    }[one.verdict]
    spread = {"low": _signed(one.adjusted.low), "high": _signed(one.adjusted.high)}
    return text % {
        "n": norwegian.number(one.chosen, 0, words.language()),
        "size": norwegian.number(abs(one.adjusted.value), 2, words.language()),
        "range": _("%(low)s til %(high)s") % spread,
    }  # fmt: skip


def _table(told: Sequence[tuple[str, Compared]], year: int) -> dict[str, Any]:
    return {
        "caption": _("Endring siden %(year)d, i poeng") % {"year": year},
        "columns": [
            {"label": _("Område")},
            {"label": _("Enheter som valgte det"), "numeric": True},
            {"label": _("Endring der"), "numeric": True},
            {"label": _("Andre enheter"), "numeric": True},
            {"label": _("Endring hos dem"), "numeric": True},
            {"label": _("Forskjell"), "numeric": True},
            {"label": _("Forskjell når de startet likt"), "numeric": True},
        ],
        "rows": [{"cells": _cells(name, one)} for name, one in told],
    }


def _cells(name: str, one: Compared) -> list[dict[str, Any]]:
    values = (
        norwegian.number(one.chosen, 0, words.language()), _signed(one.change_chosen),
        norwegian.number(one.others, 0, words.language()), _signed(one.change_others),
        _between(one.difference), _between(one.adjusted),
    )  # fmt: skip
    return [{"value": name}, *({"value": value, "numeric": True} for value in values)]


def _signed(value: float) -> str:
    return norwegian.signed(value, 2, words.language())


def _between(one: Interval) -> str:
    return _("%(value)s (%(low)s til %(high)s)") % {
        "value": _signed(one.value), "low": _signed(one.low), "high": _signed(one.high),
    }  # fmt: skip
