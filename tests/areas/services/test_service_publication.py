"""What is published of the small city's services: sums that a person can check, and nothing of the few who answered."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from django.db.models import Sum

from byfolk.areas.services.models import Result
from byfolk.demo.cast import NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.breakdowns import Hierarchy, PeriodKind
from byfolk.engines.indicators.disclosure.attack_residuals import MEAN_TARGET, attack_residuals
from byfolk.engines.indicators.export import export
from byfolk.engines.indicators.models import Figure, InputCount
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Unit

pytestmark = pytest.mark.django_db


def figure(code: str, unit: str, kind: PeriodKind, period: dt.date) -> Figure | None:
    return Figure.objects.filter(
        indicator=registry.indicator(code).key, unit=Unit.objects.get(code=unit).pk, kind=kind, period=period,
        hierarchy=Hierarchy.AS_IT_WAS, breakdown=0,
    ).first()  # fmt: skip


def test_twelve_months_are_the_sum_of_their_rows() -> None:
    found = figure("cost_deviation", NURSING_HOME_CODE, PeriodKind.ROLLING, dt.date(2026, 9, 1))
    rows = Result.objects.filter(
        unit__code=NURSING_HOME_CODE, valid__startswith__gte=dt.date(2025, 10, 1),
        valid__endswith__lte=dt.date(2026, 10, 1), cost_budget__gt=0,
    )  # fmt: skip
    sums = rows.aggregate(budget=Sum("cost_budget"), accounts=Sum("cost_accounts"))

    assert rows.count() == 12
    assert found is not None
    assert (found.numerator, found.denominator) == (sums["accounts"] - sums["budget"], sums["budget"])
    assert found.value == pytest.approx(100 * found.numerator / found.denominator)


def test_the_city_is_the_sum_of_its_services() -> None:
    found = figure("cost_deviation", ROOT_CODE, PeriodKind.YEAR, dt.date(2025, 12, 1))
    year = Result.objects.filter(valid__contained_by=("2025-01-01", "2026-01-01"), cost_budget__gt=0)

    assert found is not None
    assert found.denominator == year.aggregate(all=Sum("cost_budget"))["all"]


def test_open_figures_come_each_quarter_and_no_month_is_published() -> None:
    rows = Figure.objects.filter(indicator=registry.indicator("unit_cost_nursing_home").key)

    assert {period.month for period in rows.values_list("period", flat=True)} == {3, 6, 9, 12}
    assert set(rows.values_list("kind", flat=True)) == {PeriodKind.YEAR, PeriodKind.ROLLING}
    assert not rows.exclude(state=State.PUBLISHED).exists()


def test_a_unit_without_the_service_has_no_row_at_all() -> None:
    rows = Figure.objects.filter(indicator=registry.indicator("unit_cost_kindergarten").key)

    assert rows.exists()
    assert not rows.filter(unit=Unit.objects.get(code=NURSING_HOME_CODE).pk).exists()


def test_what_users_say_is_published_of_five_or_more_and_never_over_spans_that_overlap() -> None:
    rows = Figure.objects.filter(indicator=registry.indicator("user_satisfaction").key)

    assert set(rows.values_list("kind", flat=True)) == {PeriodKind.YEAR}
    assert min(rows.filter(state=State.PUBLISHED).values_list("n", flat=True)) >= 5
    assert not rows.exclude(state=State.PUBLISHED).exclude(n=None, value=None, numerator=None).exists()


def test_no_difference_of_published_figures_tells_what_fewer_than_five_users_said(tmp_path: Path) -> None:
    path, _count = export(tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["indicator"] == "user_satisfaction"]

    assert any(row["state"] == "published" for row in rows)
    assert attack_residuals(rows, {"user_satisfaction": MEAN_TARGET}) == []


def test_the_line_of_sight_counts_the_rows_behind_a_unit() -> None:
    unit = Unit.objects.get(code=NURSING_HOME_CODE)
    found = InputCount.objects.get(unit=unit.pk, year=2025, source=5)

    assert found.rows == Result.objects.filter(unit=unit, valid__overlap=("2025-01-01", "2026-01-01")).count()
