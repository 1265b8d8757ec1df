"""A figure as a row with its history, target, status and the city's value; and rows as a chapter's table."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from byfolk.accounts.compose.unit_year import UnitYear, figure_path
from byfolk.accounts.compose.wording import STATUS_WORDS, lower, measure_word, span_word, target_text, year_value
from byfolk.accounts.content import Cell, Column, Line, Table, YearValue
from byfolk.engines.indicators import registry


def line(unit: UnitYear, code: str) -> Line:
    """The row of an indicator."""
    indicator = registry.indicator(code)
    values = tuple(year_value(indicator, unit.figure(code, year), year, unit.place.level) for year in unit.years)
    found = unit.figure(code)
    measured = unit.measured(code)
    goalpost = measured.goalpost
    city: YearValue | None = None
    if not unit.is_city:
        city = year_value(indicator, unit.figure(code, unit=unit.basis.root.id), unit.year, unit.basis.root.level)
    has_status = goalpost is not None
    return Line(
        title=str(indicator.title),
        measure=measure_word(indicator),
        span=span_word(found) if found else "",
        values=values,
        target=target_text(indicator, goalpost.value) if goalpost else "",
        target_number=float(goalpost.value) if goalpost else None,
        status=str(measured.status.value) if has_status else "",
        status_word=str(STATUS_WORDS[measured.status]) if has_status else "",
        city=city,
        path=figure_path(code, unit.place.code, unit.year),
        definition=str(indicator.definition),
        code=code,
        source=str(indicator.source),
    )


def lines_table(unit: UnitYear, lines: Sequence[Line], number: str) -> Table:
    """All figures of a chapter: the newest years beside each other, the target, its status, and the city for an agency.

    Years before the one before are left out on a phone. A year in which no figure has anything to show is left out.
    """
    years = [
        year
        for year in unit.years
        if any(value.number is not None for row in lines for value in row.values if value.year == year)
    ]
    years = years or [unit.year]
    columns = [Column(_("Tall"))]
    columns += [Column(str(year), "number", wide_only=year < unit.year - 1) for year in years]
    if not unit.is_city:
        columns.append(Column(_("Hele kommunen"), "number", wide_only=True))
    with_targets = any(row.target or row.status for row in lines)
    if with_targets:
        columns += [Column(_("Mål"), "number"), Column(_("Status"), "status", wide_only=True)]
    rows = tuple(_row(unit, row, years, with_targets) for row in lines)
    count = len(unit.years)
    how = {1: _("Det finnes tall for ett år."), 2: _("Det finnes tall for to år.")}.get(
        count, _("Tabellen viser de %(n)d årene det finnes tall for.") % {"n": count}
    )
    return Table(number, _("Alle tallene i kapitlet"), how, tuple(columns), rows)


def _row(unit: UnitYear, row: Line, years: Sequence[int], with_targets: bool) -> tuple[Cell, ...]:
    by_year = {value.year: value for value in row.values}
    cells = [
        Cell(
            row.title,
            note=", ".join(part for part in (_measure_note(row), row.span, _reason_note(row)) if part),
            path=row.path,
        )
    ]
    cells += [value_cell(by_year[year], strong=year == unit.year) for year in years]
    if not unit.is_city:
        cells.append(value_cell(row.city) if row.city else Cell())
    if with_targets:
        cells += [Cell(row.target, row.target_number), Cell(row.status_word, status=row.status)]
    return tuple(cells)


def _reason_note(row: Line) -> str:
    """Why this year's figure is hidden, in the row's note."""
    return lower(row.now.text) if row.now.hidden and not row.now.band else ""


def _measure_note(row: Line) -> str:
    return "" if row.measure in (_("prosent"), _("antall")) else row.measure


def value_cell(value: YearValue, *, strong: bool = False) -> Cell:
    """A value in a crowded table: a hidden one is a word there, and its reason stands elsewhere. A band stands as it
    is."""
    if value.hidden and not value.band:
        return Cell(_("Skjult"), hidden=True, reason=value.text)
    return Cell(value.text, value.number, hidden=value.hidden, strong=strong and value.number is not None)
