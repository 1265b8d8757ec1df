"""The restricted Markdown: what it shows, and what it never lets through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byfolk.lib.markdown import Heading, blocks, render, tidy

ALLOWED = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br"}


def test_headings_paragraphs_lists_bold_and_links_become_html() -> None:
    html = render("## Først\n\nGjør **dette** og *dette*.\n\n- en\n- [to](https://a.no)\n\n1. tre").html

    assert '<h2 id="forst">Først</h2>' in html
    assert "<strong>dette</strong>" in html
    assert "<em>dette</em>" in html
    assert '<a href="https://a.no">to</a>' in html
    assert html.count("<li>") == 3


def test_headings_begin_at_the_second_level_and_each_has_its_own_id() -> None:
    rendered = render("# Samtalen\n\n## Samtalen\n\n### Etterpå\n\n###### Dypt")

    assert rendered.headings == (Heading("Samtalen", "samtalen"), Heading("Samtalen", "samtalen-2"))
    assert '<h3 id="etterpa">' in rendered.html
    assert '<h4 id="dypt">' in rendered.html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,aaaa)",
        "[x](vbscript:x)",
        "[x](//evil.example)",
        "![x](https://evil.example/x.png)",
        "&lt;script&gt;",
        "<!-- comment -->",
    ],
)
def test_neither_html_nor_scripts_nor_pictures_nor_foreign_hosts_pass(text: str) -> None:
    html = render(text).html

    assert set(re.findall(r"<([a-z0-9]+)", html)) <= {"p", "a"}
    assert "<img" not in html
    assert not re.search(r'href="(?!https://evil.example/x.png)', html)


def test_a_stroke_that_browsers_take_for_another_host_stays_on_our_own() -> None:
    assert render("[x](/\\evil.example)").html == '<p><a href="/%5Cevil.example">x</a></p>\n'


@given(st.text(max_size=200) | st.lists(st.sampled_from(["<", ">", "[", "](", ")", "javascript:", "*", "#", "\n", "- ", '"', "&", "a"]), max_size=40).map("".join))  # fmt: skip  # noqa: E501
def test_whatever_is_written_gives_only_the_tags_that_are_allowed(text: str) -> None:
    html = render(text).html

    assert set(re.findall(r"<\s*([a-zA-Z0-9!/?]+)", html)) <= ALLOWED | {f"/{tag}" for tag in ALLOWED}
    for address in re.findall(r'href="([^"]*)"', html):
        assert re.match(r"https?://|mailto:|#|/(?!/)", address, re.IGNORECASE)


@given(st.text(max_size=200))
def test_a_tidy_text_stays_as_it_is(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_blocks_are_what_stands_between_empty_lines() -> None:
    assert blocks("# A\n\nen\nto\n \n\n- tre\n- fire\n") == ["# A", "en\nto", "- tre\n- fire"]
