"""Which figures belong in which chapter: those that serve the area's goals, with the figures beside and beneath
them."""

from __future__ import annotations

from collections.abc import Iterable

from byfolk.accounts.compose.unit_year import published_here
from byfolk.engines.goals.queries import AreaAbout
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.definition import Indicator, UnitOfMeasure

#: Figures that stand only in the chapter on equality.
EQUALITY_ONLY = frozenset({"parental_leave_weeks", "pay_ratio_equal_work", "pay_ratio_median"})


def by_area(areas: Iterable[AreaAbout]) -> tuple[dict[int, list[str]], list[str]]:
    """Codes by the area's number, the goals' own first, and those that belong to none.

    A figure is placed with the first figure that names it as a part or as related, or that it names itself; one that
    serves a goal stands in that goal's area only.
    """
    own = {area.number: list(dict.fromkeys(code for goal in area.goals for code in goal.indicators)) for area in areas}
    taken = {code for codes in own.values() for code in codes}
    left = [i for i in registry.indicators() if _fits(i) and i.code not in taken]
    placed: dict[int, list[str]] = {
        number: [code for code in codes if _fits(registry.indicator(code))] for number, codes in own.items()
    }
    rest: list[str] = []
    for indicator in left:
        number = next(
            (number for number, codes in own.items() if any(_beside(indicator, code) for code in codes)), None
        )
        (rest if number is None else placed[number]).append(indicator.code)
    return placed, rest


def _fits(indicator: Indicator) -> bool:
    """Mean pay in kroner stays out: the statement on equality shows women's pay as a share of men's."""
    return (
        published_here(indicator) and indicator.unit is not UnitOfMeasure.KRONER and indicator.code not in EQUALITY_ONLY
    )


def _beside(indicator: Indicator, code: str) -> bool:
    other = registry.indicator(code)
    return indicator.code in (*other.parts, *other.related) or code in (*indicator.parts, *indicator.related)
