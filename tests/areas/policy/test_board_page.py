"""The steering board, as those who read it see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.goals.models import FocusArea
from byfolk.engines.indicators.models import Figure
from byfolk.kernel.organisation.models import Succession, Unit
from tests.areas.policy.figures import FIRST_WARD, SECOND_WARD, publish_city, refuses_secrets, start

pytestmark = pytest.mark.django_db
As = Callable[[str | None], Client]
MOST_QUERIES = 25


@pytest.fixture
def city() -> None:
    publish_city()


def text_of(client: Client, address: str) -> str:
    """The page without its markup, one space between words."""
    response = client.get(address)
    assert response.status_code == 200, address
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    words = re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", words)).replace("\u00a0", " "))


@pytest.mark.usefixtures("city")
def test_the_first_line_says_how_the_city_stands(as_persona: As) -> None:
    page = text_of(as_persona("kari"), "/styring")

    assert "Ingen av 14 mål er nådd. 1 er langt unna: arbeidsmiljø." in page
    assert "13 mål kan ikke måles ennå." in page


@pytest.mark.usefixtures("city")
def test_a_figure_stands_with_its_target_time_change_and_status(as_persona: As) -> None:
    page = text_of(as_persona("kari"), "/styring")

    assert "Sykefravær 12 måneder til oktober 2026 8,4 % Mål 7,6 % −0,2 bedre Langt unna" in page


@pytest.mark.usefixtures("city")
def test_what_to_look_at_first_is_a_sentence_with_the_distance_and_the_agencies(as_persona: As) -> None:
    page = text_of(as_persona("kari"), "/styring")

    assert "Sykefravær er 0,8 prosentpoeng over målet" in page
    assert re.search(r"av \d+ virksomheter har nådd målet", page)
    assert "0,2 prosentpoeng bedre enn i fjor" in page


@pytest.mark.usefixtures("city")
def test_a_goal_without_figures_says_what_it_will_be_followed_by(as_persona: As) -> None:
    page = text_of(as_persona("kari"), "/styring")

    assert "Ingen tall ennå. Målet skal følges med innsynskrav besvart i tide." in page


@pytest.mark.usefixtures("city")
def test_a_leader_meets_the_board_of_the_own_unit_and_others_that_of_the_city(as_persona: As) -> None:
    assert "Styringstavle Bjerkelia sykehjem" in text_of(as_persona("solveig"), "/styring")
    assert "Styringstavle Fjordby kommune" in text_of(as_persona("jonas"), "/styring")


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("address", [f"/styring/{NURSING_HOME_CODE}", f"/styring?enhet={NURSING_HOME_CODE}"])
def test_a_unit_is_chosen_by_its_address_or_by_the_form(address: str, as_persona: As) -> None:
    page = text_of(as_persona("kari"), address)

    assert "Styringstavle Bjerkelia sykehjem" in page
    assert "10,4 % Mål 9,6 % −0,6 bedre Langt unna" in page


@pytest.mark.usefixtures("city")
def test_a_band_is_said_in_words_and_judged_where_all_of_it_is_on_one_side(as_persona: As) -> None:
    page = text_of(as_persona("solveig"), "/styring")

    assert "høyst 10 % Mål 12,0 %" in page
    assert "Rett kompetanse" in page


@pytest.mark.usefixtures("city")
def test_a_hidden_figure_says_so_and_shows_neither_blank_nor_zero(as_persona: As) -> None:
    page = text_of(as_persona("kari"), f"/styring/{SECOND_WARD}")

    assert "Sykefravær året 2025 Skjult: færre enn 10" in page
    assert "Ansatte i heltid per desember 2025 Skjult for å verne enkeltpersoner" in page
    assert "Kvinners lønn i prosent av menns Vises bare for kommunen og virksomhetene" in page


@pytest.mark.usefixtures("city")
def test_no_number_of_a_hidden_figure_leaves_the_house(as_persona: As) -> None:
    client = as_persona("kari")
    for code in (SECOND_WARD, NURSING_HOME_CODE):
        for address in (
            f"/styring/{code}",
            f"/styring/{code}?last=csv",
            f"/enheter/{code}",
            f"/enheter/{code}?last=csv",
        ):
            assert refuses_secrets(client.get(address).content.decode()), address


@pytest.mark.usefixtures("city")
def test_any_workplace_is_two_presses_from_the_city(as_persona: As) -> None:
    client = as_persona("kari")
    board = client.get("/styring").content.decode()
    opened = f"/styring/{ROOT_CODE}?apne={CARE_AGENCY_CODE}"

    everything = client.get(f"/styring/{ROOT_CODE}?vis=alle").content.decode()
    assert opened in unescape(board) or opened in unescape(everything)
    assert f'href="/styring/{FIRST_WARD}"' in client.get(opened).content.decode()


@pytest.mark.usefixtures("city")
def test_every_mark_leads_to_the_figure_that_decided_it(as_persona: As) -> None:
    board = as_persona("kari").get(f"/styring/{NURSING_HOME_CODE}").content.decode()

    assert f'href="/tall/sick_leave/{FIRST_WARD}"' in board
    assert "Arbeidsmiljø: Nådd" in board


@pytest.mark.usefixtures("city")
def test_units_with_most_goals_far_off_come_first(as_persona: As) -> None:
    board = as_persona("kari").get("/styring?vis=alle").content.decode().split('class="matrix"')[1]
    rows = re.findall(r"status-(far|near|reached|not_measured|hidden)", board)

    assert rows.index("far") < rows.index("reached")


@pytest.mark.usefixtures("city")
def test_figures_that_are_not_seen_are_counted_with_their_reason(as_persona: As) -> None:
    page = text_of(as_persona("solveig"), "/styring")

    assert "Tall du ikke ser" in page
    assert "Sykefravær 1 enhet færre enn 10" in page
    assert "Ansatte i heltid 1 enhet for å verne enkeltpersoner" in page


@pytest.mark.usefixtures("city")
def test_an_earlier_month_shows_what_was_known_then(as_persona: As) -> None:
    page = text_of(as_persona("kari"), "/styring?til=2025-10")

    assert "12 måneder til oktober 2025 8,6 % Mål 7,8 %" in page
    assert "8,4 %" not in page


@pytest.mark.usefixtures("city")
def test_figures_can_be_compared_with_two_years_before_and_with_the_unit_above(as_persona: As) -> None:
    assert "8,4 % Mål 7,6 % −0,5 bedre" in text_of(as_persona("kari"), "/styring?mot=to-ar")
    above = text_of(as_persona("kari"), f"/styring/{FIRST_WARD}?mot=over")
    assert "Mot enheten over" in above
    assert "9,1 % Mål 9,6 % −1,3 bedre Nådd" in above


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("query", ["til=2019-01", "til=banana", "mot=ingen", "tre=eike", "apne=finnes-ikke", "vis=alt"])
def test_what_is_not_understood_in_the_address_is_the_default(query: str, as_persona: As) -> None:
    assert as_persona("kari").get(f"/styring?{query}").status_code == 200


@pytest.mark.usefixtures("city")
def test_a_year_without_data_is_said_and_not_shown_as_zero(as_persona: As) -> None:
    Figure.objects.exclude(indicator=30).delete()

    page = text_of(as_persona("kari"), "/styring")

    assert "Ingen av målene har tall som kan vises." in page
    assert "Sykefravær Ingen tall ennå." in page


def test_before_the_first_figures_the_board_says_why_it_is_empty(as_persona: As) -> None:
    start()

    page = text_of(as_persona("kari"), "/styring")

    assert "Ingen tall ennå Tallene kommer når personaldata er lest inn" in page


@pytest.mark.usefixtures("city")
def test_without_a_policy_the_board_still_answers(as_persona: As) -> None:
    FocusArea.objects.all().delete()

    assert "Ingen av målene har tall som kan vises." in text_of(as_persona("kari"), "/styring")


@pytest.mark.usefixtures("city")
def test_a_unit_that_closed_says_when_and_what_took_over(as_persona: As) -> None:
    closed = Unit.objects.get(code=FIRST_WARD)
    closed.valid = (closed.valid.lower, "2025-01-01")
    closed.save()
    Succession.objects.create(unit=closed, successor=Unit.objects.get(code=SECOND_WARD), on="2025-01-01")

    page = text_of(as_persona("kari"), f"/styring/{FIRST_WARD}")

    assert "ble lagt ned 1. januar 2025. Tallene er de siste som finnes." in page
    assert Unit.objects.get(code=SECOND_WARD).name in page


@pytest.mark.usefixtures("city")
def test_an_unknown_unit_is_not_found(as_persona: As) -> None:
    assert as_persona("kari").get("/styring/finnes-ikke").status_code == 404


def test_a_visitor_is_asked_to_sign_in(as_persona: As) -> None:
    assert as_persona(None).get("/styring").status_code == 302


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("persona", ["kari", "solveig", "jonas"])
@pytest.mark.parametrize(
    "address", ["/styring", f"/styring/{ROOT_CODE}?apne={CARE_AGENCY_CODE}", f"/styring/{FIRST_WARD}"]
)
def test_the_board_takes_few_queries(persona: str, address: str, as_persona: As) -> None:
    client = as_persona(persona)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200

    assert len(queries) <= MOST_QUERIES
