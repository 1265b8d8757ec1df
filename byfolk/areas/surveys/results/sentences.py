"""What is said of a unit's result before any figure: three sentences, and how each factor moved."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from byfolk.areas.surveys.results import words
from byfolk.engines.questionnaires.instruments.content import Factor
from byfolk.engines.questionnaires.results.parameters import parameters
from byfolk.engines.questionnaires.results.queries import Alike, Result
from byfolk.engines.questionnaires.results.rules import Moved, margin, moved
from byfolk.lib import norwegian

_NOTHING = Decimal(0)


def year_before(found: Result) -> int | None:
    """The year of the campaign that changes are counted from."""
    return found.results.earlier.closes_at.year if found.results.earlier else None


def moved_of(found: Result, factor: Factor) -> Moved | None:
    """What may be said of a factor's change; None where there is nothing to compare with."""
    row = found.factors[factor.code]
    return None if row.change is None or row.uncertainty is None else moved(row.change, row.uncertainty)


def unsure(found: Result, factor: Factor) -> Decimal:
    """How far the unit's mean of a factor may be off by chance."""
    spread = float(found.results.factors[factor.code]["spread"])
    return margin(spread, found.unit.answered or 1, parameters().standard_errors)


def beside(found: Result, factor: Factor) -> str:
    """The factor beside the unit above, as a sentence; empty where that is not shown."""
    mean, other = found.mean(factor.code), found.above
    if mean is None or other is None or factor.code not in other.means:
        return ""
    return words.beside_text(moved(mean - other.means[factor.code], unsure(found, factor)), other.place.name)


def beside_like(found: Result, factor: Factor, like: Alike | None) -> str:
    """The factor beside the units that this one is like, as a sentence; empty where there are too few."""
    mean = found.mean(factor.code)
    if mean is None or like is None or factor.code not in like.means:
        return ""
    said = moved(mean - like.means[factor.code], unsure(found, factor))
    return words.beside_text(said, like_name(like))


def like_name(like: Alike) -> str:
    """What the units that one is like are called."""
    return _("snittet av %(n)s lignende enheter") % {"n": norwegian.in_words(like.units, words.language())}


def cards(found: Result, like: Alike | None = None) -> list[dict[str, str]]:
    """What is best, what became better, and what to speak about: one sentence or two each."""
    best, risen, talk, year = _best(found), _risen(found), to_speak_about(found), year_before(found)
    found_cards = [_card(found, "mint", _("Det dere er best på"), best, like)]
    if risen is not None:
        found_cards.append(_card(found, "blue", _("Det som er blitt bedre"), risen, like))
    elif year is not None:
        found_cards.append(
            {
                "tone": "blue", "kicker": _("Det som er blitt bedre"), "title": _("Ingenting har tydelig gått opp"),
                "text": _("Ingen områder er høyere enn i %(year)d med noen sikkerhet.") % {"year": year},
            }
        )  # fmt: skip
    if talk is not None:
        found_cards.append(_card(found, "peach", _("Det dere bør snakke om"), talk, like))
    return found_cards


def _best(found: Result) -> Factor:
    return max(found.shown, key=lambda one: found.mean(one.code) or _NOTHING)


def _risen(found: Result) -> Factor | None:
    best = _best(found)
    risen = (Moved.CLEARLY_HIGHER, Moved.MAYBE_HIGHER)
    rising = [one for one in found.shown if one is not best and moved_of(found, one) in risen]
    return max(rising, key=lambda one: _change(found, one), default=None)


def to_speak_about(found: Result) -> Factor | None:
    """The factor that has clearly fallen most, else the lowest one; neither the best nor the one that has risen."""
    rest = [one for one in found.shown if one not in (_best(found), _risen(found))]
    falling = [one for one in rest if moved_of(found, one) is Moved.CLEARLY_LOWER]
    if falling:
        return min(falling, key=lambda one: _change(found, one))
    return min(rest, key=lambda one: found.mean(one.code) or _NOTHING, default=None)


def _change(found: Result, factor: Factor) -> Decimal:
    return found.factors[factor.code].change or _NOTHING


def _card(found: Result, tone: str, kicker: str, factor: Factor, like: Alike | None) -> dict[str, str]:
    said, year = moved_of(found, factor), year_before(found)
    sentences = [_("%(mean)s av %(high)d.") % on_scale(found, factor)]
    if said is not None and year is not None:
        sentences.append(words.since_text(said, year) + ".")
    sentences += [beside(found, factor), beside_like(found, factor, like)]
    text = " ".join(one for one in sentences if one)
    return {"tone": tone, "kicker": kicker, "title": factor.title.in_language(words.language()), "text": text}


def on_scale(found: Result, factor: Factor) -> dict[str, Any]:
    """A factor's mean, and the top of its scale."""
    mean = found.mean(factor.code)
    assert mean is not None
    return {"mean": words.mean_text(mean), "high": found.results.factors[factor.code]["high"]}
