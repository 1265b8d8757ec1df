"""What the open data is made from, read in a few queries as a visitor may: when it has not changed, neither has the
data.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.db import connection

from byfolk import __version__
from byfolk.accounts.frozen import Published, published_editions
from byfolk.engines.goals.document import Document
from byfolk.engines.goals.models import PolicyVersion
from byfolk.engines.goals.versions import adopted_for_anyone
from byfolk.engines.indicators.export import open_years
from byfolk.engines.indicators.listing import newest_publication
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.organisation.queries import every_unit, municipality

#: Seconds that what is made is kept in a process; it is found by what it was made from, so it is never out of date.
KEPT = 6 * 60 * 60
UNIT = ("code", "name_nb", "name_nn", "level", "parent__code", "valid", "pk")


@dataclass(frozen=True)
class OpenUnit:
    """A unit that anyone may see: the city, a department or an agency."""

    code: str
    name_nb: str
    name_nn: str
    level: int
    parent: str | None
    opened: dt.date | None
    closed: dt.date | None
    id: int


@dataclass(frozen=True)
class Ground:
    """`years` newest first; `policy` None before one is adopted; `published_at` None before there are figures."""

    municipality: str
    demo: bool
    published_at: dt.datetime | None
    publication: int
    next_on: dt.date | None
    years: tuple[int, ...]
    units: tuple[OpenUnit, ...]
    policy: PolicyVersion | None
    document: Document | None
    editions: tuple[Published, ...] = ()

    def unit(self, code: str) -> OpenUnit | None:
        """The unit with a code, if anyone may see it."""
        return next((one for one in self.units if one.code == code), None)

    @property
    def root(self) -> OpenUnit | None:
        """The city; None before the organisation is loaded."""
        return next((one for one in self.units if one.parent is None), None)


FINGERPRINT = """
select md5(concat_ws('|',
    (select string_agg(concat_ws(' ', m.name, m.demo), '') from organisation_municipality m),
    (select max(p.id) from indicators_publication p),
    (select string_agg(concat_ws(' ', v.id, v.adopted_on), '') from goals_policyversion v where v.state = 'adopted'),
    (select string_agg(s.sha256, '' order by s.id) from accounts_snapshot s),
    (select string_agg(concat_ws(' ', u.code, u.name, u.name_nn, u.level, u.parent_id, u.valid), '' order by u.id)
       from organisation_unit u where u.level <= 2)
))
"""


def fingerprint() -> str:
    """The same as long as nothing of it has changed. One query, which a visitor may ask."""
    with connection.cursor() as cursor:
        cursor.execute(FINGERPRINT)
        return f"{__version__} {settings.ADDRESS} {cursor.fetchone()[0]}"


def ground() -> Ground:
    """What there is now: one query where it has not changed since it was last read, else eight."""
    key = hashlib.sha256(f"ground {fingerprint()}".encode()).hexdigest()
    found: Ground | None = caches["open_data"].get(key)
    if found is None:
        found = _read()
        caches["open_data"].set(key, found, KEPT)
    return found


def _read() -> Ground:
    known, made, adopted = municipality(), newest_publication(), adopted_for_anyone()
    rows = every_unit().filter(level__lte=Level.AGENCY).order_by("level", "sort_key", "pk").values_list(*UNIT)
    return Ground(
        municipality=known.name if known else "",
        demo=bool(known and known.demo),
        published_at=made[1] if made else None,
        publication=made[0] if made else 0,
        next_on=made[3] if made else None,
        years=tuple(open_years()),
        units=tuple(
            OpenUnit(code, nb, nn, level, parent, valid.lower, valid.upper, pk)
            for code, nb, nn, level, parent, valid, pk in rows
        ),
        policy=adopted[0] if adopted else None,
        document=adopted[1] if adopted else None,
        editions=tuple(published_editions(newest_only=True)),
    )
