"""A campaign's results as an attacker's table, with exact sums where only rounded means are published, worked out from
the answers one by one, apart from what computes them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction
from typing import Any

from byfolk.engines.indicators.states import State
from byfolk.engines.questionnaires.ballots.models import Answer
from byfolk.engines.questionnaires.campaigns.models import Campaign, FrozenUnit
from byfolk.engines.questionnaires.instruments.answers import Answers
from byfolk.engines.questionnaires.instruments.scoring import factor_mean
from byfolk.engines.questionnaires.results.models import FactorResult, UnitResult

HIERARCHY = "as_it_was"
Means = dict[str, dict[int, list[Fraction]]]


def people(campaign: Campaign) -> tuple[Means, dict[int, list[dict[str, Any]]]]:
    """Everybody's mean of every factor by the unit that they are counted in, and the answers themselves."""
    content = campaign.version.parsed
    means: Means = {factor.code: defaultdict(list) for factor in content.factors}
    answers: dict[int, list[dict[str, Any]]] = defaultdict(list)
    found = Answer.objects.filter(group__campaign=campaign).values_list("group__unit", "answers")
    for unit, given in found:
        answers[unit].append(given)
        for factor in content.factors:
            mean = factor_mean(content, factor, Answers(given))
            if mean is not None:
                means[factor.code][unit].append(mean)
    return means, answers


def below(campaign: Campaign) -> tuple[dict[int, int | None], dict[int, set[int]]]:
    """The unit above each, and each with all below it."""
    above = dict(FrozenUnit.objects.filter(campaign=campaign).values_list("unit", "parent"))
    inside: dict[int, set[int]] = {unit: set() for unit in above}
    for unit in above:
        walker: int | None = unit
        while walker is not None:
            inside[walker].add(unit)
            walker = above[walker]
    return above, inside


def table(campaign: Campaign) -> list[dict[str, Any]]:
    """Every mean and every group's mean as the sum over its people of how far above the bottom of the scale they are,
    in parts of a step; `n` people, of whom each may have `full_scale(campaign)`."""
    means, answers = people(campaign)
    content, (above, inside) = campaign.version.parsed, below(campaign)
    parts = _parts(campaign)
    rows = []
    for one in FactorResult.objects.filter(campaign=campaign):
        factor = content.factor(one.factor)
        scale = content.scale(content.scored()[factor.items[0]])
        if one.background:
            given = [each for unit in inside[one.unit_id] for each in answers[unit]]
            known = [
                mean
                for each in given
                if each.get(one.background) == one.option
                and (mean := factor_mean(content, factor, Answers(each))) is not None
            ]
        else:
            known = [mean for unit in inside[one.unit_id] for mean in means[one.factor][unit]]
        shown = one.state == State.PUBLISHED
        total = int(sum(((mean - scale.values[0]) * parts for mean in known), Fraction(0)))
        rows.append(
            {
                "indicator": one.factor, "unit": str(one.unit_id), "parent": str(above[one.unit_id] or ""),
                "hierarchy": HIERARCHY, "period": str(campaign.pk),
                "breakdown": f"{one.background}:{one.option}" if one.background else "",
                "numerator": total if shown else "", "n": len(known) if shown else "",
                "denominator": len(known) * full_scale(campaign) if shown else "", "value": "",
                "state": State(one.state).name.lower(),
            }
        )  # fmt: skip
    return rows


def heads(campaign: Campaign) -> list[dict[str, Any]]:
    """How many answered in every unit, hidden ones too: what an insider may know."""
    _means, answers = people(campaign)
    above, inside = below(campaign)
    return [
        {
            "indicator": "answered", "unit": str(unit), "parent": str(above[unit] or ""), "hierarchy": HIERARCHY,
            "period": str(campaign.pk), "breakdown": "", "value": "", "denominator": "",
            "numerator": sum(len(answers[one]) for one in inside[unit]),
            "n": sum(len(answers[one]) for one in inside[unit]), "state": "published",
        }
        for unit in UnitResult.objects.filter(campaign=campaign).values_list("unit", flat=True)
    ]  # fmt: skip


def full_scale(campaign: Campaign) -> int:
    """How far the top of the scale is above the bottom, in parts of a step."""
    content = campaign.version.parsed
    scale = content.scale(content.scored()[content.factors[0].items[0]])
    return (scale.values[-1] - scale.values[0]) * _parts(campaign)


def _parts(campaign: Campaign) -> int:
    return math.lcm(*(n for factor in campaign.version.parsed.factors for n in range(1, len(factor.items) + 1)))
