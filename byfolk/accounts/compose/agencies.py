"""The city's chapter on its agencies: a row each, with the way to their own accounts."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.accounts.compose.lines import value_cell
from byfolk.accounts.compose.numbering import Numbering
from byfolk.accounts.compose.unit_year import UnitYear
from byfolk.accounts.compose.wording import value_text, year_value
from byfolk.accounts.content import Cell, Chapter, Column, Table
from byfolk.accounts.queries import HEADCOUNT, Place
from byfolk.engines.goals.queries import measure
from byfolk.engines.goals.rules import Status
from byfolk.engines.indicators import registry
from byfolk.kernel.organisation.models import Level
from byfolk.lib import norwegian

#: What each agency is shown with, where it is published; the two first on a phone too.
CODES = (HEADCOUNT, "sick_leave", "full_time", "temporary", "turnover_external")
_WIDE_FROM = 2


def agencies_chapter(unit: UnitYear, number: int) -> Chapter | None:
    """A row for each agency; None for a municipality without agencies."""
    agencies = unit.basis.level(Level.AGENCY)
    codes = [code for code in CODES if any(unit.basis.figures.of(place.id, code, unit.year) for place in agencies)]
    if not agencies or not codes:
        return None
    numbering = Numbering(number)
    columns = [Column(_("Virksomhet"))]
    columns += [
        Column(str(registry.indicator(code).title), "number", wide_only=index >= _WIDE_FROM)
        for index, code in enumerate(codes)
    ]
    rows = tuple(_row(unit, place, codes) for place in agencies)
    foot = (Cell(unit.place.name), *(_cell(unit, unit.place, code) for code in codes))
    words = {"n": norwegian.number(len(agencies))}
    finding = (
        ngettext("%(n)s virksomhet med sitt eget regnskap", "%(n)s virksomheter med hvert sitt regnskap", len(agencies))
        % words
    )
    table = Table(
        numbering.table(),
        _title(unit, agencies),
        _("Velg et navn for å lese regnskapet til virksomheten. Tall for %(year)d.") % {"year": unit.year},
        tuple(columns),
        rows,
        foot,
        note=_("«Skjult» og «høyst» verner enkeltpersoner. Regnskapet til virksomheten sier hvorfor."),
        sheet=_("Virksomhetene"),
    )
    return Chapter(number, "virksomhetene", _("Virksomhetene"), finding, _lead(unit, agencies), (), (table,))


def _row(unit: UnitYear, place: Place, codes: Sequence[str]) -> tuple[Cell, ...]:
    first = Cell(place.name, path=reverse("accounts_agency", args=[unit.year, place.code]))
    return (first, *(_cell(unit, place, code) for code in codes))


def _cell(unit: UnitYear, place: Place, code: str) -> Cell:
    indicator = registry.indicator(code)
    return value_cell(year_value(indicator, unit.figure(code, unit=place.id), unit.year, place.level))


def _title(unit: UnitYear, agencies: Sequence[Place]) -> str:
    """What the agencies have in common: how many have reached their own target for sick leave."""
    indicator = registry.indicator("sick_leave")
    statuses = []
    for place in agencies:
        goalpost = unit.basis.targets.of(indicator.code, unit.year, place.path)
        statuses.append(
            measure(indicator, unit.figure(indicator.code, unit=place.id), goalpost, level=place.level).status
        )
    known = [status for status in statuses if status in (Status.REACHED, Status.NEAR, Status.FAR)]
    if not known:
        return _("Virksomhetene side om side")
    reached = known.count(Status.REACHED)
    return _("%(n)d av %(total)d virksomheter har nådd målet for sykefravær") % {"n": reached, "total": len(known)}


def _lead(unit: UnitYear, agencies: Sequence[Place]) -> str:
    """The largest and the smallest."""
    counted = []
    for place in agencies:
        heads = unit.figure(HEADCOUNT, unit=place.id)
        if heads is not None and heads.value is not None:
            counted.append((heads.value, place.name, heads))
    if len(counted) < 2:
        return ""
    counted.sort(key=lambda item: (item[0], item[1]))
    (_n, small, fewest), (_m, large, most) = counted[0], counted[-1]
    return _("Størst er %(large)s med %(most)s ansatte. Minst er %(small)s med %(fewest)s.") % {
        "large": large,
        "most": value_text(most.indicator, most.value or 0),
        "small": small,
        "fewest": value_text(fewest.indicator, fewest.value or 0),
    }
