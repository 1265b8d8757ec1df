"""One cell to one value."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byfolk.kernel.people.importing.parsing import (
    parse_bool,
    parse_date,
    parse_money,
    parse_number,
    parse_percent,
    split_name,
)


@pytest.mark.parametrize(
    "text",
    ["1.2.2026", "01.02.26", "2026-02-01", "2026-02-01 00:00:00", "1. februar 2026", "1 feb 2026", "1/2/2026",
     "20260201",
     "01022026", "February 1, 2026", "46054", "46054.0", " 01.02.2026 "],
)  # fmt: skip
def test_the_first_of_february_is_understood_however_it_is_written(text: str) -> None:
    assert parse_date(text) == dt.date(2026, 2, 1)


@pytest.mark.parametrize("text", ["31.02.2026", "i dag", "1.13.2026", "2026", "12", "1. foo 2026", "99999999"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_a_year_of_two_digits_is_never_after_the_newest_year() -> None:
    assert parse_date("01.01.30", newest_year=2026) == dt.date(1930, 1, 1)
    assert parse_date("01.01.30", newest_year=2046) == dt.date(2030, 1, 1)


def test_the_order_of_month_and_day_can_be_american() -> None:
    assert parse_date("02/01/2026", order="mdy") == dt.date(2026, 2, 1)


@given(st.dates(min_value=dt.date(1927, 6, 1), max_value=dt.date(2079, 1, 1)))
def test_every_day_survives_every_form(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    for text in (day.isoformat(), day.strftime("%d.%m.%Y"), day.strftime("%Y%m%d"), str(serial)):
        assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "ore"),
    [("512000", 51200000), ("kr 512 000,50", 51200050), ("$101442.00", 10144200), ("512.000,-", 51200000),
     ("512\u00a0000 kr", 51200000), ("NOK 1.512.000,00", 151200000), ("1,512,000.25", 151200025), ("(500)", -50000),
     ("−500", -50000), ("0", 0)],
)  # fmt: skip
def test_money_is_read_in_ore_however_it_is_written(text: str, ore: int) -> None:
    assert parse_money(text) == ore


def test_money_in_ore_is_not_multiplied() -> None:
    assert parse_money("51200050", unit="øre") == 51200050


@pytest.mark.parametrize("text", ["mye", "12.34.56", "1,2,3", "kr", "--5"])
def test_what_is_no_sum_is_none(text: str) -> None:
    assert parse_money(text) is None


def test_the_one_ambiguous_number_follows_the_decimal_mark_of_the_file() -> None:
    assert parse_number("1.234", decimal=",") == 1234
    assert str(parse_number("1.234", decimal=".")) == "1.234"
    assert str(parse_number("0.125", decimal=",")) == "0.125"


@pytest.mark.parametrize(
    ("text", "scale", "permille"),
    [("100", "percent", 1000), ("80,5", "percent", 805), ("80.5 %", "percent", 805), ("1,0", "fraction", 1000),
     ("0,8", "fraction", 800), ("80 %", "fraction", 800), ("10000", "hundredths", 1000), ("3333", "hundredths", 333),
     ("33,35", "percent", 334), ("100,000", "percent", 1000)],
)  # fmt: skip
def test_percentages_become_permille(text: str, scale: str, permille: int) -> None:
    assert parse_percent(text, scale=scale) == permille


def test_yes_and_no_and_confidential_codes() -> None:
    assert [parse_bool(text) for text in ("Ja", "x", "6", "Kode 7", "nei", "0", "kanskje")] == [
        True, True, True, True, False, False, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [("LIE, Jonas", ("Jonas", "Lie")), ("Kari Anne Bakke-Ås", ("Kari Anne", "Bakke-Ås")), 
     ("BAKKE-ÅS, KARI", ("Kari", "Bakke-Ås")),
     ("Jonas", None), ("Lie,", None)],
)  # fmt: skip
def test_a_full_name_is_split(text: str, names: tuple[str, str] | None) -> None:
    assert split_name(text) == names
