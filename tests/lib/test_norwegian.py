"""Numbers, dates and months as a Norwegian reader writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byfolk.lib import norwegian


def test_thousands_are_parted_by_a_no_break_space_and_decimals_by_a_comma() -> None:
    assert norwegian.number(24293.5, 1) == "24\u00a0293,5"


def test_a_negative_number_has_a_true_minus() -> None:
    assert norwegian.number(-370) == "\u2212370"


def test_what_rounds_to_nothing_has_no_sign() -> None:
    assert norwegian.number(-0.04, 1) == "0,0"
    assert norwegian.signed(0.04, 1) == "0,0"


def test_halves_are_rounded_away_from_zero_as_people_do() -> None:
    assert norwegian.number(2.675, 2) == "2,68"
    assert norwegian.number(Decimal("0.5")) == "1"


def test_a_change_shows_which_way_it_goes() -> None:
    assert norwegian.signed(2.2, 1) == "+2,2"
    assert norwegian.signed(-0.2, 1) == "\u22120,2"


def test_the_percent_sign_stands_off_in_norwegian_and_close_in_english() -> None:
    assert norwegian.percent(10.4) == "10,4\u00a0%"
    assert norwegian.percent(10.4, lang="en") == "10.4%"


def test_a_difference_between_percentages_is_in_percentage_points_without_a_sign() -> None:
    assert norwegian.points(-0.6) == "0,6\u00a0prosentpoeng"
    assert norwegian.points(1, 0, "en") == "1\u00a0percentage point"


def test_english_numbers_have_a_point_and_commas() -> None:
    assert norwegian.number(1234567.8, 1, "en-gb") == "1,234,567.8"


def test_an_unknown_language_is_written_as_bokmaal() -> None:
    assert norwegian.number(1.5, 1, "se") == "1,5"


def test_a_date_is_in_words_and_does_not_break() -> None:
    assert norwegian.day(dt.date(2026, 3, 12)) == "12.\u00a0mars\u00a02026"
    assert norwegian.day(dt.date(2026, 3, 12), "en") == "12\u00a0March\u00a02026"


@pytest.mark.parametrize(
    ("lang", "said"),
    [("nb", "lørdag 14.\u00a0november"), ("nn", "laurdag 14.\u00a0november"), ("en", "Saturday 14\u00a0November")],
)
def test_a_date_may_say_its_weekday(lang: str, said: str) -> None:
    assert norwegian.day(dt.date(2026, 11, 14), lang, weekday=True, year=False) == said


def test_a_period_is_half_open_and_says_its_first_and_last_month() -> None:
    assert norwegian.months(dt.date(2025, 9, 1), dt.date(2026, 9, 1)) == "sept.\u00a02025 – aug.\u00a02026"


def test_a_calendar_year_is_its_number_and_a_month_is_said_once() -> None:
    assert norwegian.months(dt.date(2025, 1, 1), dt.date(2026, 1, 1)) == "2025"
    assert norwegian.months(dt.date(2026, 8, 1), dt.date(2026, 9, 1)) == "aug.\u00a02026"


def test_small_numbers_are_words_and_large_ones_figures() -> None:
    assert norwegian.in_words(4) == "fire"
    assert norwegian.in_words(1, "nn") == "éin"
    assert norwegian.in_words(13) == "13"


def test_the_clock_has_a_full_stop_in_norwegian() -> None:
    assert norwegian.clock(dt.time(9, 5)) == "kl.\u00a009.05"
    assert norwegian.clock(dt.time(9, 5), "en") == "at\u00a009:05"


def test_a_place_in_an_order_has_a_full_stop_or_an_english_ending() -> None:
    assert norwegian.ordinal(8) == "8."
    assert [norwegian.ordinal(n, "en") for n in (1, 2, 3, 11, 22)] == ["1st", "2nd", "3rd", "11th", "22nd"]


def test_initials_are_those_of_the_first_and_the_last_name() -> None:
    assert norwegian.initials("Kari Anne Nordahl") == "KN"
    assert norwegian.initials("Åse") == "Å"


def test_a_title_inside_a_sentence_is_in_lower_case_unless_it_begins_with_an_abbreviation() -> None:
    assert norwegian.inside("Leder") == "leder"
    assert norwegian.inside("HR-rådgiver") == "HR-rådgiver"


def test_a_sentence_starts_with_a_capital_and_keeps_the_rest() -> None:
    assert norwegian.sentence("fire ting fra HR") == "Fire ting fra HR"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4), st.integers(0, 4))
def test_a_norwegian_number_reads_back_as_itself(value: Decimal, decimals: int) -> None:
    text = norwegian.number(value, decimals)
    plain = text.replace("\u00a0", "").replace(",", ".").replace("\u2212", "-")
    assert abs(Decimal(plain) - value) <= Decimal(1).scaleb(-decimals) / 2


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("8,2", "nb", "8.2"),
        ("8.2", "nb", "8.2"),
        (" 8,20 % ", "nb", "8.20"),
        ("24\u00a0293", "nn", "24293"),
        ("\u22120,5", "nb", "-0.5"),
        ("24,293", "en", "24293"),
        ("24,293.5", "en", "24293.5"),
        ("8,2", "en", "8.2"),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, lang: str, value: str) -> None:
    assert norwegian.read_number(text, lang) == Decimal(value)


@pytest.mark.parametrize("text", ["", "åtte", "8,2,1", "1.000,5", "NaN", "1e5", "8-", "%", "9" * 40])
def test_what_is_not_a_plain_number_is_not_guessed_at(text: str) -> None:
    assert norwegian.read_number(text) is None
