"""The indicators and fact tables of the installation. Areas register theirs in their `registrations.py`.

Most are written in code. What a municipality makes itself (the factors of its own surveys) is declared in the database:
an area registers how it is read when figures are made, and what indicators it means. Each publication carries what was
declared when it was made, so that whoever reads its figures knows them, and no page has to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True)
class _Source:
    read: Callable[[], list[Any]]
    made_of: Callable[[list[Any]], Declared]


_DECLARING: dict[str, _Source] = {}
_OWN: dict[str, Indicator] = {}
_OWN_BY_KEY: dict[int, Indicator] = {}
_OWN_APART: dict[str, ApartTable] = {}
#: The publication that was seen last.
_SEEN: list[int] = []


def declared_in_database(code: str, read: Callable[[], list[Any]], made_of: Callable[[list[Any]], Declared]) -> None:
    """Register an area's indicators that are declared in the database: how they are read (as plain JSON, for background
    work), and what that means.
    """
    _DECLARING[code] = _Source(read, made_of)


def read_declared() -> dict[str, list[Any]]:
    """What is declared in the database now, as plain JSON; from here on it is known."""
    found = {code: source.read() for code, source in _DECLARING.items()}
    know(found)
    return found


def know(declared: Mapping[str, list[Any]]) -> None:
    """Know what is declared, and nothing that was declared before. A code or key that is written in code stands."""
    found = [source.made_of(declared.get(code, [])) for code, source in _DECLARING.items()]
    mine = [i for one in found for i in one.indicators if i.code not in _INDICATORS and i.key not in _BY_KEY]
    tables = [t for one in found for t in one.apart if t.code not in _FACTS and t.code not in _APART]
    _replace(_OWN, {i.code: i for i in mine})
    _replace(_OWN_BY_KEY, {i.key: i for i in mine})
    _replace(_OWN_APART, {t.code: t for t in tables})


def _replace(known: dict[Any, Any], now: dict[Any, Any]) -> None:
    known.update(now)
    for gone in set(known) - set(now):
        del known[gone]


def as_of(publication: int, declared: Mapping[str, list[Any]]) -> None:
    """Figures of this publication are about to be read: know what it may hold."""
    if [publication] != _SEEN:
        know(declared)
        _SEEN[:] = [publication]


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
        raise LookupError(f"No indicator is declared as {code!r}")
    return found


def by_key(key: int) -> Indicator:
    """The indicator that a row of published figures belongs to."""
    return _BY_KEY.get(key) or _OWN_BY_KEY[key]


def knows(key: int) -> bool:
    """Whether a row of published figures belongs to an indicator that is still declared."""
    return key in _BY_KEY or key in _OWN_BY_KEY


def fact_tables() -> list[FactTable]:
    """Every fact table, by code."""
    return [_FACTS[code] for code in sorted(_FACTS)]


def apart_tables() -> list[ApartTable]:
    """Every table of numbers that do not add up, by code."""
    found = _APART | _OWN_APART
    return [found[code] for code in sorted(found)]
