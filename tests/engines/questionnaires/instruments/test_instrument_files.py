"""Instruments as YAML: what is written is read as the same, and what is wrong is told with its line."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from byfolk.engines.questionnaires.instruments import located
from byfolk.engines.questionnaires.instruments.content import Condition, Content, Section, Texts
from byfolk.engines.questionnaires.instruments.located import NotAnInstrument
from byfolk.engines.questionnaires.instruments.reading import content_of, read
from byfolk.engines.questionnaires.instruments.writing import as_yaml, canonical, digest, plain
from tests.engines.questionnaires.instruments.instruments import EVERYTHING, contents, said

KINDS = ("pulse", "workplace")
SMALL = """\
code: small
kind: pulse
title: {nb: Liten}
scales:
- code: agree
  steps:
  - {value: 1, label: {nb: Uenig}}
  - {value: 2, label: {nb: Enig}}
sections:
- code: first
  title: {nb: Først}
  items:
  - {code: a, kind: scale, scale: agree, text: {nb: En}}
  - {code: b, kind: scale, scale: agree, text: {nb: To}}
factors:
- {code: f, title: {nb: Tema}, items: [a, b], reversed: [b]}
"""


def told(file: str) -> list[tuple[int, str, str]]:
    with pytest.raises(NotAnInstrument) as caught:
        read(file.encode(), kinds=KINDS)
    return [(fault.line, fault.field, fault.reason) for fault in caught.value.faults]


@given(contents())
@settings(max_examples=150)
def test_an_instrument_that_is_exported_is_imported_as_the_same_and_exported_alike(content: Content):
    file = as_yaml("some-code", "pulse", content)
    found = read(file.encode(), kinds=KINDS)

    assert (found.code, found.kind, found.content) == ("some-code", "pulse", content)
    assert as_yaml(found.code, found.kind, found.content) == file
    assert content_of(json.loads(canonical(content))) == content


def test_an_instrument_with_every_kind_of_item_is_sound():
    assert content_of(plain(EVERYTHING)) == EVERYTHING


def test_the_digest_changes_with_any_word_and_with_nothing_else():
    other = replace(EVERYTHING, title=replace(EVERYTHING.title, nn="Alt på ein stad"))

    assert re.fullmatch("[0-9a-f]{64}", digest(EVERYTHING))
    assert digest(content_of(plain(EVERYTHING))) == digest(EVERYTHING)
    assert digest(other) != digest(EVERYTHING)


def test_words_that_yaml_takes_for_something_else_are_texts():
    found = read(SMALL.replace("nb: En}", "nb: yes, en: 2026-11-22}").encode(), kinds=KINDS)

    assert found.content.item("a").text == Texts(nb="yes", en="2026-11-22")


def test_equals_is_a_short_way_to_write_one_answer():
    file = SMALL.replace("{code: b,", "{code: b, shown_if: {item: a, equals: 2},")

    assert read(file.encode(), kinds=KINDS).content.item("b").shown_if == Condition("a", ("2",))


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("code: b", "code: a", 14, "sections.1.items.2.code"),
        ("kind: scale, scale: agree, text: {nb: To}", "kind: scale, scale: other, text: {nb: To}", 14,
         "sections.1.items.2.scale"),
        ("{code: a,", "{code: a, shown_if: {item: b, equals: 1},", 13, "sections.1.items.1.shown_if.item"),
        ("{code: b,", "{code: b, shown_if: {item: a, equals: 9},", 14, "sections.1.items.2.shown_if.any_of"),
        ("{code: b,", "{code: b, shown_if: {item: a},", 14, "sections.1.items.2.shown_if"),
        ("items: [a, b]", "items: [a, c]", 16, "factors.1.items"),
        ("reversed: [b]", "reversed: [c]", 16, "factors.1.reversed"),
        ("kind: pulse", "kind: other", 2, "kind"),
        ("code: small", "code: Small Talk", 1, "code"),
        ("title: {nb: Liten}", "title: {nn: Liten}", 3, "title"),
        ("title: {nb: Liten}", "title: Liten", 3, "title"),
        ("title: {nb: Liten}", "title: {nb: Liten, sv: Liten}", 3, "title.sv"),
        ("value: 2", "value: 1", 6, "scales.1.steps"),
        ("value: 2", "value: two", 8, "scales.1.steps.2.value"),
        ("kind: scale, scale: agree, text: {nb: To}", "kind: slider, text: {nb: To}", 14, "sections.1.items.2.kind"),
        ("{code: b,", "{code: b, required: maybe,", 14, "sections.1.items.2.required"),
        ("{code: b,", "{code: b, longest: 10,", 14, "sections.1.items.2.longest"),
        ("{code: b,", "{code: b, colour: red,", 14, "sections.1.items.2.colour"),
        ("items: [a, b]", "items: a", 16, "factors.1.items"),
        ("sections:\n", "sections:\n- just a text\n", 10, "sections.1"),
        ("text: {nb: To}", "text: {nb: " + "x" * 501 + "}", 14, "sections.1.items.2.text.nb"),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_line_and_field(old, new, line, field):
    assert old in SMALL
    faults = told(SMALL.replace(old, new, 1))

    assert (line, field) in [fault[:2] for fault in faults]
    assert all(reason for _line, _field, reason in faults)


def test_a_factor_of_items_on_different_scales_is_refused():
    more = """- code: other
  steps:
  - {value: 1, label: {nb: Nei}}
  - {value: 2, label: {nb: Ja}}
sections:"""
    file = SMALL.replace("sections:", more).replace(
        "{code: b, kind: scale, scale: agree", "{code: b, kind: scale, scale: other"
    )

    assert [field for _line, field, _reason in told(file)] == ["factors.1.items"]


def test_several_faults_are_told_at_once_in_the_order_of_their_lines():
    file = SMALL.replace("code: b", "code: a").replace("items: [a, b]", "items: [x]").replace("value: 2", "value: 0")

    assert [line for line, _field, _reason in told(file)] == [6, 14, 16, 16]


def test_a_yaml_bomb_is_refused_before_it_grows():
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
        f"{one}: &{one} [*{above},*{above},*{above},*{above},*{above}]"
        for above, one in zip("abcdefgh", "bcdefghi", strict=True)
    )

    assert [line for line, _field, _reason in told(bomb)] == [1]


@pytest.mark.parametrize(
    "file",
    [
        "", "---", "just a text", "- a list", "a: [", "a: b: c", "\t", "a: !!python/object/apply:os.system [ls]",
        "a: 1\na: 2", "[a]: b", "a: 1\n---\nb: 2", "{" * 3000, "[" * 3000, "- " * 3000, "a: *unknown", "\x00",
        "a: &x 1",
        "? {a: b}\n: c", "%YAML 9.9\n---\na: b",
    ],
)  # fmt: skip
def test_what_is_no_instrument_is_refused_with_a_reason(file):
    faults = told(file)

    assert faults[0][0] >= 0
    assert faults[0][2]


def test_a_file_that_is_not_utf_8_is_told_where():
    with pytest.raises(NotAnInstrument) as caught:
        read("code: a\nkind: p\ntitle: {nb: Æ}".encode("latin-1"), kinds=KINDS)

    assert caught.value.faults[0].line == 3


def test_a_file_of_a_megabyte_is_refused_for_its_size():
    assert "500 kB" in told("x" * 1_000_000)[0][2]
    assert len(as_yaml("a", "pulse", EVERYTHING)) < located.LARGEST


def test_script_in_a_text_is_kept_as_the_text_it_is():
    text = "<script>alert(1)</script>"
    content = replace(EVERYTHING, sections=(Section("a", said(text)),), factors=())

    assert read(as_yaml("a", "pulse", content).encode(), kinds=KINDS).content.sections[0].title.nb == text
