"""What the accounts say, composed by rules from published figures."""

from __future__ import annotations

import re

import pytest

from byfolk.accounts.content import Aside, Chart, Panels, Passage, Report, Table, YearLines
from byfolk.accounts.queries import NoAccounts
from tests.accounts import building
from tests.accounts.building import made
from tests.accounts.reading import chapter, texts

LONGEST = 20


def test_the_city_has_a_chapter_for_each_area_with_figures_and_the_three_that_are_always_there(city: Report) -> None:
    assert [(one.number, one.title) for one in city.chapters] == [
        (1, "Ansatte og årsverk"),
        (2, "Ønsket omdømme"),
        (3, "Organisasjonskultur"),
        (4, "Medarbeidere og arbeidsmiljø"),
        (5, "Virksomhetene"),
        (6, "Likestilling"),
        (7, "Slik er regnskapet laget"),
    ]


def test_an_agency_has_no_chapter_on_agencies(agency: Report) -> None:
    assert "Virksomhetene" not in [one.title for one in agency.chapters]


def test_the_verdict_compares_goals_reached_with_the_year_before(city: Report) -> None:
    assert city.verdict == "Like mange mål er nådd som året før, og sykefraværet gikk ned."
    assert "var ingen av 3 mål med tall nådd" in city.summary
    assert "Sykefraværet gikk ned fra 8,9\u00a0% til 8,8\u00a0%." in city.summary


def test_a_year_without_a_year_before_says_how_it_is_and_compares_nothing() -> None:
    report = made("1", years=(2025,))
    assert report.verdict.startswith("Ingen av")
    assert "Det finnes bare tall for 2025. Historien kommer år for år." in " ".join(texts(report))
    assert "gikk ned" not in " ".join(texts(report))


def test_the_history_has_the_years_there_are_and_says_how_many(city: Report) -> None:
    area = chapter(city, "omrade-3")
    assert [value.year for value in area.lines[0].values] == [2023, 2024, 2025]
    assert any("3 årene" in block.how for block in area.blocks if isinstance(block, Table))
    assert "Regnskapet viser opptil fem." in " ".join(texts(chapter(city, "slik-er-det-laget")))


def test_a_figure_stands_with_its_target_its_status_and_the_city(agency: Report) -> None:
    line = chapter(agency, "omrade-3").lines[0]
    assert (line.title, line.now.text, line.target, line.status_word) == (
        "Sykefravær",
        "8,7\u00a0%",
        "8,2\u00a0%",
        "Nær",
    )
    assert line.city is not None
    assert line.city.text == "8,8\u00a0%"


def test_a_chart_has_a_finding_as_title_and_the_same_as_a_table(agency: Report) -> None:
    charts = [block for block in chapter(agency, "omrade-3").blocks if isinstance(block, Chart)]
    history = charts[0]
    assert history.title == "Sykefraværet er 0,5\u00a0prosentpoeng over målet"
    assert isinstance(history.picture, YearLines)
    assert history.rows[-1] == ("2025", "8,7\u00a0%", "8,8\u00a0%", "8,2\u00a0%")


def test_the_citys_departments_stand_beside_the_city_under_short_names(city: Report) -> None:
    panels = next(
        block.picture
        for block in chapter(city, "omrade-3").blocks
        if isinstance(block, Chart) and isinstance(block.picture, Panels)
    )
    assert [name for name, _values, _last in panels.panels] == ["Skole og omsorg", "By og vann"]


def test_a_hidden_figure_has_no_number_and_says_why(small: Report) -> None:
    area = chapter(small, "omrade-3")
    line = next(line for line in area.lines if line.title == "Sykefravær")
    assert line.now.number is None
    assert line.now.text == "Skjult: færre enn 10"
    assert area.key_figures[0].hidden
    assert area.key_figures[0].word == "Skjult: færre enn 10"
    about = next(block for block in area.blocks if isinstance(block, Passage) and block.title == "Sykefravær")
    assert about.paragraphs == (
        "Sykefraværet vises ikke. Tallet vises når gruppen er på minst 10. Det er med i summen for hele kommunen.",
    )


def test_hidden_figures_are_counted_on_the_front(city: Report, small: Report) -> None:
    by_label = {fact.label: fact.value for fact in small.facts}
    assert int(by_label["Skjulte tall"]) > 10
    assert {fact.label for fact in city.facts} >= {"Tall per", "Publisert", "Tall i regnskapet", "Skjulte tall"}


def test_a_goal_without_figures_is_named_with_what_it_will_be_measured_by(city: Report) -> None:
    waiting = [block for block in chapter(city, "omrade-1").blocks if isinstance(block, Aside)]
    assert waiting[0].text == "Åpen kommune: innsynskrav besvart i tide."


def test_without_targets_no_figure_has_a_status() -> None:
    report = made("1", targets=False)
    assert not [line for one in report.chapters for line in one.lines if line.status]
    assert chapter(report, "omrade-3").lead == "Det er ikke satt måltall på dette området."


def test_the_cover_has_the_citys_services_and_the_rest_leads_and_serves(city: Report) -> None:
    assert city.cover.groups == (
        ("Barnehage", 900),
        ("Skole", 3300),
        ("Helse og omsorg", 2700),
        ("By, vann og miljø", 1180),
        ("Ledelse og fellestjenester", 1280),
    )
    assert sum(count for _name, count in city.cover.groups) == 9360


def test_no_dot_stands_for_fewer_than_five_people(small: Report) -> None:
    assert small.cover.people_per_dot == 5
    assert small.cover.groups == (("Drift", 40), ("Resten av virksomheten", 22))


@pytest.mark.parametrize("code", ["1", "120", "515"])
def test_no_sentence_is_longer_than_twenty_words(code: str) -> None:
    said = [
        text
        for text in texts(made(code))
        # What an indicator is, its owner has written; what a picture says is a list of its values.
        if not any(text == str(i.definition) for i in building.registry.indicators()) and "Hver prikk" not in text
    ]
    sentences = {part for text in said for part in re.split(r"(?<=[.:])\s", text)}
    long = {part for part in sentences if len(part.replace("\u00a0", "_").split()) > LONGEST}
    assert not long


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_accounts_are_made_in_each_language(language: str) -> None:
    report = made("120", language)
    assert report.language == language
    assert len(report.chapters) == 6


def test_the_demo_says_that_all_is_invented_and_a_real_city_does_not() -> None:
    assert made("1").demo_note == "Alle tall og navn i regnskapet er oppdiktet."
    assert made("1", demo=False).demo_note == ""


def test_a_unit_that_is_no_agency_has_no_accounts() -> None:
    basis = building.basis()
    for code in ("11", "1101", "no-such"):
        with pytest.raises(NoAccounts):
            basis.agency(code)
