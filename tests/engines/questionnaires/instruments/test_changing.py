"""An instrument changed part by part."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byfolk.engines.questionnaires.instruments.changing import (
    Part,
    moved,
    options_of,
    seen,
    steps_of,
    touched,
    with_factor,
    with_front,
    with_item,
    with_scale,
    with_section,
    without,
)
from byfolk.engines.questionnaires.instruments.checking import broken, lacks, missing_texts
from byfolk.engines.questionnaires.instruments.content import Content, Factor, Item, Kind, Option, Section, Step, Texts
from byfolk.lib.texts import key_for
from tests.engines.questionnaires.instruments.instruments import AGREE, DAYS, EVERYTHING, contents, said

TWO = replace(
    EVERYTHING,
    sections=(*EVERYTHING.sections, Section("end", said("Slutt"), items=(Item("bye", Kind.TEXT, said("?")),))),
)


def order(content: Content) -> list[list[str]]:
    return [[item.code for item in section.items] for section in content.sections]


def test_an_item_is_changed_in_its_place_and_a_new_one_comes_last():
    item = replace(EVERYTHING.item("calm"), text=said("Ro"))

    assert with_item(item, "work")(EVERYTHING).item("calm").text.nb == "Ro"
    assert order(with_item(item, "work")(EVERYTHING)) == order(EVERYTHING)
    assert order(with_item(replace(item, code="new"), "work")(TWO))[0][-1] == "new"


def test_an_item_that_is_given_another_section_comes_last_there():
    assert order(with_item(TWO.item("clear"), "end")(TWO))[1] == ["bye", "clear"]


def test_an_item_at_the_end_of_its_section_moves_on_to_the_next():
    assert order(moved(Part.ITEM, "more", up=False)(TWO))[1] == ["more", "bye"]
    assert order(moved(Part.ITEM, "bye", up=True)(TWO))[0][-1] == "bye"
    assert moved(Part.ITEM, "clear", up=True)(TWO) == TWO


@pytest.mark.parametrize(
    ("part", "code"), [(Part.SECTION, "end"), (Part.FACTOR, "surroundings"), (Part.SCALE, "likely")]
)
def test_what_is_moved_up_and_down_again_stands_where_it_stood(part, code):
    there = moved(part, code, up=True)(TWO)

    assert there != TWO
    assert moved(part, code, up=False)(there) == TWO


def test_an_item_that_is_taken_out_is_taken_out_of_factors_and_conditions_too():
    after = without(Part.ITEM, "hours")(without(Part.ITEM, "unclear")(EVERYTHING))

    assert after.factor("clarity").items == ("clear", "calm")
    assert after.factor("clarity").reversed == ()
    assert after.item("long-hours").shown_if is None
    assert broken(after) == []


def test_a_matrix_that_is_taken_out_takes_its_rows_out_of_factors():
    assert without(Part.ITEM, "parts")(EVERYTHING).factor("surroundings").items == ()


def test_what_else_changes_is_known_before_anything_is_taken_out():
    factors, items = touched(EVERYTHING, Part.SECTION, "work")
    assert [one.code for one in factors] == ["clarity", "surroundings"]
    assert items == []

    factors, items = touched(EVERYTHING, Part.ITEM, "had-talk")
    assert (factors, [one.code for one in items]) == ([], ["which-days"])


def test_parts_are_put_in_by_their_code():
    front = with_front(said("Ny"), said("Velkommen"))(EVERYTHING)
    assert (front.title.nb, front.intro.nb) == ("Ny", "Velkommen")
    assert with_section(Section("work", said("Jobben")))(EVERYTHING).sections[0].items == EVERYTHING.sections[0].items
    assert with_scale(replace(AGREE, code="third"))(EVERYTHING).scales[-1].code == "third"
    assert with_factor(Factor("third", said("Tre")))(EVERYTHING).factors[-1].code == "third"
    assert broken(without(Part.SCALE, "agree")(EVERYTHING)) != []
    assert broken(without(Part.SCALE, "likely")(EVERYTHING)) == []


@pytest.mark.parametrize(
    ("part", "code", "change"),
    [
        (Part.ITEM, "clear", with_item(replace(EVERYTHING.item("clear"), help=said("Tenk deg om")), "work")),
        (Part.SECTION, "work", with_section(Section("work", said("Annet")))),
        (Part.FACTOR, "clarity", with_factor(Factor("clarity", said("Annet")))),
        (Part.SCALE, "agree", with_scale(replace(AGREE, steps=AGREE.steps[:3]))),
        (Part.FRONT, "", with_front(said("Annet"), Texts())),
    ],
)  # fmt: skip
def test_the_mark_of_a_part_changes_with_that_part_only(part, code, change):
    marks = {(p, c): seen(EVERYTHING, p, c) for p, c in MARKED}
    after = change(EVERYTHING)

    changed = {key for key, mark in marks.items() if seen(after, *key) != mark}

    assert changed == {(part, code)}


MARKED = [
    (Part.FRONT, ""), (Part.SECTION, "work"), (Part.ITEM, "clear"), (Part.ITEM, "calm"), (Part.FACTOR, "clarity"),
    (Part.SCALE, "agree"), (Part.SCALE, "likely"),
]  # fmt: skip


def test_what_is_not_there_has_no_mark():
    assert [seen(EVERYTHING, part, "none") for part in (Part.SECTION, Part.ITEM, Part.FACTOR, Part.SCALE)] == [""] * 4


def codes(lines: list[str], before=DAYS) -> list[str]:
    return [option.code for option in options_of([said(line) for line in lines], before, key_for)]


def test_options_keep_their_codes_where_they_say_the_same():
    assert codes(["Onsdag", "Mandag"]) == ["wed", "mon"]
    assert codes(["Mandag", "Tirsdag", "Onsdag", "Torsdag"]) == ["mon", "tue", "wed", "torsdag"]


def test_an_option_that_is_written_anew_in_its_place_keeps_its_code():
    assert codes(["Mandag", "Tysdag", "Onsdag"]) == ["mon", "tue", "wed"]


def test_a_new_option_never_gets_a_code_that_another_one_had():
    assert codes(["Mon", "Mandag", "Ny", "Enda en"]) == ["mon-2", "mon", "ny", "enda-en"]
    assert codes(["Likt", "Likt"], before=()) == ["likt", "likt-2"]


@given(st.lists(st.sampled_from(["A", "B", "C", "D"]), max_size=5), st.lists(st.sampled_from("ABCD"), unique=True))
def test_options_never_share_a_code(lines, before):
    found = codes(lines, before=tuple(Option(text.lower(), said(text)) for text in before))

    assert len(set(found)) == len(found)


def test_steps_keep_their_values_where_there_are_as_many():
    before = (Step(0, said("Nei")), Step(10, said("Ja")))

    assert [step.value for step in steps_of([said("N"), said("J")], before)] == [0, 10]
    assert [step.value for step in steps_of([said("N"), said("V"), said("J")], before)] == [1, 2, 3]


@given(contents(), st.data())
def test_taking_out_any_item_leaves_an_instrument_that_hangs_together(content, data):
    codes = [item.code for item in content.items()]
    if codes:
        assert broken(without(Part.ITEM, data.draw(st.sampled_from(codes)))(content)) == []


def test_what_lacks_before_it_can_be_asked_is_told():
    empty = Content(said("Tomt"), sections=(Section("a", said("A")),), factors=(Factor("f", said("F")),))

    assert [one.field for one in lacks(empty)] == ["sections", "sections.1", "factors.1"]
    assert lacks(EVERYTHING) == []


def test_texts_that_lack_in_a_language_are_told_where_they_stand():
    content = Content(Texts("Nb", "Nn", "En"), sections=(Section("a", Texts("Nb", "", "En")),))

    assert [(one.field, one.language) for one in missing_texts(content)] == [("sections.1.title", "nn")]
