"""Documents as files: nothing is lost on the way, and what is wrong is told by file, line and reason."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byfolk.engines.library.content import Content, Written, markdown_texts
from byfolk.engines.library.files import Known, NotADocument, read, write
from byfolk.lib.texts import LANGUAGES, texts

UNITS = ("1", "210", "0105")
FIGURES = ("sick_leave", "full_time")
GOALS = ("like-muligheter", "apen-kommune", "no")
KNOWN = Known({"guide", "rule"}, UNITS, FIGURES, GOALS)
CHARACTERS = st.characters(exclude_categories=("Cs",))
# What the format itself is made of, so that no text can be taken for it.
SIGNS = st.sampled_from(
    ["---", "--- nn ---", "\\--- en ---", "\n", "# ", "- ", ": ", "nb:", "'", '"', "|", "æøå", "no", "1"]
)
WRITTEN = st.lists(st.one_of(st.text(CHARACTERS, max_size=12), SIGNS), max_size=8).map("".join)
LINES = st.fixed_dictionaries(dict.fromkeys(LANGUAGES, WRITTEN))
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
GOOD = """---
code: en-veileder
kind: guide
version: 1
owner: '1'
valid_from: 2026-01-01
title:
  nb: En veileder
---

Teksten.
"""


@st.composite
def versions(draw) -> Written:
    """Any version that the library could keep."""
    title = texts(draw(LINES) | {"nb": "T" + draw(WRITTEN)})
    text = markdown_texts(draw(LINES) | {"nb": "T" + draw(WRITTEN)})
    asks = draw(st.sampled_from(["", "leaders", "everyone"]))
    content = Content(
        title, texts(draw(LINES)), text,
        tuple(draw(st.lists(st.sampled_from(GOALS), unique=True))),
        tuple(draw(st.lists(st.sampled_from(FIGURES), unique=True))),
        asks, draw(st.sampled_from(UNITS)) if asks else "",
    )  # fmt: skip
    first = draw(DAYS)
    end = draw(st.none() | st.integers(1, 900).map(lambda days: first + dt.timedelta(days=days)))
    return Written(
        draw(st.sampled_from(["a", "en-veileder", "1", "null", "2026-01-01"])),
        draw(st.sampled_from(["guide", "rule"])),
        draw(st.sampled_from(UNITS)), draw(st.integers(1, 9_999)), content, draw(st.none() | st.just((first, end))),
        draw(st.none() | DAYS),
    )  # fmt: skip


@given(versions())
def test_what_is_written_is_read_as_the_same_and_written_the_same_again(written: Written) -> None:
    text = write(written)

    assert read("a.md", text.encode(), KNOWN) == written
    assert write(read("a.md", text.encode(), KNOWN)) == text


def faults(text: str | bytes) -> list[tuple[int, str]]:
    """What is wrong in a file."""
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(NotADocument) as wrong:
        read("a.md", content, KNOWN)
    assert all(fault.file == "a.md" for fault in wrong.value.faults)
    return [(fault.line, fault.reason) for fault in wrong.value.faults]


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("code: en-veileder", "code: En Veileder"), 2, "Id-en"),
        (("kind: guide", "kind: poem"), 3, "poem"),
        (("version: 1", "version: 0"), 4, "helt tall"),
        (("version: 1", "version: true"), 4, "helt tall"),
        (("owner: '1'", "owner: '99'"), 5, "99"),
        (("owner: '1'", "owner: 1"), 5, "finnes ikke"),
        (("2026-01-01", "i morgen"), 6, "dato"),
        (("valid_from: 2026-01-01", "valid_to: 2026-01-01"), 6, "valid_from"),
        (("2026-01-01\n", "2026-01-01\nvalid_to: 2025-01-01\n"), 7, "slutter å gjelde"),
        (("nb: En veileder", "nn: Ein rettleiar"), 7, "bokmål"),
        (("nb: En veileder", "dk: En vejleder"), 7, "«nb»"),
        (("---\n\nTeksten", "goals: [no-such-goal]\n---\n\nTeksten"), 9, "no-such-goal"),
        (("---\n\nTeksten", "goals: like-muligheter\n---\n\nTeksten"), 9, "liste"),
        (("---\n\nTeksten", "indicators: [sick_leave, sick_leave]\n---\n\nTeksten"), 9, "to ganger"),
        (("---\n\nTeksten", "asks: leaders\n---\n\nTeksten"), 9, "asked_unit"),
        (("---\n\nTeksten", "colour: red\n---\n\nTeksten"), 9, "colour"),
        (("---\n\nTeksten", "code: b\n---\n\nTeksten"), 9, "to ganger"),
        (("---\n\nTeksten", "goals: &a [*a]\n---\n\nTeksten"), 2, "navn: verdi"),
        (("Teksten.", ""), 6, "tekst på bokmål"),
        (("Teksten.", "A\n\n--- nn ---\n\nB\n\n--- nn ---\n\nC"), 17, "to ganger"),
        (("title:", "title"), 8, "YAML"),
    ],
)
def test_what_is_wrong_is_told_by_its_line(change: tuple[str, str], line: int, said: str) -> None:
    found = faults(GOOD.replace(*change))

    assert [(where, said in reason) for where, reason in found] == [(line, True)]


def test_every_field_that_is_missing_is_told_of() -> None:
    assert len(faults("---\nsummary: {nb: Kort}\n---\n")) == 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "---"),
        (b"# Title", "---"),
        (b"---\ncode: a", "slutter ikke"),
        (b"---\n- a\n---\n", "navn: verdi"),
        (b"---\ncode: \xff\n---\n", "UTF-8"),
        (b"---\n" + b"[" * 4000 + b"\n---\n", "YAML"),
        (b"x" * 500_001, "500 kB"),
    ],
)
def test_a_file_that_is_something_else_is_refused_with_a_reason(content: bytes, said: str) -> None:
    assert [said in reason for _line, reason in faults(content)] == [True]
