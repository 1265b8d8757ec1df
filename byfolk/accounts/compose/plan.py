"""The chapter on next year: what is planned, in the unit's own words, and the targets that are set."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.accounts.compose.lines import value_cell
from byfolk.accounts.compose.numbering import Numbering
from byfolk.accounts.compose.unit_year import UnitYear, figure_path, published_here
from byfolk.accounts.compose.wording import target_text, year_value
from byfolk.accounts.content import Cell, Chapter, Column, Table
from byfolk.engines.indicators import registry

ANCHOR = "neste-ar"


def plan_chapter(unit: UnitYear, number: int) -> Chapter | None:
    """The chapter; None where no targets are set for next year, but in a draft it is always there."""
    table = _targets(unit, Numbering(number))
    if table is None and unit.draft is None:
        return None
    count = len(table.rows) if table else 0
    year = unit.year + 1
    finding = (
        ngettext("%(n)d tall har mål for %(year)d", "%(n)d tall har mål for %(year)d", count)
        if count
        else _("Det er ikke satt måltall for %(year)d")
    ) % {"n": count, "year": year}
    title = _("Neste år: %(year)d") % {"year": year}
    return Chapter(number, ANCHOR, title, finding, "", (), (table,) if table else ())


def _targets(unit: UnitYear, numbering: Numbering) -> Table | None:
    codes = dict.fromkeys(code for area in unit.basis.areas for goal in area.goals for code in goal.indicators)
    rows = []
    for code in codes:
        indicator, after = registry.indicator(code), unit.goalpost(code, unit.year + 1)
        if after is None or not published_here(indicator):
            continue
        before = unit.goalpost(code)
        now = year_value(indicator, unit.figure(code), unit.year, unit.place.level)
        rows.append(
            (
                Cell(str(indicator.title), path=figure_path(code, unit.place.code, unit.year)),
                value_cell(now),
                Cell(target_text(indicator, before.value), float(before.value)) if before else Cell(_("Uten mål")),
                Cell(target_text(indicator, after.value), float(after.value), strong=True),
            )
        )
    if not rows:
        return None
    words = {"year": unit.year, "next": unit.year + 1}
    columns = (
        Column(_("Tall")),
        Column(str(unit.year), "number"),
        Column(_("Mål %(year)d") % words, "number", wide_only=True),
        Column(_("Mål %(next)d") % words, "number"),
    )
    return Table(
        numbering.table(),
        _("Målene for %(next)d") % words,
        _("Tallet i %(year)d, målet da, og målet for året etter.") % words,
        columns,
        tuple(rows),
        sheet=_("Mål neste år"),
    )
