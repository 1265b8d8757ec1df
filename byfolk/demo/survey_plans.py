"""What units of the demo city chose to do something about after a round, and what they did; by seed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from byfolk.areas.surveys.plans.ideas import ideas_for
from byfolk.engines.actions.models import Action, State
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.plans.models import Plan
from byfolk.engines.questionnaires.plans.rules import Standing, reference, suggestions
from byfolk.engines.questionnaires.results.models import FactorResult, Results
from byfolk.kernel.time import OSLO, day_of

Ints = npt.NDArray[np.int64]
#: So many of the units with a result make a plan, and so many of those choose two areas.
PLANS, TWO = 0.6, 0.4
#: Days from the result to the plan, and from the plan to when one looks at an action again.
CHOSEN_AFTER, LOOKED_AT_AFTER = 21, 150
DONE = 0.7
DROPPED_SINCE = "Vi fikk ikke frigjort tid til det"
_SEED = 9_127


def load_plans(campaign: Campaign, *, seed: int, using: str) -> dict[str, Ints]:
    """Make the plans after a round; answers the units that chose each factor."""
    results = Results.objects.using(using).get(campaign=campaign)
    day = day_of(results.computed_at) + dt.timedelta(days=CHOSEN_AFTER)
    order = {factor.code: place for place, factor in enumerate(campaign.version.parsed.factors)}
    rows = FactorResult.objects.using(using).filter(campaign=campaign, background="", mean__isnull=False)
    by_unit: dict[int, list[Standing]] = {}
    for unit, factor, mean, change, unsure in rows.order_by("unit").values_list(
        "unit", "factor", "mean", "change", "uncertainty"
    ):
        if mean is not None:
            by_unit.setdefault(unit, []).append(Standing(factor, mean, change, unsure))
    rng, made = np.random.default_rng([seed, _SEED, day.year]), []
    for unit, standings in by_unit.items():
        plans, two, union, safety = rng.random(4)
        if plans >= PLANS:
            continue
        chosen = [one.standing.factor for one in suggestions(sorted(standings, key=lambda one: order[one.factor]))]
        made.append(
            Plan(
                campaign=campaign, unit_id=unit, first=chosen[0], second=chosen[1] if two < TWO and chosen[1:] else "",
                union=bool(union < 0.8), safety_representative=bool(safety < 0.8), met_on=day,
                shown_from=results.shown_from, made_at=dt.datetime.combine(day, dt.time(13), OSLO),
            )
        )  # fmt: skip
    Plan.objects.using(using).bulk_create(made, batch_size=2000)
    found: dict[str, list[int]] = {}
    for plan in made:
        for factor in plan.factors:
            found.setdefault(factor, []).append(plan.unit_id)
    return {factor: np.array(units, dtype=np.int64) for factor, units in found.items()}


def plans_actions(led: Mapping[int, int], *, seed: int, today: dt.date, using: str) -> Iterator[Action]:
    """An action for each area that a led unit chose, by its leader (`led`, by unit): done, most of them, or dropped.
    Only those that one has looked at again by today.
    """
    rng = np.random.default_rng([seed, _SEED])
    for plan in Plan.objects.using(using).select_related("campaign__version__instrument").order_by("campaign", "unit"):
        for factor in plan.factors:
            drawn, shared, idea = rng.random(3)
            ideas = ideas_for(plan.campaign.version.instrument.code, factor)
            start = plan.met_on + dt.timedelta(days=7)
            due = start + dt.timedelta(days=LOOKED_AT_AFTER)
            if plan.unit_id not in led or due >= today or not ideas:
                continue
            done, owner = bool(drawn < DONE), led[plan.unit_id]
            yield Action(
                title=ideas[int(idea * len(ideas))].text.nb, unit_id=plan.unit_id, owner_id=owner, started_on=start,
                due=due, state=State.DONE if done else State.DROPPED, reason="" if done else DROPPED_SINCE,
                state_at=dt.datetime.combine(due, dt.time(14, 30), OSLO), shared=done and bool(shared < 0.5),
                source_kind="survey", source_reference=reference(plan.campaign_id, factor), made_by_id=owner,
                made_at=dt.datetime.combine(start, dt.time(10, 15), OSLO), union=plan.union,
                safety_representative=plan.safety_representative,
            )  # fmt: skip
