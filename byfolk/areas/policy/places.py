"""Where a unit lies: the reads that the board, the figure page and the unit page share.

The organisation is open to all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from byfolk.kernel.organisation.models import Level, Succession, Unit
from byfolk.kernel.organisation.names import reads_nynorsk


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
    """The units that a board compares below a unit: the agencies of a municipality or a department, else its own
    children.
    """
    if unit.level < Level.AGENCY:
        units = Unit.objects.filter(above__ancestor=unit, level=Level.AGENCY)
    else:
        units = Unit.objects.filter(parent=unit)
    return list(units.filter(valid__contains=on).order_by("sort_key"))


def all_below(unit_id: int, on: dt.date) -> list[tuple[str, str, int, int, int | None]]:
    """Every open unit below one, in the order of names: (code, name, level, id, parent id)."""
    found = Unit.objects.filter(above__ancestor=unit_id, above__depth__gt=0, valid__contains=on)
    rows = found.order_by("sort_key").values_list("code", "name_nb", "name_nn", "level", "pk", "parent_id")
    nynorsk = reads_nynorsk()
    return [(code, (nynorsk and nn) or nb, level, pk, parent) for code, nb, nn, level, pk, parent in rows]


#: More peers than this, and a unit is set beside those of its own parent only.
PEERS_AT_MOST = 80


def peers_of(place: Place, on: dt.date) -> list[Unit]:
    """The units that a unit is set beside, in the order of names: itself among them, but for the municipality.

    Agencies for an agency and for the municipality. Else those of the same level and sector in the same agency (other
    nursing homes, other schools), or below the same parent where those would be too many.
    """
    unit = place.unit
    found = Unit.objects.filter(valid__contains=on, level=unit.level)
    if unit.level in (Level.AGENCY, Level.MUNICIPALITY):
        found = Unit.objects.filter(valid__contains=on, level=Level.AGENCY)
    elif place.agency is None or not unit.sector:
        found = found.filter(parent=unit.parent_id)
    else:
        found = found.filter(above__ancestor=place.agency, sector=unit.sector)
    peers = list(found.order_by("sort_key"))
    return peers if len(peers) <= PEERS_AT_MOST else [peer for peer in peers if peer.parent_id == unit.parent_id]


def successors_of(unit: Unit) -> list[Unit]:
    """The units that took over from one that closed."""
    return [
        row.successor for row in Succession.objects.filter(unit=unit).select_related("successor").order_by("on", "pk")
    ]


def has_two_histories(unit: Unit) -> bool:
    """Whether it matters which tree a unit's history is shown in: a reorganisation has moved people into it or out of
    it.

    History is carried over to today's tree from agency level up only, and for the whole municipality the two are the
    same.
    """
    if unit.level not in (Level.DEPARTMENT, Level.AGENCY):
        return False
    return Succession.objects.filter(successor__above__ancestor=unit).exists()


@dataclass(frozen=True)
class Kind:
    """What units of a kind are called: "virksomhet", "virksomheter", "virksomhetene"."""

    one: str
    many: str
    these: str


def kind_of(units: Sequence[Unit]) -> Kind:
    """What these units are called together: by their level, where they all have the same."""
    levels = {unit.level for unit in units}
    return kind_of_level(levels.pop() if len(levels) == 1 else None)


def kind_of_level(level: int | None) -> Kind:
    """What units of a level are called; None for units of several."""
    kinds: dict[int | None, Kind] = {
        Level.AGENCY: Kind(_("virksomhet"), _("virksomheter"), _("virksomhetene")),
        Level.DIVISION: Kind(_("avdeling"), _("avdelinger"), _("avdelingene")),
        Level.SECTION: Kind(_("seksjon"), _("seksjoner"), _("seksjonene")),
        Level.WORKPLACE: Kind(_("tjenestested"), _("tjenestesteder"), _("tjenestestedene")),
    }
    return kinds.get(level, Kind(_("enhet"), _("enheter"), _("enhetene")))
