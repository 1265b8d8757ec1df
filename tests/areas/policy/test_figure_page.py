"""The page behind a figure, as those who read it see it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.functional import Promise

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.breakdowns import JOB_FAMILIES, MEN, WOMEN, Hierarchy, PeriodKind
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Succession, Unit
from tests.areas.policy.figures import (
    FIRST_WARD,
    OCTOBER,
    SECOND_WARD,
    SECRET,
    YEAR_END,
    publish,
    publish_city,
    refuses_secrets,
    start,
)
from tests.areas.policy.test_board_page import MOST_QUERIES, As, text_of

pytestmark = pytest.mark.django_db
HOME = f"/tall/sick_leave/{NURSING_HOME_CODE}"


@pytest.fixture(autouse=True)
def _city() -> None:
    publish_city()


def test_the_first_line_is_the_value_and_how_it_stands(as_persona: As) -> None:
    page = text_of(as_persona("solveig"), HOME)

    assert "Sykefravær ved Bjerkelia sykehjem 10,4 % Langt unna" in page
    assert "Det er 0,8 prosentpoeng over målet, men bedre enn for ett år siden." in page


def test_the_facts_give_target_last_year_and_the_units_above_at_the_same_time(as_persona: As) -> None:
    page = text_of(as_persona("solveig"), HOME)

    assert "Mål for 2025 9,6 % satt for Omsorgsetaten" in page
    assert "Samme tid i fjor 11,0 % −0,6 bedre" in page
    assert "Omsorgsetaten 9,8 %" in page, "the calendar year, not the newest twelve months"
    assert "Ansatte bak tallet 140" in page
    assert "Periode 2025" in page


def test_the_title_of_the_history_is_the_finding_and_it_opens_as_a_table(as_persona: As) -> None:
    page = text_of(as_persona("solveig"), HOME)

    assert "Tallet har falt siden 2024" in page
    table = "Periode Bjerkelia sykehjem Omsorgsetaten Mål 2025 10,4 % 9,8 % 9,6 2024 11,0 % Ingen tall 8,0"
    assert f"Vis som tabell Sykefravær over tid {table}" in page


def test_the_arithmetic_stands_with_its_numbers_where_the_figure_is_published(as_persona: As) -> None:
    page = text_of(as_persona("solveig"), HOME)

    assert "tapte dagsverk ÷" in page
    assert "= 10,4 % sykefravær" in page


def test_the_line_of_sight_goes_from_the_area_to_the_source(as_persona: As) -> None:
    page = text_of(as_persona("solveig"), HOME)
    steps = [
        "Fra mål til kilde",
        "Medarbeidere og arbeidsmiljø",
        "Godt og inkluderende arbeidsmiljø",
        "Sykefravær, året 2025",
    ]

    places = [page.rindex(step) for step in [*steps, "Personalsystemet"]]
    assert places == sorted(places)


def test_a_hidden_figure_says_the_rule_the_open_size_and_where_it_counts(as_persona: As) -> None:
    name = Unit.objects.get(code=SECOND_WARD).name
    publish("headcount", SECOND_WARD, 6, period=OCTOBER.replace(month=9))
    page = text_of(as_persona("solveig"), f"/tall/sick_leave/{SECOND_WARD}")

    assert f"Sykefravær for {name} er skjult" in page
    assert "Tallet vises når gruppen er på minst 10. Det er med i summen for Bjerkelia sykehjem." in page
    assert "Se tallet for Bjerkelia sykehjem" in page


def test_no_number_of_a_hidden_figure_is_on_the_page_or_in_its_files(as_persona: As) -> None:
    client = as_persona("kari")
    for code in (SECOND_WARD, FIRST_WARD, NURSING_HOME_CODE):
        for more in ("", "?last=csv"):
            address = f"/tall/sick_leave/{code}{more}"
            assert refuses_secrets(client.get(address).content.decode()), address


def test_a_withheld_figure_shows_the_last_safe_one_with_its_date(as_persona: As) -> None:
    publish("temporary", CARE_AGENCY_CODE, 13.2, period=OCTOBER.replace(month=6), n=900)
    publish("temporary", CARE_AGENCY_CODE, SECRET, period=OCTOBER.replace(month=9), state=State.WITHHELD)

    page = text_of(as_persona("kari"), f"/tall/temporary/{CARE_AGENCY_CODE}")

    assert "13,2 %" in page
    assert "Tall per juni 2026. Det nye tallet er holdt tilbake, fordi endringen kunne pekt på enkeltpersoner." in page
    assert refuses_secrets(page)


def test_a_band_is_said_in_words(as_persona: As) -> None:
    page = text_of(as_persona("solveig"), f"/tall/temporary/{NURSING_HOME_CODE}")

    assert "Høyst 10 %" in page
    assert "Vises bare omtrent, for å verne enkeltpersoner." in page


def test_a_figure_that_is_not_there_yet_says_when_the_next_one_comes(as_persona: As) -> None:
    page = text_of(as_persona("solveig"), f"/tall/retained_62/{NURSING_HOME_CODE}")

    assert "Ingen tall ennå Neste tall kommer 20. desember 2026." in page


def test_a_figure_published_higher_up_only_says_where_to_see_it(as_persona: As) -> None:
    publish("pay_ratio", CARE_AGENCY_CODE, 96.1, period=YEAR_END)

    page = text_of(as_persona("solveig"), f"/tall/pay_ratio/{FIRST_WARD}")

    assert "Vises bare for kommunen og virksomhetene. Det er med i summen for Omsorgsetaten." in page
    assert "Se tallet for Omsorgsetaten" in page


def test_women_and_men_are_shown_where_published_and_said_to_be_hidden_where_not(as_persona: As) -> None:
    publish("sick_leave", NURSING_HOME_CODE, 10.9, period=YEAR_END, kind=PeriodKind.YEAR, group=WOMEN.code, n=113)
    publish("sick_leave", NURSING_HOME_CODE, 8.1, period=YEAR_END, kind=PeriodKind.YEAR, group=MEN.code, n=27)
    for group in (WOMEN, MEN):
        hidden = {"group": group.code, "state": State.HIDDEN_SECONDARY}
        publish("sick_leave", FIRST_WARD, SECRET, period=YEAR_END, kind=PeriodKind.YEAR, **hidden)
    client = as_persona("solveig")

    assert "Kvinner 113 10,9 %" in text_of(client, HOME)
    ward = text_of(client, f"/tall/sick_leave/{FIRST_WARD}")
    assert "Kvinner Skjult for å verne enkeltpersoner" in ward
    assert refuses_secrets(ward)


def test_too_few_of_either_gender_is_said_of_both(as_persona: As) -> None:
    for group in (WOMEN, MEN):
        few = {"group": group.code, "state": State.HIDDEN_SMALL}
        publish("sick_leave", NURSING_HOME_CODE, SECRET, period=YEAR_END, kind=PeriodKind.YEAR, **few)

    assert "Kvinner Skjult: færre enn 10 av ett kjønn" in text_of(as_persona("solveig"), HOME)


def test_a_part_of_an_open_figure_says_how_few_it_hides(as_persona: As) -> None:
    family = JOB_FAMILIES[0]
    publish("headcount", CARE_AGENCY_CODE, SECRET, period=OCTOBER, group=family.code, state=State.HIDDEN_SMALL)

    page = text_of(as_persona("kari"), f"/tall/headcount/{CARE_AGENCY_CODE}")

    assert f"Yrke Ansatte Fra i fjor {family.title} Skjult: færre enn 5" in page
    assert "En gruppe vises når den er på minst 5." in page


def test_of_parts_that_add_up_it_is_said_which_is_the_most(as_persona: As) -> None:
    year = {"period": YEAR_END, "kind": PeriodKind.YEAR}
    publish("sick_leave_certified", NURSING_HOME_CODE, 8.9, **year)
    publish("sick_leave_self_certified", NURSING_HOME_CODE, 1.5, **year)

    page = text_of(as_persona("solveig"), HOME)

    assert "Det meste er legemeldt sykefravær Deler av sykefravær, året 2025. Endring i prosentpoeng." in page


def test_of_parts_that_are_alike_or_hidden_none_is_said_to_be_the_most(as_persona: As) -> None:
    year = {"period": YEAR_END, "kind": PeriodKind.YEAR}
    publish("sick_leave_certified", NURSING_HOME_CODE, 5.2, **year)
    publish("sick_leave_self_certified", NURSING_HOME_CODE, 5.2, **year)
    client = as_persona("solveig")
    assert "Del for del Deler av sykefravær" in text_of(client, HOME)

    publish("sick_leave_certified", FIRST_WARD, 8.0, **year)
    publish("sick_leave_self_certified", FIRST_WARD, SECRET, **year, state=State.HIDDEN_SECONDARY)
    assert "Del for del Deler av sykefravær" in text_of(client, f"/tall/sick_leave/{FIRST_WARD}")


def test_parts_with_a_whole_each_are_not_said_to_be_most_of_anything(as_persona: As) -> None:
    september = OCTOBER.replace(month=9)
    publish("women_leaders", ROOT_CODE, 58.0, period=september)
    for code, value in (("top", 41.0), ("middle", 55.0), ("first_line", 63.0)):
        publish(f"women_leaders_{code}", ROOT_CODE, value, period=september)

    page = text_of(as_persona("kari"), f"/tall/women_leaders/{ROOT_CODE}")

    assert "Det meste" not in page
    assert "Høyest: kvinner blant førstelinjeledere Hver gruppe for seg, per september 2026." in page
    assert "Andelene skal ikke legges sammen." in page


def test_the_history_is_drawn_for_the_page_for_a_tablet_and_for_a_phone(as_persona: As) -> None:
    page = as_persona("solveig").get(HOME).content.decode()

    drawn = re.findall(r'<div class="chart-(wide|middle|narrow)"><svg [^>]*?width="(\d+)"', page)
    assert drawn == [("wide", "1200"), ("middle", "720"), ("narrow", "358")]


def test_the_standard_that_a_figure_follows_is_in_the_readers_language() -> None:
    assert all(isinstance(one.standard, Promise) for one in registry.indicators())


def test_units_beside_it_stand_on_one_scale_and_hidden_ones_are_counted(as_persona: As) -> None:
    sector = Unit.objects.get(code=FIRST_WARD).sector
    level = Unit.objects.get(code=FIRST_WARD).level
    third = Unit.objects.filter(sector=sector, level=level, parent__code=NURSING_HOME_CODE)
    third = third.exclude(code__in=[FIRST_WARD, SECOND_WARD]).first()
    assert third is not None
    publish("sick_leave", third.code, 12.4, period=YEAR_END, kind=PeriodKind.YEAR, n=30)

    page = text_of(as_persona("solveig"), f"/tall/sick_leave/{FIRST_WARD}")

    assert "Nummer 1 av 2" in page
    assert "12,4 %" in page
    assert "vises ikke: tall" in page


def test_history_can_be_shown_in_todays_tree_where_a_reorganisation_matters(as_persona: As) -> None:
    client = as_persona("kari")
    address = f"/tall/sick_leave/{CARE_AGENCY_CODE}"
    Succession.objects.filter(successor__above__ancestor__code=CARE_AGENCY_CODE).delete()
    assert "Historien vises" not in text_of(client, address)
    outside = Unit.objects.exclude(above__ancestor__code=CARE_AGENCY_CODE).filter(level=5).first()
    assert outside is not None
    Succession.objects.create(unit=outside, successor=Unit.objects.get(code=FIRST_WARD), on="2025-01-01")
    publish("sick_leave", CARE_AGENCY_CODE, 6.6, kind=PeriodKind.ROLLING, hierarchy=Hierarchy.TODAY, n=900)

    assert "Historien vises" in text_of(client, address)
    assert "6,6 %" in text_of(client, f"{address}?tre=dagens")


def test_a_figure_without_a_better_way_is_neither_judged_nor_ranked(as_persona: As) -> None:
    page = text_of(as_persona("kari"), f"/tall/headcount/{CARE_AGENCY_CODE}")

    assert "Tjener ikke et mål direkte" in page
    assert "Nummer" not in page
    assert "Nådd" not in page


@pytest.mark.parametrize("address", ["/tall/finnes-ikke/1", "/tall/sick_leave/finnes-ikke"])
def test_an_unknown_figure_or_unit_is_not_found(address: str, as_persona: As) -> None:
    assert as_persona("kari").get(address).status_code == 404


def test_before_the_first_figures_the_page_says_why_it_is_empty(as_persona: As) -> None:
    start()

    assert "Ingen tall ennå" in text_of(as_persona("kari"), f"/tall/sick_leave/{ROOT_CODE}")


def test_every_figure_is_explained_with_its_rule(as_persona: As) -> None:
    page = text_of(as_persona("jonas"), "/tall")

    assert all(str(one.title) in page for one in registry.indicators())
    assert "Tallet vises når gruppen er på minst 10." in page
    assert "Bare for kommunen og virksomhetene." in page


def test_every_figure_opens_for_the_city_and_for_a_workplace(as_persona: As) -> None:
    client: Client = as_persona("kari")
    for one in registry.indicators():
        for code in (ROOT_CODE, FIRST_WARD):
            assert client.get(f"/tall/{one.code}/{code}").status_code == 200, one.code


@pytest.mark.parametrize("persona", ["kari", "solveig"])
@pytest.mark.parametrize("code", [ROOT_CODE, CARE_AGENCY_CODE, NURSING_HOME_CODE, SECOND_WARD])
def test_the_page_takes_few_queries(persona: str, code: str, as_persona: As) -> None:
    client = as_persona(persona)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/tall/sick_leave/{code}").status_code == 200

    assert len(queries) <= MOST_QUERIES


def test_the_search_finds_a_figure_by_its_name(as_persona: As) -> None:
    found = as_persona("kari").get("/sok/", {"q": "sykefrav"}).content.decode()

    assert "/tall/sick_leave/" in unescape(found)
