"""The indicators and fact tables of the installation. Areas register theirs in their `registrations.py`.

Most are written in code. What a municipality makes itself (the factors of its own surveys) is declared in the database:
an area registers how it is read, and it is read anew where figures are made, where there is a new publication, and
where somebody asks for what is not known.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from byfolk.engines.indicators.definition import Indicator
from byfolk.engines.indicators.fact_tables import ApartTable, FactTable
from byfolk.engines.indicators.sources import SOURCES, Source

_INDICATORS: dict[str, Indicator] = {}
_BY_KEY: dict[int, Indicator] = {}
_FACTS: dict[str, FactTable] = {}
_APART: dict[str, ApartTable] = {}


@dataclass(frozen=True)
class Declared:
    """What is declared in the database."""

    indicators: tuple[Indicator, ...] = ()
    apart: tuple[ApartTable, ...] = ()


_READERS: list[Callable[[], Declared]] = []
_OWN: dict[str, Indicator] = {}
_OWN_BY_KEY: dict[int, Indicator] = {}
_OWN_APART: dict[str, ApartTable] = {}
#: Seconds before what is unknown is looked for again.
_AGAIN_AFTER = 60.0


class _Seen:
    """Which publication what is declared was read for, and when."""

    publication: int | None = None
    at: float | None = None


def declared_in_database(read: Callable[[], Declared]) -> None:
    """Register how an area's own indicators are read from the database: one query."""
    _READERS.append(read)


def bring_up_to_date() -> None:
    """Read what is declared in the database. What is no longer declared is gone; a code or key that is written in code
    is never replaced.
    """
    found = [read() for read in _READERS]
    mine = [i for one in found for i in one.indicators if i.code not in _INDICATORS and i.key not in _BY_KEY]
    tables = [t for one in found for t in one.apart if t.code not in _FACTS and t.code not in _APART]
    for known, now in ((_OWN, {i.code: i for i in mine}), (_OWN_APART, {t.code: t for t in tables})):
        known.clear()
        known.update(now)  # type: ignore[arg-type]
    _OWN_BY_KEY.clear()
    _OWN_BY_KEY.update({i.key: i for i in mine})
    _Seen.at = time.monotonic()


def as_of(publication: int) -> None:
    """Figures of this publication are about to be read: know what it may hold. No query where it was seen before."""
    if _Seen.publication != publication:
        bring_up_to_date()
        _Seen.publication = publication


def _look_again() -> None:
    if _Seen.at is None or time.monotonic() - _Seen.at > _AGAIN_AFTER:
        bring_up_to_date()


def register(
    indicators: Iterable[Indicator],
    facts: Iterable[FactTable] = (),
    apart: Iterable[ApartTable] = (),
    sources: Mapping[str, Source] | None = None,
) -> None:
    """Make an area's indicators, fact tables and own imported tables known. Raises `ValueError` for a code or key that
    another one has.
    """
    for code, source in (sources or {}).items():
        if code in SOURCES or source.key in {known.key for known in SOURCES.values()}:
            raise ValueError(f"Two sources have the code {code!r} or the key {source.key}")
        SOURCES[code] = source
    for indicator in indicators:
        if indicator.code in _INDICATORS or indicator.key in _BY_KEY:
            raise ValueError(f"Two indicators have the code {indicator.code!r} or the key {indicator.key}")
        _INDICATORS[indicator.code] = _BY_KEY[indicator.key] = indicator
    tables: list[FactTable | ApartTable] = [*facts, *apart]
    for table in tables:
        if table.code in _FACTS or table.code in _APART:
            raise ValueError(f"Two fact tables have the code {table.code!r}")
    _FACTS.update({table.code: table for table in facts})
    _APART.update({table.code: table for table in apart})


def indicators() -> list[Indicator]:
    """Every indicator, by its number in domain.md section 5, variants after the main one."""
    return sorted([*_INDICATORS.values(), *_OWN.values()], key=lambda i: (i.number, i.key))


def indicator(code: str) -> Indicator:
    """The indicator with this code. Raises `LookupError` for an unknown one."""
    found = _INDICATORS.get(code) or _OWN.get(code)
    if found is None:
        _look_again()
        found = _OWN.get(code)
    if found is None:
        raise LookupError(f"No indicator is declared as {code!r}")
    return found


def by_key(key: int) -> Indicator:
    """The indicator that a row of published figures belongs to."""
    return _BY_KEY.get(key) or _OWN_BY_KEY[key]


def knows(key: int) -> bool:
    """Whether a row of published figures belongs to an indicator that is still declared."""
    if key in _BY_KEY or key in _OWN_BY_KEY:
        return True
    _look_again()
    return key in _OWN_BY_KEY


def fact_tables() -> list[FactTable]:
    """Every fact table, by code."""
    return [_FACTS[code] for code in sorted(_FACTS)]


def apart_tables() -> list[ApartTable]:
    """Every table of numbers that do not add up, by code."""
    found = _APART | _OWN_APART
    return [found[code] for code in sorted(found)]
