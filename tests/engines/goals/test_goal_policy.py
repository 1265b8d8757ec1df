"""The policy file in the tables, and targets down the tree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from byfolk.demo.policy import DATA
from byfolk.engines.goals import queries
from byfolk.engines.goals.actions import TargetRefused, remove_target, set_target
from byfolk.engines.goals.markdown import NotAPolicy
from byfolk.engines.goals.models import FocusArea, Goal, PolicyVersion, Target
from byfolk.engines.goals.policy import TargetRow, load_policy, load_targets
from byfolk.engines.indicators import registry
from byfolk.kernel.organisation.models import Closure, Unit
from byfolk.kernel.rights import VISITOR, Actor

AsActor = Callable[[str], AbstractContextManager[Actor]]
DEMO, ON = DATA / "policy.md", dt.date(2026, 11, 22)
pytestmark = pytest.mark.django_db


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def path(code: str) -> list[int]:
    above = Closure.objects.filter(descendant__code=code).order_by("-depth")
    return list(above.values_list("ancestor_id", flat=True))


def test_the_demo_policy_has_six_areas_thirteen_goals_and_the_overarching_one(as_actor: AsActor) -> None:
    with as_actor("jonas") as actor:
        areas = queries.policy(actor, "nb")

    assert [area.number for area in areas] == [0, 1, 2, 3, 4, 5, 6]
    assert areas[0].title == "Ønsket omdømme"
    assert sum(len(area.goals) for area in areas if area.number) == 13


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_text_of_the_policy_is_there_in_every_language(language: str, as_actor: AsActor) -> None:
    for goal in Goal.objects.select_related("area"):
        texts = [goal.title, goal.short, goal.area.title, goal.area.short]
        texts += [goal.planned] if goal.planned else []
        assert all(found.get(language) for found in texts), goal.number


def test_a_goal_without_figures_says_what_will_be_measured(as_actor: AsActor) -> None:
    with as_actor("jonas") as actor:
        goals = [goal for area in queries.policy(actor, "nb") for goal in area.goals]

    assert all(goal.planned for goal in goals if not goal.indicators)


def test_every_indicator_that_serves_a_goal_exists(as_actor: AsActor) -> None:
    with as_actor("jonas") as actor:
        areas = queries.policy(actor, "nb")

    assert all(registry.indicator(code) for code in queries.indicators_of(areas))
    assert [goal.number for _area, goal in queries.goals_served_by("sick_leave", areas)] == ["3.1"]


def test_loading_the_same_policy_again_changes_nothing() -> None:
    before = list(Goal.objects.values_list("pk", "number", "title", "services__indicator"))

    load_policy(DEMO, ON)

    assert list(Goal.objects.values_list("pk", "number", "title", "services__indicator")) == before
    assert FocusArea.objects.count() == 7
    assert PolicyVersion.objects.filter(state="adopted").count() == 1


def test_a_policy_with_an_unknown_figure_is_refused_whole(tmp_path: Path) -> None:
    wrong = tmp_path / "policy.md"
    wrong.write_text("# P\n## Område: A {#a}\n### Mål: B {#b}\ntall: no_such_figure\n")

    with pytest.raises(NotAPolicy, match="no_such_figure"):
        load_policy(wrong, ON)

    assert Goal.objects.count() == 14


def test_a_target_holds_for_all_below_until_a_nearer_one_is_set(as_actor: AsActor) -> None:
    Target.objects.all().delete()
    load_targets(
        [
            TargetRow("sick_leave", ROOT_CODE, 2026, Decimal("7.6"), Decimal("0.5")),
            TargetRow("sick_leave", CARE_AGENCY_CODE, 2026, Decimal("9.3"), Decimal("0.4")),
        ]
    )

    with as_actor("jonas") as actor:
        known = queries.targets(actor, path(NURSING_HOME_CODE))
        home = known.of("sick_leave", 2026, path(NURSING_HOME_CODE))
        other_year = known.of("sick_leave", 2025, path(NURSING_HOME_CODE))

    assert home is not None
    assert (home.value, home.unit_id) == (Decimal("9.3"), unit(CARE_AGENCY_CODE).pk)
    assert other_year is None


def test_a_target_that_is_loaded_again_replaces_the_one_that_was_there() -> None:
    for value in ("7.6", "7.4"):
        load_targets([TargetRow("sick_leave", ROOT_CODE, 2026, Decimal(value), Decimal("0.5"))])

    assert Target.objects.get(unit__code=ROOT_CODE, indicator="sick_leave", year=2026).value == Decimal("7.4")


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (TargetRow("no_such_figure", ROOT_CODE, 2026, Decimal(1), Decimal(0)), LookupError),
        (TargetRow("sick_leave", "no such unit", 2026, Decimal(1), Decimal(0)), LookupError),
        (TargetRow("headcount", ROOT_CODE, 2026, Decimal(1), Decimal(0)), ValueError),
    ],
)
def test_a_target_for_what_does_not_exist_or_has_no_better_way_is_refused(
    row: TargetRow, error: type[Exception]
) -> None:
    with pytest.raises(error):
        load_targets([row])


def test_the_database_refuses_a_negative_tolerance() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(
            indicator="sick_leave", unit=unit(NURSING_HOME_CODE), year=2026, value=Decimal(9), tolerance=Decimal(-1)
        )


def test_the_city_sets_a_target_for_a_unit_and_takes_it_away_again(as_actor: AsActor) -> None:
    home = unit(NURSING_HOME_CODE)
    with as_actor("kari") as actor:
        set_target(
            actor=actor, unit=home, indicator="sick_leave", year=2026, value=Decimal("8.8"), tolerance=Decimal("0.3")
        )
        assert Target.objects.get(unit=home, indicator="sick_leave", year=2026).value == Decimal("8.8")
        assert remove_target(actor=actor, unit=home, indicator="sick_leave", year=2026)
        assert not remove_target(actor=actor, unit=home, indicator="sick_leave", year=2026)


def test_a_leader_sets_targets_below_and_never_for_the_unit_they_lead(as_actor: AsActor) -> None:
    target = {"indicator": "sick_leave", "year": 2026, "value": Decimal("9.0"), "tolerance": Decimal("0.3")}
    with as_actor("amir") as actor:
        set_target(actor=actor, unit=unit(NURSING_HOME_CODE), **target)
    with as_actor("solveig") as actor, pytest.raises(PermissionError):
        set_target(actor=actor, unit=unit(NURSING_HOME_CODE), **target)


@pytest.mark.parametrize("persona", ["jonas", "mette", "per"])
def test_others_set_no_targets(persona: str, as_actor: AsActor) -> None:
    with as_actor(persona) as actor, pytest.raises(PermissionError):
        remove_target(actor=actor, unit=unit(NURSING_HOME_CODE), indicator="sick_leave", year=2026)


def test_a_figure_without_a_better_way_gets_no_target(as_actor: AsActor) -> None:
    with as_actor("kari") as actor, pytest.raises(TargetRefused):
        set_target(
            actor=actor, unit=unit(ROOT_CODE), indicator="headcount", year=2026, value=Decimal(1), tolerance=Decimal(0)
        )


def test_a_visitor_reads_neither_policy_nor_targets() -> None:
    with pytest.raises(PermissionError):
        queries.policy(VISITOR, "nb")
    with pytest.raises(PermissionError):
        queries.targets(VISITOR, [1])
