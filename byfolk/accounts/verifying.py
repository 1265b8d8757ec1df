"""Whether what is frozen is as it was: the hash of each snapshot, and of the files that are made from it again."""

from __future__ import annotations

from dataclasses import dataclass

from byfolk.accounts import making, snapshot
from byfolk.accounts.models import Snapshot
from byfolk.accounts.snapshot import NotASnapshot


@dataclass(frozen=True)
class Check:
    """One frozen edition. `differs`: "snapshot", or the endings of the files that came out otherwise."""

    unit_code: str
    year: int
    version: int
    differs: tuple[str, ...]

    @property
    def said(self) -> str:
        """What was found, in a few words."""
        if "snapshot" in self.differs:
            return "the snapshot is not what was frozen"
        return (
            f"{', '.join(self.differs)} differ from what was made when it was frozen" if self.differs else "as it was"
        )


def verify(*, year: int | None = None, unit: str | None = None) -> list[Check]:
    """Check the frozen editions of a year and a unit, or all. A PDF is only checked where the look is built.

    A snapshot that differs has been changed past the database's triggers. Files that differ from an unchanged snapshot
    are made by another version of Byfolk or of its packages: what they say is what the snapshot says.
    """
    rows = Snapshot.objects.order_by("-year", "level", "sort_key", "-version")
    rows = rows if year is None else rows.filter(year=year)
    rows = rows if unit is None else rows.filter(unit_code=unit)
    return [Check(row.unit_code, row.year, row.version, _differs(row)) for row in rows.iterator()]


def _differs(row: Snapshot) -> tuple[str, ...]:
    if snapshot.hash_of(row.content) != row.sha256:
        return ("snapshot",)
    try:
        edition = snapshot.read(row.content)
    except NotASnapshot:
        return ("snapshot",)
    about = (edition.unit_code, edition.year, edition.version, edition.signer, edition.reason)
    if about != (row.unit_code, row.year, row.version, row.signer, row.reason):
        return ("snapshot",)
    made = making.files_of(edition)
    return tuple(sorted(ending for ending, known in row.files.items() if ending in made and made[ending] != known))
