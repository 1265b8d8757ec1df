"""The yearly items of the equality statement: every item is there, hidden pay stays hidden, and dates come from the
law."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from byfolk.accounts.compose.pay import adjusted
from byfolk.accounts.content import Aside, Report, Table
from byfolk.accounts.parameters import equality_duty
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.disclosure.model import State
from tests.accounts.building import figure
from tests.accounts.reading import chapter, texts


def tables(report: Report) -> dict[str, Table]:
    """The chapter's tables by their sheet."""
    return {block.sheet: block for block in chapter(report, "likestilling").blocks if isinstance(block, Table)}


def test_the_statement_is_due_on_31_march_by_the_municipal_act() -> None:
    duty = equality_duty(2025)
    assert duty.due == dt.date(2026, 3, 31)
    assert duty.due_section == "kommuneloven §\u00a014-7"


def test_before_the_first_dated_value_there_is_no_duty_to_tell_of() -> None:
    with pytest.raises(LookupError):
        equality_duty(2015)


def test_the_chapter_names_the_deadline_with_its_section(city: Report) -> None:
    said = " ".join(texts(chapter(city, "likestilling")))
    assert "Fristen er 31.\u00a0mars\u00a02026 (kommuneloven §\u00a014-7)." in said


def test_the_gender_balance_is_told_in_numbers_and_share(city: Report) -> None:
    said = " ".join(texts(chapter(city, "likestilling")))
    assert "Ved utgangen av 2025 var det 6\u00a0240 kvinner og 3\u00a0120 menn." in said
    assert "Kvinnene er 66,7\u00a0% av de ansatte." in said


def test_women_and_men_stand_side_by_side_and_what_is_not_measured_is_said(city: Report) -> None:
    rows = {row[0].text: [cell.text for cell in row[1:3]] for row in tables(city)["Kvinner og menn"].rows}
    assert rows["Midlertidig ansatte"] == ["15,1\u00a0%", "11,0\u00a0%"]
    assert rows["Ufrivillig deltid"] == ["Måles ikke ennå", "Måles ikke ennå"]
    assert rows["Uker i foreldrepermisjon"] == ["21,0", "15,3"]
    asides = [block.lead for block in chapter(city, "likestilling").blocks if isinstance(block, Aside)]
    assert "Ufrivillig deltid er ikke målt ennå." in asides


def test_where_the_total_is_hidden_so_are_women_and_men(small: Report) -> None:
    rows = {row[0].text: row[1:3] for row in tables(small)["Kvinner og menn"].rows}
    assert [cell.text for cell in rows["Uker i foreldrepermisjon"]] == ["Skjult: færre enn 5"] * 2
    assert all(cell.number is None for cell in rows["Uker i foreldrepermisjon"])


def test_pay_is_shown_as_a_share_and_never_in_kroner(city: Report) -> None:
    said = " ".join(texts(chapter(city, "likestilling")))
    assert "I alt tjener kvinner 95,1\u00a0% av det menn gjør." in said
    assert "kroner" not in said
    assert not re.search(r"\bkr\b", said)


def test_a_group_with_too_few_is_there_with_the_reason_and_no_number(city: Report) -> None:
    rows = {row[0].text: row for row in tables(city)["Lønn i yrkesgrupper"].rows}
    hidden = rows["Bygg og anlegg"]
    assert hidden[2].text == "Skjult: færre enn 5 av ett kjønn"
    assert [cell.number for cell in hidden] == [None] * len(hidden)
    assert "1 gruppe er skjult." in tables(city)["Lønn i yrkesgrupper"].note


def test_the_bottom_line_is_made_of_the_groups_shown_and_of_nothing_else(city: Report) -> None:
    table = tables(city)["Lønn i yrkesgrupper"]
    shown = [row for row in table.rows if row[2].number is not None]
    assert table.foot[0].text == "Gruppene som vises"
    assert table.foot[1].number == sum(row[1].number or 0 for row in shown)
    weighted = sum((row[1].number or 0) * (row[2].number or 0) for row in shown) / table.foot[1].number
    assert table.foot[2].number == round(weighted, 1)


def test_how_many_women_there_are_in_a_group_is_told_nowhere_so_that_the_hidden_groups_cannot_be_summed(
    city: Report,
) -> None:
    table = tables(city)["Lønn i yrkesgrupper"]
    assert [column.label for column in table.columns[1:3]] == ["Ansatte med lønn", "Kvinners lønn av menns"]
    assert registry.indicator("pay_ratio_equal_work").group.code == "paid"


def test_the_middle_of_the_pay_list_is_told_beside_the_mean(city: Report) -> None:
    said = " ".join(texts(chapter(city, "likestilling")))
    assert "For den midterste halvparten av hver er det 95,9\u00a0%." in said


def test_one_group_alone_gives_no_bottom_line() -> None:
    one = figure("pay_ratio_equal_work", 1, 2025, 98.0, n=40, group=122, parts=(490_000.0, 500_000.0))
    none = figure("pay_ratio_equal_work", 1, 2025, None, group=123, state=State.HIDDEN_SMALL)
    assert adjusted([("A", one), ("B", none)]) is None
    assert adjusted([("A", one), ("C", one)]) == pytest.approx(98.0)


def test_every_item_of_the_law_says_how_often_and_whether_it_is_here(city: Report) -> None:
    rows = {row[0].text: (row[1].text, row[2].text) for row in tables(city)["Krav i loven"].rows}
    assert rows["Midlertidig ansatte"] == ("Hvert år", "Med i regnskapet")
    assert rows["Kvinners lønn mot menns, i hver gruppe"] == ("Minst annethvert år", "Med i regnskapet")
    assert rows["Ufrivillig deltid"] == ("Minst annethvert år", "Måles ikke ennå")
    assert len(rows) == 8
