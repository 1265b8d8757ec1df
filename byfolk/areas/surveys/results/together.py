"""What goes together with a factor among the units below: from published means alone, and never as a cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.cache import caches

from byfolk.engines.questionnaires.results.queries import Result, means_below
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.rights import Actor
from byfolk.lib.ranks import LEAST, Relation, among_many, relation

#: Below this, after correction for how many were looked at, it is hardly chance.
SURE = 0.05
#: What was worked out stands as long as the results do; the process forgets it after a day.
KEPT = 24 * 60 * 60


@dataclass(frozen=True)
class Together:
    """A factor that rises and falls with another among `relation.n` units."""

    factor: str
    relation: Relation


def together(actor: Actor, found: Result, outcome: str) -> list[Together] | None:
    """The factors that clearly go with `outcome` among the units below, the strongest first.

    None where it is not looked at: below the agencies, or where the reader sees fewer than `LEAST` units. One query.
    """
    if found.place.level > Level.AGENCY:
        return None
    means = means_below(actor, found.campaign.pk, found.place.pk, found.place.level)
    if len(means) < LEAST:
        return None
    seen = hash(tuple(sorted(means)))
    key = f"together:{found.campaign.pk}:{found.results.computed_at.timestamp()}:{found.place.pk}:{outcome}:{seen}"
    others = [one.code for one in found.shown if one.code != outcome]
    answer: list[Together] = caches["drawings"].get_or_set(key, lambda: related(means, outcome, others), KEPT) or []
    return answer


def related(means: Mapping[int, Mapping[str, Decimal]], outcome: str, others: Sequence[str]) -> list[Together]:
    """Which of `others` clearly rise or fall with `outcome` among units, by rank, the strongest first. Pure."""
    known: list[tuple[str, Relation]] = []
    for factor in others:
        both = [one for one in means.values() if factor in one and outcome in one]
        if (one := relation([float(row[factor]) for row in both], [float(row[outcome]) for row in both])) is not None:
            known.append((factor, one))
    judged = among_many([one for _factor, one in known])
    clear = [Together(factor, one) for (factor, _), one in zip(known, judged, strict=True) if one.p_among < SURE]
    return sorted(clear, key=lambda one: -abs(one.relation.rho))
