"""What results are called in words. Which word is said is the engine's rule (`results.rules`)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from byfolk.engines.indicators.states import State
from byfolk.engines.questionnaires.results.parameters import parameters
from byfolk.engines.questionnaires.results.rules import Moved, Response, response
from byfolk.lib import norwegian

_SINCE: dict[Moved, Promise] = {
    Moved.CLEARLY_HIGHER: gettext_lazy("Klart høyere enn i %(year)d"),
    Moved.MAYBE_HIGHER: gettext_lazy("Kan være litt høyere"),
    Moved.SAME: gettext_lazy("Som i %(year)d"),
    Moved.MAYBE_LOWER: gettext_lazy("Kan være litt lavere"),
    Moved.CLEARLY_LOWER: gettext_lazy("Klart lavere enn i %(year)d"),
}
_BESIDE: dict[Moved, Promise] = {
    Moved.CLEARLY_HIGHER: gettext_lazy("Klart høyere enn %(other)s."),
    Moved.MAYBE_HIGHER: gettext_lazy("Kan være litt høyere enn %(other)s."),
    Moved.SAME: gettext_lazy("Omtrent som %(other)s."),
    Moved.MAYBE_LOWER: gettext_lazy("Kan være litt lavere enn %(other)s."),
    Moved.CLEARLY_LOWER: gettext_lazy("Klart lavere enn %(other)s."),
}
TONES = {Moved.CLEARLY_HIGHER: "good", Moved.CLEARLY_LOWER: "warn"}
SIGNS = {
    Moved.CLEARLY_HIGHER: "↑",
    Moved.MAYBE_HIGHER: "≈",
    Moved.SAME: "=",
    Moved.MAYBE_LOWER: "≈",
    Moved.CLEARLY_LOWER: "↓",
}


def language() -> str:
    """The reader's language: "nb", "nn" or "en"."""
    return (get_language() or "nb").split("-")[0]


def since_text(moved: Moved, year: int) -> str:
    """How a mean stands to the one of the campaign before."""
    return str(_SINCE[moved]) % {"year": year}


def beside_text(moved: Moved, other: str) -> str:
    """How a mean stands to another unit's, as a sentence."""
    return str(_BESIDE[moved]) % {"other": other}


def mean_text(mean: Decimal) -> str:
    """A mean with its one decimal."""
    return norwegian.number(mean, 1, language())


def day_text(day: dt.date) -> str:
    """A date in the reader's language."""
    return norwegian.day(day, language())


def answered_text(answered: int, invited: int) -> str:
    """How many of those invited have answered; where nobody was invited, how many have."""
    if not invited:
        return _("%(answered)s har svart") % {"answered": norwegian.number(answered, 0, language())}
    known = {"answered": norwegian.number(answered, 0, language()), "invited": norwegian.number(invited, 0, language())}
    return _("%(answered)s av %(invited)s svarte") % known


def response_text(answered: int, invited: int) -> str:
    """What that means for the result, as a sentence."""
    if not invited:
        return _("Alle som ville, kunne svare, så det er ingen svarprosent.")
    known = parameters()
    said = response(answered, invited, known)
    if said is Response.GOOD:
        return _("Det er nok til å stole på bildet.")
    share = norwegian.number(float((known.strong if said is Response.VERY_LOW else known.warning) * 100), 0, language())
    if said is Response.VERY_LOW:
        text = _("Det er under %(share)s prosent. Les dette som hva de mener, ikke hva alle mener.")
    else:
        text = _("Det er under %(share)s prosent. De som ikke svarte, kan mene noe annet.")
    return text % {"share": share}


def is_low(answered: int, invited: int) -> bool:
    """Whether the response calls for a warning. Where nobody was invited there is no rate to warn of."""
    return invited > 0 and response(answered, invited, parameters()) is not Response.GOOD


def hidden_text(state: int, k: int) -> str:
    """Why a mean is not shown."""
    if state == State.HIDDEN_SMALL:
        return _("Færre enn %(k)s svarte. Da kunne noen bli kjent igjen.") % {"k": norwegian.in_words(k, language())}
    return _("Hvis vi viste dette, kunne man regnet seg fram til hva noen få har svart.")
