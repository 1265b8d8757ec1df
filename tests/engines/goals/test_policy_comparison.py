"""What differs between two versions: new, gone, moved, changed, and which words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byfolk.engines.goals.comparison import What, compare
from byfolk.engines.goals.document import Document, Paragraph, by_key
from byfolk.lib.differences import Op, words
from tests.engines.goals.policies import documents

NB = [{"nb": letter} for letter in "ABCD"]
A, B, C, D = (Paragraph(one["nb"].lower(), "measure", one) for one in NB)


def policy(*measures: Paragraph) -> Document:
    goal = Paragraph("mal", "goal", {"nb": "Mål"}, children=measures)
    return Document({"nb": "P"}, (Paragraph("omrade", "area", {"nb": "O"}, children=(goal,)),))


@given(st.text(), st.text())
def test_the_marked_words_hold_both_texts(before: str, after: str) -> None:
    pieces = words(before, after)

    assert "".join(text for op, text in pieces if op is not Op.NEW) == before
    assert "".join(text for op, text in pieces if op is not Op.GONE) == after


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_a_version_does_not_differ_from_itself(document: Document) -> None:
    assert compare(document, document) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(at_most=2), documents(at_most=2))
def test_backwards_what_is_new_is_gone(one: Document, other: Document) -> None:
    there, back = compare(one, other), compare(other, one)

    keys = {what: {found.placed.paragraph.key for found in there if found.what is what} for what in What}
    assert keys[What.NEW] == {found.placed.paragraph.key for found in back if found.what is What.GONE}
    assert keys[What.GONE] == set(by_key(one)) - set(by_key(other))
    assert len(there) == len({found.placed.paragraph.key for found in there})


def test_a_changed_word_is_marked_and_the_rest_is_not() -> None:
    old = policy(replace(A, title={"nb": "Holde samtale hvert år"}))
    new = policy(replace(A, title={"nb": "Holde samtale hvert halvår"}))

    (found,) = compare(old, new)

    assert found.what is What.CHANGED
    assert found.fields[0][1] == ((Op.SAME, "Holde samtale hvert "), (Op.GONE, "år"), (Op.NEW, "halvår"))


def test_what_changed_places_is_moved_and_the_others_stay() -> None:
    found = compare(policy(A, B, C, D), policy(D, A, B, C))

    assert [(one.placed.paragraph.key, one.moved) for one in found] == [("d", True)]


def test_what_comes_before_others_does_not_move_them() -> None:
    found = compare(policy(A, B), policy(C, A, B))

    assert [(one.placed.paragraph.key, one.what) for one in found] == [("c", What.NEW)]


def test_what_is_gone_stands_where_it_stood() -> None:
    found = compare(policy(A, B, C), policy(A, replace(C, title={"nb": "X"})))

    assert [one.placed.paragraph.key for one in found] == ["b", "c"]


def test_a_translation_alone_is_told_by_its_language() -> None:
    (found,) = compare(policy(A), policy(replace(A, title={"nb": "A", "nn": "Å"})))

    assert (found.fields, found.translations) == ((), ("nn",))
