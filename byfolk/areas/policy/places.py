"""Where a unit lies: the reads that the board, the figure page and the unit page share. The organisation is open to all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from byfolk.kernel.organisation.models import Level, Succession, Unit


@dataclass(frozen=True)
class Place:
    """A unit with the units above it, from the root down, itself last."""

    path: tuple[Unit, ...]

    @property
    def unit(self) -> Unit:
        """The unit itself."""
        return self.path[-1]

    @property
    def above(self) -> Unit | None:
        """The unit right above; None for the municipality."""
        return self.path[-2] if len(self.path) > 1 else None

    @property
    def root(self) -> Unit:
        """The municipality."""
        return self.path[0]

    @property
    def agency(self) -> Unit | None:
        """The agency that the unit lies in, or is; None above the agencies."""
        return next((unit for unit in self.path if unit.level == Level.AGENCY), None)

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of the path, root first."""
        return tuple(unit.pk for unit in self.path)

    def closed_on(self, on: dt.date) -> dt.date | None:
        """The day the unit was closed, when that is `on` or earlier."""
        end: dt.date | None = self.unit.valid.upper
        return end if end and end <= on else None


def find_place(code: str | None) -> Place:
    """The unit with a code, or the municipality without one, and what lies above. Not found is 404. One query."""
    if code is None:
        path = list(Unit.objects.filter(parent=None, level=Level.MUNICIPALITY))
    else:
        path = list(Unit.objects.filter(below__descendant__code=code).order_by("-below__depth"))
    if not path:
        raise Http404
    return Place(tuple(path))


def rows_below(unit: Unit, on: dt.date) -> list[Unit]:
    """The units that a board compares below a unit: the agencies of a municipality or a department, else its own children."""
    if unit.level < Level.AGENCY:
        units = Unit.objects.filter(above__ancestor=unit, level=Level.AGENCY)
    else:
        units = Unit.objects.filter(parent=unit)
    return list(units.filter(valid__contains=on).order_by("sort_key"))


def all_below(unit_id: int, on: dt.date) -> list[tuple[str, str, int, int, int | None]]:
    """Every open unit below one, in the order of names: (code, name, level, id, parent id)."""
    found = Unit.objects.filter(above__ancestor=unit_id, above__depth__gt=0, valid__contains=on)
    return list(found.order_by("sort_key").values_list("code", "name", "level", "pk", "parent_id"))


def peers_of(place: Place, on: dt.date) -> list[Unit]:
    """The units that a unit is set beside: agencies for an agency (and for the municipality), else its siblings of its level."""
    unit = place.unit
    if unit.level in (Level.AGENCY, Level.MUNICIPALITY):
        found = Unit.objects.filter(level=Level.AGENCY)
    else:
        found = Unit.objects.filter(parent=unit.parent_id, level=unit.level)
    return list(found.filter(valid__contains=on).order_by("sort_key"))


def successors_of(unit: Unit) -> list[Unit]:
    """The units that took over from one that closed."""
    return [
        row.successor for row in Succession.objects.filter(unit=unit).select_related("successor").order_by("on", "pk")
    ]


def touched_by_succession(unit_ids: Iterable[int]) -> bool:
    """Whether a reorganisation has changed what these units' history is made of: then it matters which tree it is shown in."""
    return Succession.objects.filter(successor__above__ancestor__in=list(unit_ids)).exists()


def kind_of_rows(rows: Sequence[Unit]) -> tuple[str, str]:
    """What the units below are called, in plural: (indefinite, definite)."""
    levels = {unit.level for unit in rows}
    if levels == {Level.AGENCY}:
        return _("virksomheter"), _("virksomhetene")
    if levels == {Level.DIVISION}:
        return _("avdelinger"), _("avdelingene")
    if levels == {Level.SECTION}:
        return _("seksjoner"), _("seksjonene")
    if levels == {Level.WORKPLACE}:
        return _("tjenestesteder"), _("tjenestestedene")
    return _("enheter"), _("enhetene")
