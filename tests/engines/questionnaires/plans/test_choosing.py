"""Choosing what to do something about: who may, what may be chosen, and who sees it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from byfolk.demo.cast import NURSING_HOME_CODE
from byfolk.engines.actions.actions import Participants
from byfolk.engines.actions.models import Action, State
from byfolk.engines.indicators.states import State as FigureState
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.plans import editing, queries
from byfolk.engines.questionnaires.plans.models import Plan
from byfolk.engines.questionnaires.plans.rules import UNDO_FOR, reference
from byfolk.engines.questionnaires.results.models import FactorResult, Results
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Person
from byfolk.kernel.time import day_of, now

pytestmark = pytest.mark.django_db
NOW = now()


def newest() -> Campaign:
    return Campaign.objects.order_by("-closes_at")[0]


def earlier() -> Campaign:
    """The round before, with the same instrument."""
    found = Results.objects.get(campaign=newest()).earlier
    assert found is not None
    return found


def home() -> Unit:
    return Unit.objects.get(code=NURSING_HOME_CODE)


def choose(actor: Any, *factors: str, version: int = 0, **otherwise: Any) -> Plan:
    known: dict[str, Any] = {
        "campaign": newest(), "unit": home(), "present": Participants(union=True, others="  de ansatte "),
        "met_on": day_of(NOW), "now": NOW,
    }  # fmt: skip
    return editing.choose_areas(actor=actor, factors=factors, version=version, **known | otherwise)


def test_a_leader_chooses_two_areas_and_who_was_there_is_kept(as_actor):
    with as_actor("solveig") as actor:
        plan = choose(actor, "time", "room")
    assert plan.factors == ("time", "room")
    assert (plan.union, plan.safety_representative, plan.participants) == (True, False, "de ansatte")


@pytest.mark.parametrize("who", ["jonas", "tor", "lise", "ingrid"])
def test_those_who_neither_lead_nor_help_the_unit_choose_nothing(as_actor, who):
    with as_actor(who) as actor, pytest.raises(PermissionError):
        choose(actor, "time")


def test_the_hr_direction_does_not_choose_past_the_leader(as_actor):
    with as_actor("kari") as actor, pytest.raises(PermissionError):
        choose(actor, "time")


@pytest.mark.parametrize("factors", [(), ("time", "room", "seen"), ("no-such",), ("time", "no-such")])
def test_none_too_many_or_unknown_areas_are_refused(as_actor, factors):
    with as_actor("solveig") as actor, pytest.raises(editing.PlanRefused) as refused:
        choose(actor, *factors)
    assert refused.value.field == "factors"
    assert not Plan.objects.filter(campaign=newest()).exists()


def test_an_area_that_is_not_shown_of_the_unit_is_not_chosen(as_actor):
    FactorResult.objects.filter(campaign=newest(), unit=home(), factor="time").update(
        state=FigureState.HIDDEN_SECONDARY, mean=None, low=None, middle=None, high=None, change=None, uncertainty=None
    )
    with as_actor("solveig") as actor, pytest.raises(editing.PlanRefused):
        choose(actor, "time")


@pytest.mark.parametrize("days", [1, -400])
def test_one_met_after_the_result_came_and_not_tomorrow(as_actor, days):
    with as_actor("solveig") as actor, pytest.raises(editing.PlanRefused) as refused:
        choose(actor, "time", met_on=day_of(NOW) + dt.timedelta(days=days))
    assert refused.value.field == "met_on"


def test_once_the_next_campaign_has_its_result_a_plan_stands(as_actor):
    before = earlier()
    with as_actor("solveig") as actor, pytest.raises(editing.PlanRefused) as refused:
        choose(actor, "time", campaign=before)
    assert refused.value.field == "over"


def test_whoever_chooses_second_without_having_seen_the_first_choice_is_told(as_actor):
    with as_actor("solveig") as actor:
        choose(actor, "time")
    with as_actor("mette") as actor:
        with pytest.raises(editing.ChangedMeanwhile):
            choose(actor, "room")
        changed = choose(actor, "room", version=1)
        with pytest.raises(editing.ChangedMeanwhile):
            choose(actor, "seen", version=1)
    assert (changed.factors, changed.version) == (("room",), 2)


def test_a_choice_is_taken_back_to_what_was_before_and_then_to_nothing(as_actor):
    with as_actor("solveig") as actor:
        plan = choose(actor, "time")
        changed = choose(actor, "room", "seen", version=1)
        at = now()
        back = editing.undo_choice(actor=actor, plan=changed, version=2, now=at)
        assert back is not None
        assert (back.factors, back.version) == (("time",), 3)
        assert [one.first for one in queries.history_of(actor, plan)] == ["time", "room", "time"]
    with as_actor("mette") as actor, pytest.raises(editing.PlanRefused):
        editing.undo_choice(actor=actor, plan=back, version=3, now=at)


def test_a_first_choice_that_is_taken_back_is_gone_and_can_be_made_anew(as_actor):
    with as_actor("solveig") as actor:
        plan = choose(actor, "time")
        assert editing.undo_choice(actor=actor, plan=plan, version=1, now=now()) is None
        assert choose(actor, "room").factors == ("room",)


def test_an_old_choice_is_not_taken_back(as_actor):
    with as_actor("solveig") as actor:
        plan = choose(actor, "time")
        late = now() + UNDO_FOR + dt.timedelta(minutes=1)
        with pytest.raises(editing.PlanRefused):
            editing.undo_choice(actor=actor, plan=plan, version=1, now=late)


def test_a_plan_is_seen_by_those_who_see_the_result_and_by_nobody_else(as_actor):
    with as_actor("solveig") as actor:
        choose(actor, "time")
    for who, sees in (("jonas", True), ("lise", True), ("tor", True), ("kari", True), ("ingrid", False)):
        with as_actor(who) as actor:
            assert bool(queries.plans_of(actor, [newest().pk], home().pk)) is sees


def test_until_the_result_is_everybodys_so_is_the_plan(as_actor):
    with as_actor("solveig") as actor:
        choose(actor, "time")
    Plan.objects.filter(unit=home())._raw_delete("default")
    later = day_of(NOW) + dt.timedelta(days=5)
    Plan.objects.create(campaign=newest(), unit=home(), first="time", met_on=day_of(NOW), shown_from=later, made_at=NOW)
    for who, sees in (("solveig", True), ("mette", True), ("jonas", False), ("tor", False)):
        with as_actor(who) as actor:
            assert bool(queries.plans_of(actor, [newest().pk], home().pk)) is sees


def test_the_history_of_a_plan_is_for_those_who_make_it(as_actor):
    with as_actor("solveig") as actor:
        plan = choose(actor, "time")
    with as_actor("jonas") as actor:
        assert queries.history_of(actor, plan) == []


def test_the_database_keeps_a_plan_where_it_was_made(as_actor):
    with as_actor("solveig") as actor:
        plan = choose(actor, "time")
    other = Unit.objects.exclude(pk=home().pk).first()
    with pytest.raises(DatabaseError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(unit=other)


def _like_home() -> Unit:
    """A unit with a result that is made to be of the same level and sector."""
    mine = home()
    rows = FactorResult.objects.filter(campaign=newest(), factor="time", background="", unit__level=mine.level)
    found = rows.exclude(unit=mine).order_by("unit").select_related("unit")[0].unit
    Unit.objects.filter(pk=found.pk).update(sector=mine.sector)
    return found


def _done(unit: Unit, campaign: Campaign, *, shared: bool = True) -> Action:
    return Action.objects.create(
        title="Vi gikk to og to", unit=unit, owner_id=Person.objects.order_by("pk")[0].pk, shared=shared,
        started_on=day_of(NOW), made_at=NOW, due=day_of(NOW), state=State.DONE, state_at=NOW, source_kind="survey",
        source_reference=reference(campaign.pk, "time"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shared", "change", "told"), [(True, "0.5", True), (False, "0.5", False), (True, "0.1", False)]
)
def test_what_others_did_is_told_where_they_let_it_and_the_area_clearly_rose(as_actor, shared, change, told):
    before, other = earlier(), _like_home()
    rows = FactorResult.objects.filter(campaign=newest(), unit=other, factor="time", background="")
    assert rows.update(state=0, mean="3.9", change=change, uncertainty="0.20") == 1
    done = _done(other, before, shared=shared)
    with as_actor("solveig") as actor:
        found = queries.done_where_it_rose(actor, "employee-survey", "time", home().pk, at_most=9)
        assert (done.pk in [one.action_id for one in found]) is told
        assert done.pk not in [
            one.action_id for one in queries.done_where_it_rose(actor, "employee-survey", "room", home().pk, at_most=9)
        ]
    with as_actor("jonas") as actor:
        assert queries.done_where_it_rose(actor, "employee-survey", "time", home().pk, at_most=9) == []
