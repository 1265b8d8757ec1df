"""Frozen editions: what is published for good. Open to everybody; nothing here is looked up in live data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from byfolk.accounts import snapshot
from byfolk.accounts.models import Snapshot
from byfolk.accounts.snapshot import Frozen
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.organisation.names import in_language


@dataclass(frozen=True)
class Published:
    """A frozen edition in a list, without what it says."""

    unit_code: str
    unit_name: str
    level: int
    year: int
    version: int
    frozen_at: dt.datetime
    signer: str
    signer_role: str
    reason: str
    sha256: str


def frozen(unit: str, year: int, version: int | None = None) -> Frozen | None:
    """A frozen edition of a unit (by its code) and year: this version, else the newest; None where there is none.

    One query. Raises `NotASnapshot` for one that this version of Byfolk cannot read.
    """
    rows = Snapshot.objects.filter(unit_code=unit, year=year).order_by("-version")
    found = (rows if version is None else rows.filter(version=version)).first()
    return snapshot.read(found.content, files=found.files) if found else None


def versions(unit: str | None, year: int) -> dict[int, tuple[str, str]]:
    """A unit's frozen editions of a year, the municipality's for None, by version: (code, hash). One query."""
    rows = Snapshot.objects.filter(year=year)
    rows = rows.filter(level=Level.MUNICIPALITY) if unit is None else rows.filter(unit_code=unit)
    return {version: (code, sha256) for version, code, sha256 in rows.values_list("version", "unit_code", "sha256")}


def published_editions(
    *, year: int | None = None, unit: str | None = None, newest_only: bool = False
) -> list[Published]:
    """The frozen editions, newest year first, the municipality before its agencies, newest version first. One query."""
    rows = Snapshot.objects.order_by("-year", "level", "sort_key", "-version")
    if year is not None:
        rows = rows.filter(year=year)
    if unit is not None:
        rows = rows.filter(unit_code=unit)
    columns = ("unit_code", "name_nb", "name_nn", "level", "year", "version", "frozen_at")
    told = ("signer", "signer_role", "reason", "sha256")
    found = [Published(code, in_language(nb, nn), *rest) for code, nb, nn, *rest in rows.values_list(*columns, *told)]
    if not newest_only:
        return found
    by_unit: dict[tuple[str, int], Published] = {}
    for one in found:
        by_unit.setdefault((one.unit_code, one.year), one)
    return list(by_unit.values())
