"""How many units have a plan, and how many of their actions are done, as figures."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from byfolk.areas.surveys.plans import figures
from byfolk.demo.cast import NURSING_HOME_CODE
from byfolk.engines.actions.models import Action, State
from byfolk.engines.indicators.models import Figure
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.plans.models import Plan
from byfolk.engines.questionnaires.plans.rules import reference
from byfolk.engines.questionnaires.results.models import Results, UnitResult
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Person
from byfolk.kernel.time import OSLO, month_start, now, today

pytestmark = pytest.mark.django_db


def newest() -> Campaign:
    return Campaign.objects.order_by("-closes_at")[0]


def home() -> Unit:
    return Unit.objects.get(code=NURSING_HOME_CODE)


def counted() -> tuple[int, int, int]:
    """What is counted of the nursing home in the newest round: plans, actions due, actions done."""
    month = month_start(newest().opens_at.astimezone(OSLO).date())
    with connection.cursor() as cursor:
        cursor.execute(
            f"select planned, due, done from ({figures.PLANS.reading.query.replace('$1', '%s').replace('$2', '%s')}) r"
            " where unit = %s",
            [month, month + dt.timedelta(days=27), home().pk],
        )
        (row,) = cursor.fetchall()
        return row


def plan(days: int) -> None:
    """A plan that is made so many days after the result."""
    at = Results.objects.get(campaign=newest()).computed_at + dt.timedelta(days=days)
    Plan.objects.create(
        campaign=newest(), unit=home(), first="time", met_on=at.date(), shown_from=today(), made_at=at
    )  # fmt: skip


def action(state: State, due: dt.date, reason: str = "") -> None:
    Action.objects.create(
        title="To og to", unit=home(), owner_id=Person.objects.order_by("pk")[0].pk, started_on=due, due=due,
        state=state, state_at=now(), made_at=now(), reason=reason, source_kind="survey",
        source_reference=reference(newest().pk, "time"),
    )  # fmt: skip


@pytest.mark.parametrize(("days", "counts"), [(1, 1), (60, 1), (61, 0)])
def test_a_plan_counts_when_it_is_made_within_sixty_days(days, counts):
    plan(days)
    assert counted()[0] == counts


def test_of_the_actions_that_are_due_those_done_are_counted():
    yesterday, later = today() - dt.timedelta(days=1), today() + dt.timedelta(days=9)
    action(State.DONE, yesterday)
    action(State.IN_PROGRESS, yesterday)
    action(State.DONE, later)
    action(State.DROPPED, yesterday, "Ikke bruk for det")
    assert counted() == (0, 2, 1)


def test_what_only_leaders_may_see_yet_is_not_counted():
    Results.objects.update(shown_from=dt.date(2999, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from ({figures.PLANS.reading.said}) r")
        assert cursor.fetchone()[0] == 0


def test_the_figure_of_the_city_counts_every_unit_with_a_result_and_lower_units_have_none():
    with_plan, _done = figures.INDICATORS
    rows = {(row.unit, row.period): row for row in Figure.objects.filter(indicator=with_plan.key)}
    city = Unit.objects.get(parent=None, level=0)
    month = month_start(newest().opens_at.astimezone(OSLO).date())
    shown = UnitResult.objects.filter(campaign=newest(), state=0).count()
    assert rows[city.pk, month].denominator == shown
    assert {Unit.objects.get(pk=unit).level for unit, _period in rows if rows[unit, _period].state == 0} <= {0, 1, 2}
