"""An invented city for the tests of the accounts: figures by hand, no database.

Storvik has two departments and five agencies in 2023-2025. Vannverket (code 515) is small: its absence is hidden.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from byfolk.accounts.compose.report import report
from byfolk.accounts.content import Report
from byfolk.accounts.queries import Basis, Place, YearFigures
from byfolk.engines.goals.queries import AreaAbout, GoalAbout, Targets
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import FigureValue, PublicationAbout
from byfolk.engines.indicators.breakdowns import ALL, GROUPS, MEN, WOMEN, PeriodKind
from byfolk.engines.indicators.definition import AT_YEAR_END, MONTHLY, QUARTERLY
from byfolk.engines.indicators.disclosure.model import State

YEARS = (2023, 2024, 2025)
CITY = Place(1, "1", "Storvik kommune", 0, "administration", (1,))
PLACES = (
    CITY,
    Place(11, "11", "Byrådsavdeling for skole og omsorg", 1, "administration", (1, 11)),
    Place(12, "12", "Byrådsavdeling for by og vann", 1, "administration", (1, 12)),
    Place(110, "110", "Læringsetaten", 2, "school", (1, 11, 110)),
    Place(120, "120", "Sykehjemsetaten", 2, "nursing_home", (1, 11, 120)),
    Place(130, "130", "Bydel Granli", 2, "district", (1, 11, 130)),
    Place(510, "510", "Veidriften", 2, "technical", (1, 12, 510)),
    Place(515, "515", "Vannverket", 2, "technical", (1, 12, 515)),
)
PEOPLE = {1: 9000, 11: 7600, 12: 1300, 110: 3600, 120: 2500, 130: 1450, 510: 1200, 515: 60}
BELOW = {
    110: (
        Place(1101, "1101", "Grunnskoler", 3, "school", (1, 11, 110, 1101)),
        Place(1102, "1102", "Videregående skoler", 3, "school", (1, 11, 110, 1102)),
    ),
    515: (Place(5151, "5151", "Drift", 3, "technical", (1, 12, 515, 5151)),),
}
SECTORS = {
    "school": 3300,
    "nursing_home": 2300,
    "kindergarten": 900,
    "home_care": 400,
    "technical": 1180,
    "administration": 700,
}
#: What each figure is in the city in 2023; units and years move it a little.
LEVELS = {
    "fte": 7800.4,
    "fte_excl_long_absence": 7100.2,
    "part_time": 32.1,
    "full_time": 67.9,
    "position_size": 86.7,
    "temporary": 13.9,
    "age_under_30": 17.2,
    "age_30": 24.5,
    "age_40": 24.1,
    "age_50": 22.9,
    "age_60": 11.3,
    "turnover_external": 9.8,
    "turnover_excl_pension": 8.1,
    "turnover_internal": 2.3,
    "retirement_age": 64.4,
    "retained_62": 88.1,
    "first_year_exits": 17.5,
    "parental_leave_weeks": 19.3,
    "sick_leave": 8.9,
    "sick_leave_certified": 7.6,
    "sick_leave_short": 2.2,
    "sick_leave_long": 6.7,
    "women_leaders": 63.2,
    "leader_span": 14.6,
    "pay_ratio": 96.3,
    "pay_ratio_middle": 97.1,
}
HIDDEN = {
    515: (
        "sick_leave",
        "sick_leave_certified",
        "sick_leave_short",
        "sick_leave_long",
        "parental_leave_weeks",
        "fte_excl_long_absence",
    )
}
FAMILIES = {"22": 98.4, "23": 99.6, "33": 96.9, "53": 99.1, "71": None, "12": 97.8}
AREAS = (
    AreaAbout(
        0,
        "Ønsket omdømme",
        "Omdømme",
        "",
        (GoalAbout("0", "Service og kvalitet", "Service", "", ("turnover_external",)),),
    ),
    AreaAbout(
        1,
        "Organisasjonskultur",
        "Kultur",
        "",
        (
            GoalAbout("1.1", "Verdibasert kultur", "Verdibasert kultur", "", ("first_year_exits",)),
            GoalAbout("1.2", "Åpen kommune", "Åpen kommune", "innsynskrav besvart i tide", ()),
        ),
    ),
    AreaAbout(
        3,
        "Medarbeidere og arbeidsmiljø",
        "Arbeidsmiljø",
        "",
        (
            GoalAbout("3.1", "Godt og inkluderende arbeidsmiljø", "Arbeidsmiljø", "", ("sick_leave", "retained_62")),
            GoalAbout("3.2", "Like muligheter", "Like muligheter", "", ("full_time", "women_leaders", "pay_ratio")),
        ),
    ),
    AreaAbout(
        4,
        "Avtaler og regelverk",
        "Avtaler",
        "",
        (GoalAbout("4.1", "Enkelt regelverk", "Enkelt regelverk", "om ledere finner svar", ()),),
    ),
)
TARGETS = [
    (code, year, 1, value, tolerance)
    for year in YEARS
    for code, value, tolerance in (
        ("sick_leave", 8.2, 0.5),
        ("full_time", 68.0, 2.0),
        ("first_year_exits", 15.0, 2.0),
        ("retained_62", 88.0, 1.0),
    )
]
PUBLISHED = PublicationAbout(
    7,
    dt.datetime(2026, 3, 12, 8, 30, tzinfo=dt.UTC),
    None,
    dt.date(2026, 2, 1),
    dt.date(2026, 4, 25),
    900,
    40,
    "ab" * 32,
    (),
)


def basis(*, years: tuple[int, ...] = YEARS, targets: bool = True, demo: bool = True) -> Basis:
    """The invented city's basis for its last year."""
    return Basis(
        year=years[-1],
        years=years,
        municipality="Storvik kommune",
        demo=demo,
        root=CITY,
        places={place.id: place for place in PLACES},
        figures=YearFigures(row for year in years for row in _rows(year)),
        areas=AREAS,
        targets=Targets(_targets() if targets else []),
        publication=PUBLISHED,
        below=BELOW,
        inputs={1: (("Ansettelser", 31200, False), ("Fravær", 88400, True))},
    )


def made(code: str, language: str = "nb", **how: Any) -> Report:
    """The accounts of a unit of the invented city."""
    place = next(place for place in PLACES if place.code == code)
    return report(basis(**how), place, language, sectors=SECTORS)


def _targets():  # type: ignore[no-untyped-def]
    from decimal import Decimal

    return [
        (code, year, unit, Decimal(str(value)), Decimal(str(tolerance)))
        for code, year, unit, value, tolerance in TARGETS
    ]


def _rows(year: int) -> Iterator[FigureValue]:
    for place in PLACES:
        people = PEOPLE[place.id] + (year - 2023) * PEOPLE[place.id] // 50
        yield figure("headcount", place.id, year, people, n=people)
        for code, level in LEVELS.items():
            if code.startswith("pay_") and place.level == 1:
                continue
            if code in HIDDEN.get(place.id, ()):
                yield figure(code, place.id, year, None, state=State.HIDDEN_SMALL)
                continue
            share = people / 9000 if code.startswith("fte") else 1 + ((place.id * 7) % 11 - 5) / 60 * (place.id != 1)
            value = round(level * share * (1 - 0.006 * (year - 2023)), 2)
            yield figure(code, place.id, year, value, n=people)
            if code in ("part_time", "temporary", "parental_leave_weeks"):
                women = people * 2 // 3
                yield figure(code, place.id, year, round(value * 1.1, 2), n=women, group=WOMEN.code)
                yield figure(code, place.id, year, round(value * 0.8, 2), n=people - women, group=MEN.code)
        if place.level != 1:
            for number, (family, ratio) in enumerate(FAMILIES.items()):
                if ratio is None:
                    yield figure(
                        "pay_ratio_equal_work", place.id, year, None, group=100 + int(family), state=State.HIDDEN_SMALL
                    )
                else:
                    yield figure(
                        "pay_ratio_equal_work",
                        place.id,
                        year,
                        ratio,
                        n=100 * (number + 1),
                        group=100 + int(family),
                        parts=(ratio * 5000, 500_000.0),
                    )
    for below in BELOW.values():
        for place in below:
            yield figure("headcount", place.id, year, 1500 if place.id > 1100 and place.id < 2000 else 40)


def figure(
    code: str,
    unit: int,
    year: int,
    value: float | None,
    *,
    n: int | None = None,
    group: int = 0,
    state: State = State.PUBLISHED,
    parts: tuple[float, float] | None = None,
) -> FigureValue:
    """A figure at the end of a year: of the year for a flow, of December for a stock."""
    indicator = registry.indicator(code)
    stock = indicator.upper[0] in (MONTHLY, QUARTERLY, AT_YEAR_END)
    return FigureValue(
        indicator=indicator,
        unit_id=unit,
        period=dt.date(year, 12, 1),
        kind=PeriodKind.MONTH if stock and code != "sick_leave" else PeriodKind.YEAR,
        group=GROUPS.get(group, ALL),
        state=state,
        value=value,
        n=n if state is State.PUBLISHED else None,
        numerator=parts[0] if parts else None,
        denominator=parts[1] if parts else None,
    )
