"""What people write: a few marks, and nothing that is run."""

from __future__ import annotations

from byfolk.accounts import marks
from byfolk.accounts.content import Span, WrittenPart


def _plain(part: WrittenPart) -> list[str]:
    return ["".join(span.text for span in line) for line in part.lines]


def test_an_empty_line_begins_a_paragraph_and_a_dash_a_point() -> None:
    found = marks.parts("Det gikk\nbra.\n\n- Først\n- Så\nSlutt.")
    assert [(_plain(part), part.listed) for part in found] == [
        (["Det gikk bra."], False),
        (["Først", "Så"], True),
        (["Slutt."], False),
    ]


def test_two_stars_set_words_in_bold_and_one_does_not() -> None:
    (part,) = marks.parts("Vi må **tidlig** inn, 5 * 3 ** 2.")
    assert part.lines == ((Span("Vi må "), Span("tidlig", strong=True), Span(" inn, 5 * 3 ** 2.")),)


def test_html_is_text_like_any_other() -> None:
    (part,) = marks.parts("<script>alert(1)</script>")
    assert _plain(part) == ["<script>alert(1)</script>"]


def test_points_come_last_as_a_list() -> None:
    found = marks.parts("Planen.", ["Det første", " ", "Det andre"])
    assert [(_plain(part), part.listed) for part in found] == [
        (["Planen."], False),
        (["Det første", "Det andre"], True),
    ]


def test_a_figure_is_named_with_or_without_a_year() -> None:
    text = "Fra [tall:sick_leave:2024] til [tall:sick_leave], ikke [tall:UKJENT]."
    assert marks.named_figures(text) == [("sick_leave", 2024), ("sick_leave", None)]
    assert marks.with_figures(text, lambda code, year: f"{code}/{year}") == (
        "Fra sick_leave/2024 til sick_leave/None, ikke [tall:UKJENT]."
    )
