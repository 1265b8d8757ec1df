"""The reads that pages are built on: open to those who work here, a query or two each, no number of what is hidden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from byfolk.engines.indicators import queries, registry
from byfolk.engines.indicators.breakdowns import Dimension, PeriodKind
from byfolk.engines.indicators.models import Figure
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.rights import VISITOR, Actor

pytestmark = pytest.mark.django_db
SOMEBODY = Actor(person_id=1)
OCTOBER = dt.date(2026, 10, 1)


def root() -> Unit:
    return Unit.objects.get(parent=None)


def an_agency() -> Unit:
    shown = Figure.objects.filter(indicator=70, kind=PeriodKind.ROLLING, state=State.PUBLISHED, period=OCTOBER)
    return Unit.objects.filter(level=Level.AGENCY, pk__in=shown.values("unit")).order_by("code").first() or root()


def cost(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        read()
    return len(seen)


def test_a_visitor_sees_no_figure() -> None:
    with pytest.raises(PermissionError):
        queries.board_figures(VISITOR, root().pk, OCTOBER)


def test_the_newest_period_and_all_there_are() -> None:
    assert queries.latest_period(SOMEBODY) == OCTOBER
    assert queries.periods(SOMEBODY)[0] == OCTOBER


def test_a_board_is_one_query_and_has_every_indicator() -> None:
    city = root()
    assert cost(lambda: queries.board_figures(SOMEBODY, city.pk, OCTOBER)) == 1
    found = {b.indicator.code: b for b in queries.board_figures(SOMEBODY, city.pk, OCTOBER)}
    assert set(found) == {i.code for i in registry.indicators()}
    sick = found["sick_leave"]
    assert sick.current is not None
    assert sick.current.kind is PeriodKind.ROLLING
    assert (sick.current.start, sick.current.end) == (dt.date(2025, 11, 1), dt.date(2026, 11, 1))
    assert sick.last_year is not None
    assert sick.history[-1].value == sick.current.value
    assert sick.current.value == pytest.approx(100 * (sick.current.numerator or 0) / (sick.current.denominator or 1))


def test_figures_beside_each_other_are_of_the_same_period() -> None:
    agency = an_agency()
    for read in (
        lambda: queries.agency_values(SOMEBODY, ["sick_leave"], OCTOBER)["sick_leave"],
        lambda: queries.siblings(SOMEBODY, "headcount", agency.pk, OCTOBER),
        lambda: queries.children(SOMEBODY, "headcount", root().pk, OCTOBER),
    ):
        found = read()
        assert found
        assert len({(row.level, row.figure.period, row.figure.kind) for row in found}) <= len(
            {row.level for row in found}
        )
        assert cost(read) <= 4


def test_women_and_men_are_shown_together_or_not_at_all() -> None:
    found = queries.breakdown(SOMEBODY, "part_time", root().pk, OCTOBER, Dimension.GENDER)
    assert [row.group.key for row in found] == ["women", "men"]
    assert len({row.published for row in found}) == 1


def test_a_hidden_figure_has_a_reason_and_no_number() -> None:
    row = Figure.objects.filter(state__gte=State.HIDDEN_SMALL, breakdown=0, hierarchy=0).order_by("unit").first()
    assert row is not None
    code = registry.by_key(row.indicator).code
    found = [f for f in queries.history(SOMEBODY, code, [row.unit])[row.unit] if not f.published and not f.empty]
    assert found
    assert all(f.reason and (f.value, f.n, f.numerator, f.denominator) == (None, None, None, None) for f in found)


def test_what_is_hidden_below_a_unit_is_counted_by_reason() -> None:
    found = queries.hidden_summary(SOMEBODY, root().pk, OCTOBER)
    assert found
    assert all(row.units > 0 for row in found)


def test_the_line_of_sight_leads_to_rows_and_batches() -> None:
    found = queries.line_of_sight(SOMEBODY, "sick_leave", root().pk, OCTOBER)
    assert {str(i.source) for i in found.inputs} == {"Ansettelser", "Fravær"}
    assert all(i.rows % 100 == 0 for i in found.inputs if i.rounded)
    assert found.publication is not None
    assert found.publication.period_until == OCTOBER
    assert {part.code for part in found.parts} == {"sick_leave_certified", "sick_leave_self_certified"}
