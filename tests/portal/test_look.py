"""The look: templates that the content policy can live with, statuses that are more than colour, one palette."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

import byfolk.portal
from byfolk.lib.charts.palette import LIGHT
from byfolk.portal import frontend
from byfolk.portal.styleguide import sample_context
from byfolk.portal.templatetags.look import STATUS_WORDS, mark, status

PORTAL = Path(byfolk.portal.__file__).parent
PAGES = ["portal/styleguide.html", "portal/styleguide_personal.html"]


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    return render_to_string(request.param, sample_context())


def rendered(source: str, **context: object) -> str:
    """A piece of a page; the loader compiles components, so a template from a string has to be compiled here."""
    return Template("{% load look %}" + CottonCompiler().process(source)).render(Context(context))


def test_no_page_has_a_style_attribute_or_an_inline_sheet_or_script(page: str) -> None:
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"<[^>]+\son[a-z]+=", page)


def test_every_element_of_a_page_has_an_id_of_its_own(page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_nothing_was_left_unrendered_or_escaped_twice(page: str) -> None:
    assert "<c-" not in page
    assert "{{" not in page
    assert "&amp;lt;" not in page
    assert "&lt;svg" not in page


def test_every_component_is_shown_in_the_style_guide() -> None:
    shown = "".join((PORTAL / "templates" / name).read_text(encoding="utf-8") for name in PAGES)
    # The breadcrumb and the pages of a list need a page of their own; a field needs a form; status is shown by its tag.
    elsewhere = {"breadcrumb", "pagination", "field", "status"}
    names = {file.stem for file in (PORTAL / "templates" / "cotton").glob("*.html")}
    assert {name for name in names - elsewhere if f"<c-{name.replace('_', '-')}" not in shown} == set()


def test_every_component_says_what_it_takes() -> None:
    for file in (PORTAL / "templates" / "cotton").glob("*.html"):
        assert "{% comment %}" in file.read_text(encoding="utf-8").split("\n<")[0], file.name


def test_a_status_is_a_shape_and_a_word() -> None:
    for name, word in STATUS_WORDS.items():
        assert f"#status-{name}" in status(name)
        assert str(word) in status(name)


def test_a_shape_alone_has_its_word_for_screen_readers() -> None:
    assert '<span class="sr">Langt unna</span>' in mark("far")


def test_words_of_a_status_are_escaped() -> None:
    assert "<b>" not in status("hidden", "<b>")


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown status"):
        status("red")


def test_a_component_does_not_see_the_variables_of_its_page() -> None:
    assert "lekkasje" not in rendered('<c-page-head title="Side" />', lead="lekkasje", suffix="lekkasje")


def test_numbers_follow_the_language_of_the_reader() -> None:
    with translation.override("nb"):
        assert (
            rendered("{{ 10.4|percent:1 }} {{ d|day }}", d=dt.date(2026, 3, 12))
            == "10,4\u00a0% 12.\u00a0mars\u00a02026"
        )
    with translation.override("en"):
        assert rendered("{{ 10.4|percent:1 }} {{ d|day }}", d=dt.date(2026, 3, 12)) == "10.4% 12\u00a0March\u00a02026"


class Question(forms.Form):
    what = forms.CharField(label="Hva skal gjøres?", help_text="En setning er nok.")


def test_a_wrong_field_says_so_in_words_and_to_screen_readers() -> None:
    html = rendered('<c-field :field="form.what" />', form=Question({"what": ""}))
    assert 'aria-invalid="true"' in html
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described is not None
    for name in described.group(1).split():
        assert f'id="{name}"' in html


def test_the_error_summary_links_to_the_field() -> None:
    html = rendered('<c-error-summary :form="form" />', form=Question({"what": ""}))
    assert 'href="#id_what"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert rendered('<c-error-summary :form="form" />', form=Question({"what": "Noe"})).strip() == ""


def test_a_hidden_figure_of_the_board_shows_its_reason_and_no_number() -> None:
    figure = {
        "name": "Lønn",
        "url": "#",
        "status": "hidden",
        "reason": "Færre enn 5 kvinner",
        "value": "97,8 %",
        "target": "99",
    }
    area = {
        "kind": "Område 3",
        "name": "Likestilling",
        "goals": [{"name": "Lik lønn", "status": "hidden", "figures": [figure]}],
    }
    html = rendered('<c-goal-area :area="area" />', area=area)
    assert "Færre enn 5 kvinner" in html
    assert "97,8" not in html


def test_colours_are_named_in_one_style_sheet_only() -> None:
    # The exceptions name colours that are the same by day and by night: the cover's, and paper's.
    for name in ("frame", "data", "board", "forms", "personal"):
        sheet = (PORTAL / "static" / "portal" / f"{name}.css").read_text(encoding="utf-8")
        assert not re.search(r":[^;{]*#[0-9a-fA-F]{3,6}\b", sheet), name


def test_every_colour_of_the_charts_is_a_variable_of_the_style_sheet() -> None:
    sheet = (PORTAL / "static" / "portal" / "tokens.css").read_text(encoding="utf-8")
    for variable in LIGHT:
        assert f"{variable}:" in sheet, variable


def test_the_light_values_of_the_charts_are_those_of_the_theme() -> None:
    theme = (frontend.build(report=lambda _: None) / "vendor" / "theme.css").read_text(encoding="utf-8")
    sheet = (PORTAL / "static" / "portal" / "tokens.css").read_text(encoding="utf-8")
    for variable, value in LIGHT.items():
        named = re.search(rf"\n  {variable}: var\((--ds-[a-z-]+)\)", sheet)
        assert named is not None, variable
        in_theme = re.search(rf"{named.group(1)}: (#[0-9a-fA-F]{{6}})", theme)
        assert in_theme is not None, variable
        assert in_theme.group(1).lower() == value, variable


def test_every_icon_that_a_template_names_is_copied() -> None:
    known = {frontend.icon_id(name) for name in frontend.ICONS}
    for file in PORTAL.parent.rglob("templates/**/*.html"):
        for name in re.findall(r'{%\s*icon "([a-z0-9-]+)"', file.read_text(encoding="utf-8")):
            assert name in known, f"{file.name}: {name}"


def test_a_built_look_is_not_built_again() -> None:
    frontend.build(report=lambda _: None)
    said: list[str] = []
    frontend.build(report=said.append)
    assert said == ["The look is up to date."]


def test_the_lock_names_no_registry() -> None:
    assert '"resolved"' not in frontend.LOCK.read_text(encoding="utf-8")
