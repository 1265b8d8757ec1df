"""One item as whoever answers sees it, in the preview and on the answering page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from byfolk.areas.surveys.asking import asked
from byfolk.engines.questionnaires.instruments.answers import Answers, checked, from_form
from byfolk.engines.questionnaires.instruments.content import Item, Kind, Texts
from tests.engines.questionnaires.instruments.instruments import EVERYTHING

CODES = [item.code for item in EVERYTHING.items()]
CONTROL = re.compile(r"<(?:input|textarea)[^>]*>")


def item_of(code: str) -> Item:
    found = EVERYTHING.item(code)
    assert found is not None
    return found


def page(code: str, language: str = "nb", **more) -> str:
    return render_to_string("surveys/item.html", {"one": asked(EVERYTHING, item_of(code), language, **more)})


def values(html: str, name: str) -> list[str]:
    return re.findall(rf'name="{re.escape(name)}" value="([^"]*)"', html)


def test_a_scale_is_its_steps_and_would_rather_not_say_last():
    html = page("clear")

    assert values(html, "clear") == ["1", "2", "3", "4", "5", ""]
    assert html.index("Trinn 5") < html.index("Vet ikke, eller vil ikke svare")


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_chosen_beforehand(code):
    assert "checked" not in page(code)


def test_what_must_be_answered_has_no_way_out():
    assert values(page("had-talk"), "had-talk") == ["yes", "no"]


@pytest.mark.parametrize("code", CODES)
def test_every_control_has_a_name_of_its_own_to_be_read_out(code):
    html = page(code)

    for control in CONTROL.findall(html):
        own = re.search(r' id="([^"]+)"', control)
        assert "aria-labelledby" in control or (own and f'for="{own[1]}"' in html), control
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for referred in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', html):
        assert set(referred.split()) <= set(ids)


def test_what_was_answered_is_chosen_when_it_comes_back():
    posted = from_form(EVERYTHING, {"had-talk": ["no"], "clear": ["4"], "parts.room": ["2"], "more": ["<b>"]})
    found = checked(EVERYTHING, posted)
    assert isinstance(found, Answers)

    assert re.search(r'value="4" checked', page("clear", answered=found.values["clear"]))
    rows = page("parts", answered=found.values["parts"])
    assert re.findall(r'name="([^"]+)" value="(\d)" checked', rows) == [("parts.room", "2")]
    assert ">&lt;b&gt;</textarea>" in page("more", answered=found.values["more"])


def test_script_in_a_text_is_shown_as_text():
    item = replace(item_of("clear"), text=Texts(nb='<script>alert("1")</script>'))

    html = render_to_string("surveys/item.html", {"one": asked(EVERYTHING, item, "nb")})

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_text_that_lacks_in_the_language_is_read_out_in_bokmal():
    item = replace(item_of("clear"), text=Texts(nb="Jeg", en="I"))

    found = {language: asked(EVERYTHING, item, language) for language in ("nn", "en")}

    assert [(one["text"], one["text_language"]) for one in found.values()] == [("Jeg", "nb"), ("I", "en")]
    assert found["en"]["skip"] == "Don’t know, or would rather not say"


def test_a_condition_is_there_for_a_script_that_hides_what_is_not_asked():
    assert "data-shown-if=" in page("which-days")
    assert "data-shown-if=" not in page("clear")


def test_what_is_wrong_is_told_at_the_item():
    html = page("more", wrong="Skriv det kortere.")

    assert 'id="item-more-wrong"' in html
    assert "Skriv det kortere." in html


def test_a_kind_without_steps_says_what_may_be_written():
    assert "Et helt tall fra 0 til 40." in page("hours")
    assert 'maxlength="100"' in page("more")
    assert item_of("more").kind is Kind.TEXT
