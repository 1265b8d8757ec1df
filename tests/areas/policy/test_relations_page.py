"""What goes together among the units below one, as those who read it see it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from byfolk.areas.policy.relations.rules import Finding, finding_of, pairs_of
from byfolk.demo.cast import NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.lib.ranks import Relation
from tests.areas.policy.figures import FIRST_WARD, OCTOBER, SECRET, YEAR_END, publish, refuses_secrets, start
from tests.areas.policy.test_board_page import MOST_QUERIES, As, text_of

pytestmark = pytest.mark.django_db
CITY = f"/enheter/{ROOT_CODE}/sammenhenger"
YEAR = PeriodKind.YEAR


def agencies() -> list[Unit]:
    return list(Unit.objects.filter(level=Level.AGENCY, valid__endswith__isnull=True).order_by("sort_key"))


def publish_agencies(n: int = 12, *, together: bool = True) -> list[Unit]:
    """Sick leave, full time and users' answers of some agencies: more sick leave with less content users, or a
    muddle."""
    start()
    publish("headcount", ROOT_CODE, 4000, period=OCTOBER)
    chosen = agencies()[:n]
    for i, unit in enumerate(chosen):
        muddle = (i * 7) % n
        publish("sick_leave", unit.code, 5 + i / 2, period=YEAR_END, kind=YEAR)
        publish("full_time", unit.code, 50 + muddle, period=YEAR_END)
        publish("user_satisfaction", unit.code, 5.5 - (i if together else muddle) / 10, period=YEAR_END, kind=YEAR)
    return chosen


def test_a_clear_relation_is_said_in_plain_words_without_a_cause(as_persona: As) -> None:
    publish_agencies()
    page = text_of(as_persona("kari"), CITY)

    assert "Ett av tre par av tall henger tydelig sammen." in page
    assert "Publiserte tall for 2025, én prikk for hver enhet. Dette viser ikke hva som er årsak." in page
    assert "Enheter med høyere sykefravær har oftere mindre fornøyde brukere. Det er neppe tilfeldig." in page
    assert "Samvariasjon −1,00, trolig mellom −1,00 og −1,00. 12 enheter." in page


def test_what_may_be_chance_is_said_to_be_so(as_persona: As) -> None:
    publish_agencies(together=False)
    page = text_of(as_persona("kari"), CITY)

    assert "Vi ser ingen sikker sammenheng. Den kan gå begge veier." in page


def test_too_few_units_are_said_to_be_too_few(as_persona: As) -> None:
    publish_agencies(5)
    page = text_of(as_persona("kari"), CITY)

    assert "Det er for få enheter til å si hva som henger sammen." in page
    assert "Bare 5 enheter har begge tallene. Vi trenger minst 8." in page
    assert "Samvariasjon" not in page


def test_every_dot_is_a_link_and_every_unit_stands_in_the_table(as_persona: As) -> None:
    chosen = publish_agencies()
    content = as_persona("jonas").get(CITY).content.decode()
    drawing = re.search(r'<svg[^>]*class="chart scatter".*?</svg>', content, re.DOTALL)

    assert drawing is not None
    for unit in chosen:
        assert f'href="/enheter/{unit.code}"' in drawing[0]
        assert f'<a href="/enheter/{unit.code}"' in content.replace(drawing[0], "").replace('" >', '">')


def test_hidden_figures_are_in_no_dot_no_table_and_no_correlation(as_persona: As) -> None:
    chosen = publish_agencies()
    hidden = agencies()[12]
    publish("sick_leave", hidden.code, SECRET, period=YEAR_END, kind=YEAR, state=State.HIDDEN_SMALL)
    publish("user_satisfaction", hidden.code, 4.0, period=YEAR_END, kind=YEAR)
    publish("full_time", chosen[0].code, SECRET, period=YEAR_END.replace(year=2024), state=State.HIDDEN_SECONDARY)
    content = as_persona("kari").get(CITY).content.decode()

    assert refuses_secrets(content)
    assert "1 til har skjulte tall." in text_of(as_persona("kari"), CITY)
    assert ">Skjult<" not in content.split('id="tabell"')[0]


def test_all_figures_are_of_the_same_year(as_persona: As) -> None:
    publish_agencies()
    publish("headcount", ROOT_CODE, 4000, period=OCTOBER.replace(year=2025))
    page = text_of(as_persona("kari"), f"{CITY}?til=2025-10")

    assert "Det er ingen tall å sammenligne for 2024." in page
    assert "Samvariasjon" not in page


def test_the_units_to_compare_can_be_chosen(as_persona: As) -> None:
    publish_agencies(12)
    page = as_persona("kari").get(CITY)
    options = re.findall(r'<option value="(2[^"]*)"', page.content.decode())

    assert options[0] == "2"
    assert as_persona("kari").get(CITY, {"enheter": options[-1]}).status_code == 200
    assert as_persona("kari").get(CITY, {"enheter": "tull"}).status_code == 200


def test_a_unit_with_nothing_below_it_says_what_to_do(as_persona: As) -> None:
    publish_agencies()
    page = text_of(as_persona("solveig"), f"/enheter/{FIRST_WARD}/sammenhenger")

    assert "Her er det ingen enheter å sammenligne." in page
    assert "Velg en virksomhet eller en avdeling" in page


def test_an_unknown_unit_is_not_found(as_persona: As) -> None:
    publish_agencies()
    assert as_persona("kari").get("/enheter/finnes-ikke/sammenhenger").status_code == 404


def test_the_page_asks_few_questions(as_persona: As) -> None:
    publish_agencies()
    client = as_persona("kari")
    client.get(f"/enheter/{NURSING_HOME_CODE}")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(CITY).status_code == 200
    assert len(queries) <= MOST_QUERIES


# What may be said, without a page.


def test_a_pair_is_clear_only_where_it_stands_out_among_all() -> None:
    assert finding_of(Relation(20, 0.8, 0.6, 0.9, 0.001, 0.01), 20, 8) is Finding.CLEAR
    assert finding_of(Relation(20, 0.5, 0.1, 0.8, 0.03, 0.27), 20, 8) is Finding.MAYBE
    assert finding_of(Relation(20, 0.1, -0.3, 0.5, 0.6, 1.0), 20, 8) is Finding.NONE
    assert finding_of(None, 7, 8) is Finding.TOO_FEW
    assert finding_of(None, 12, 8) is Finding.ALIKE


def test_services_are_not_held_against_each_other() -> None:
    assert pairs_of(["a", "b"], ["x", "y"]) == [("a", "x"), ("b", "x"), ("a", "y"), ("b", "y"), ("b", "a")]
    assert pairs_of(["a"], []) == []


# Beside the people, on the unit's own page.


def test_the_services_stand_on_the_units_page_with_target_and_last_year(as_persona: As) -> None:
    start()
    publish("headcount", ROOT_CODE, 4000)
    publish("user_satisfaction", NURSING_HOME_CODE, 4.9, period=YEAR_END, kind=YEAR, n=40)
    publish("user_satisfaction", NURSING_HOME_CODE, 4.7, period=YEAR_END.replace(year=2024), kind=YEAR, n=40)
    publish("cost_deviation", NURSING_HOME_CODE, 2.4, period=YEAR_END, kind=YEAR, n=1)
    publish("unit_cost_nursing_home", NURSING_HOME_CODE, 3412, period=YEAR_END, kind=YEAR, n=1)
    publish("volume_nursing_home", NURSING_HOME_CODE, 25915, period=YEAR_END, kind=YEAR, n=1)
    page = text_of(as_persona("jonas"), f"/enheter/{NURSING_HOME_CODE}")

    assert "Brukertilfredshet 4,9 av 6 · i fjor 4,7" in page
    assert "Kostnad mot budsjett 2,4 % over budsjettet" in page
    assert "Kostnad per oppholdsdøgn i sykehjem 3 412 kroner" in page
    assert "Oppholdsdøgn i sykehjem 25 915" in page
    assert "Tallene gjelder året 2025." in page


def test_what_too_few_users_said_is_hidden_with_its_reason(as_persona: As) -> None:
    start()
    publish("headcount", ROOT_CODE, 4000)
    publish("user_satisfaction", NURSING_HOME_CODE, SECRET, period=YEAR_END, kind=YEAR, state=State.HIDDEN_SMALL, n=3)
    page = text_of(as_persona("solveig"), f"/enheter/{NURSING_HOME_CODE}")

    assert "Brukertilfredshet Skjult: færre enn 5" in page
    assert refuses_secrets(page)


def test_a_unit_without_results_says_nothing_of_a_service(as_persona: As) -> None:
    start()
    publish("headcount", ROOT_CODE, 4000)

    assert "Tjenesten" not in text_of(as_persona("jonas"), f"/enheter/{NURSING_HOME_CODE}")


def test_a_service_has_the_page_of_any_figure_down_to_its_source(as_persona: As) -> None:
    start()
    publish("headcount", ROOT_CODE, 4000)
    publish("unit_cost_nursing_home", NURSING_HOME_CODE, 3412, period=YEAR_END, kind=YEAR, n=1)
    page = text_of(as_persona("jonas"), f"/tall/unit_cost_nursing_home/{NURSING_HOME_CODE}")

    assert "3 412 kroner" in page
    assert "Legges sammen bare innenfor samme tjeneste." in page
    assert "Økonomi-, fag- og kvalitetssystemene" in page
