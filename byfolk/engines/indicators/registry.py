"""The indicators and fact tables of the installation. Areas register theirs in their `registrations.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from byfolk.engines.indicators.definition import Indicator
from byfolk.engines.indicators.fact_tables import ApartTable, FactTable
from byfolk.engines.indicators.sources import SOURCES, Source

_INDICATORS: dict[str, Indicator] = {}
_BY_KEY: dict[int, Indicator] = {}
_FACTS: dict[str, FactTable] = {}
_APART: dict[str, ApartTable] = {}


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
    return sorted(_INDICATORS.values(), key=lambda i: (i.number, i.key))


def indicator(code: str) -> Indicator:
    """The indicator with this code. Raises `LookupError` for an unknown one."""
    try:
        return _INDICATORS[code]
    except KeyError:
        raise LookupError(f"No indicator is declared as {code!r}") from None


def by_key(key: int) -> Indicator:
    """The indicator that a row of published figures belongs to."""
    return _BY_KEY[key]


def knows(key: int) -> bool:
    """Whether a row of published figures belongs to an indicator that is still declared."""
    return key in _BY_KEY


def fact_tables() -> list[FactTable]:
    """Every fact table, by code."""
    return [_FACTS[code] for code in sorted(_FACTS)]


def apart_tables() -> list[ApartTable]:
    """Every table of numbers that do not add up, by code."""
    return [_APART[code] for code in sorted(_APART)]
