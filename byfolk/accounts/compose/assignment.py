"""Which figures belong in which chapter: those that serve the area's goals, with the figures beside and beneath
them."""

from __future__ import annotations

from collections.abc import Iterable

from byfolk.accounts.compose.unit_year import published_here
from byfolk.engines.goals.queries import AreaAbout
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.definition import Indicator, UnitOfMeasure

#: Figures that stand only in the chapter on equality.
EQUALITY_ONLY = frozenset(
    {
        "parental_leave_weeks",
        "pay_ratio_equal_work",
        "pay_ratio_middle",
        "women_leaders",
        "women_leaders_top",
        "women_leaders_middle",
        "women_leaders_first_line",
    }
)
#: Areas whose figures are no personnel data, or told elsewhere: only those that serve a goal stand in the accounts.
BESIDE_PERSONNEL = frozenset({"services", "surveys"})


def by_area(areas: Iterable[AreaAbout]) -> tuple[dict[int, list[str]], list[str]]:
    """Codes by the area's number, the goals' own first, and those that belong to none.

    A figure is placed with the first figure that names it as a part or as related, or that it names itself; one that
    serves a goal stands in that goal's area only.
    """
    own = {area.number: list(dict.fromkeys(code for goal in area.goals for code in goal.indicators)) for area in areas}
    taken = {code for codes in own.values() for code in codes}
    left = [
        i.code for i in registry.indicators() if _fits(i) and i.code not in taken and i.area not in BESIDE_PERSONNEL
    ]
    placed = {number: [code for code in codes if _fits(registry.indicator(code))] for number, codes in own.items()}
    # What stands beside a figure that was placed just now is placed with it, until nothing more moves.
    moved = True
    while moved:
        moved = False
        for code in list(left):
            number = next((n for n, codes in placed.items() if any(_beside(code, other) for other in codes)), None)
            if number is not None:
                placed[number].append(code)
                left.remove(code)
                moved = True
    return placed, left


def _fits(indicator: Indicator) -> bool:
    """Mean pay in kroner stays out: the statement on equality shows women's pay as a share of men's."""
    return (
        published_here(indicator) and indicator.unit is not UnitOfMeasure.KRONER and indicator.code not in EQUALITY_ONLY
    )


def _beside(code: str, other: str) -> bool:
    mine, theirs = registry.indicator(code), registry.indicator(other)
    return code in (*theirs.parts, *theirs.related) or other in (*mine.parts, *mine.related)
