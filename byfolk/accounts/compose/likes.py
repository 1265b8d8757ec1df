"""An agency beside those that are most like it: of the same kind and about as large, as far as there are any."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.accounts.compose.agencies import CODES
from byfolk.accounts.compose.lines import value_cell
from byfolk.accounts.compose.numbering import Numbering
from byfolk.accounts.compose.unit_year import UnitYear
from byfolk.accounts.compose.wording import year_value
from byfolk.accounts.content import Aside, Cell, Column, Table
from byfolk.accounts.queries import HEADCOUNT, Place
from byfolk.engines.indicators import registry
from byfolk.kernel.organisation.models import Level

#: So many others make a comparison; more than so many, and the nearest in size are shown.
AT_LEAST, AT_MOST = 2, 8
_WIDE_FROM = 2


def likes_block(unit: UnitYear, numbering: Numbering) -> Table | Aside | None:
    """The agency among its like; where it has none, that is said. None for the city."""
    agencies = unit.basis.level(Level.AGENCY)
    if unit.is_city or len(agencies) < 2:
        return None
    like, words = alike(unit, agencies)
    if not like:
        text = _("Kommunen har ikke nok virksomheter av samme slag eller størrelse.")
        return Aside(_("Ingen å sammenligne med."), text)
    codes = [code for code in CODES if any(unit.basis.figures.of(place.id, code, unit.year) for place in like)]
    columns = [Column(_("Virksomhet"))]
    columns += [
        Column(str(registry.indicator(code).title), "number", wide_only=index >= _WIDE_FROM)
        for index, code in enumerate(codes)
    ]
    return Table(
        numbering.table(),
        _("%(name)s ved siden av lignende virksomheter") % {"name": unit.place.name},
        _("%(words)s, de nærmeste i størrelse. Tall for %(year)d.") % {"words": words, "year": unit.year},
        tuple(columns),
        tuple(_row(unit, place, codes) for place in like),
        sheet=_("Lignende virksomheter"),
    )


def alike(unit: UnitYear, agencies: Sequence[Place]) -> tuple[list[Place], str]:
    """The agencies that are most like the unit, itself among them, in the given order; and what they have in common.

    Of like size is half to twice as many employees, by published head counts.
    """
    own = _heads(unit, unit.place)
    others = [place for place in agencies if place.id != unit.place.id]
    kind = [place for place in others if place.sector == unit.place.sector]
    near = [place for place in others if own and own / 2 <= _heads(unit, place) <= own * 2]
    for found, words in (
        ([place for place in kind if place in near], _("Virksomheter av samme slag og lignende størrelse")),
        (kind, _("Virksomheter av samme slag")),
        (near, _("Virksomheter av lignende størrelse")),
    ):
        if len(found) >= AT_LEAST:
            nearest = sorted(found, key=lambda place: abs(_heads(unit, place) - own))[:AT_MOST]
            return [place for place in agencies if place in nearest or place.id == unit.place.id], words
    return [], ""


def _heads(unit: UnitYear, place: Place) -> float:
    figure = unit.basis.figures.of(place.id, HEADCOUNT, unit.year)
    return float(figure.value) if figure and figure.value is not None else 0.0


def _row(unit: UnitYear, place: Place, codes: Sequence[str]) -> tuple[Cell, ...]:
    own = place.id == unit.place.id
    first = Cell(place.name, strong=own, path="" if own else reverse("accounts_agency", args=[unit.year, place.code]))
    cells = []
    for code in codes:
        indicator = registry.indicator(code)
        value = year_value(indicator, unit.figure(code, unit=place.id), unit.year, place.level)
        cells.append(value_cell(value, strong=own))
    return (first, *cells)
