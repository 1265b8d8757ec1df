"""Setting yearly targets from above, and seeing who set which."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.goals.models import Target
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.time import today
from tests.areas.policy.figures import publish_city
from tests.areas.policy.test_board_page import MOST_QUERIES, As, text_of

pytestmark = pytest.mark.django_db
YEAR = today().year
NEXT = YEAR + 1
HOME, CARE, CITY = (f"/tall/sick_leave/{code}/mal" for code in (NURSING_HOME_CODE, CARE_AGENCY_CODE, ROOT_CODE))


@pytest.fixture(autouse=True)
def _city() -> None:
    publish_city()


def post(client: Client, address: str, **form: object) -> Client:
    """Send the form, and answer with what the browser is sent on to."""
    return client.post(address, {"year": NEXT, "value": "8,8", "tolerance": "0,3"} | form)


def own(code: str, year: int = NEXT) -> tuple[Decimal, Decimal] | None:
    found = Target.objects.filter(unit__code=code, indicator="sick_leave", year=year).first()
    return (found.value, found.tolerance) if found else None


def test_the_first_line_says_the_target_and_where_it_was_set(as_persona: As) -> None:
    name = Unit.objects.get(code=CARE_AGENCY_CODE).name
    Target.objects.create(unit=Unit.objects.get(code=CARE_AGENCY_CODE), indicator="sick_leave", year=YEAR, value=Decimal("9.3"), tolerance=Decimal("0.5"))  # fmt: skip  # noqa: E501
    page = text_of(as_persona("jonas"), HOME)

    assert f"Målet for {YEAR} er høyst 9,3 %" in page
    assert f"Det er satt for {name}, og gjelder alle enheter under. Inntil 0,5 prosentpoeng unna er nær." in page


def test_a_year_without_a_target_says_so(as_persona: As) -> None:
    Target.objects.all().delete()

    assert f"Det er ikke satt noe mål for {YEAR}" in text_of(as_persona("jonas"), HOME)


def test_the_city_sets_a_target_and_it_is_told_with_the_way_back(as_persona: As) -> None:
    client = as_persona("kari")
    answer = post(client, HOME)

    assert answer.status_code == 302
    assert own(NURSING_HOME_CODE) == (Decimal("8.8"), Decimal("0.3"))
    page = text_of(client, answer["Location"])
    assert f"Målet for {NEXT} er satt. Det er høyst 8,8 %." in page
    assert "Angre" in page


def test_what_is_set_stands_in_the_history_with_who_and_when(as_persona: As) -> None:
    client = as_persona("amir")
    post(client, HOME)
    post(client, HOME, value="8,4")
    page = text_of(as_persona("jonas"), HOME)

    assert re.search(
        rf"\d{{4}} kl\. \d\d\.\d\d Amir Rahimi {NEXT}: endret fra 8,8 % \(nær: inntil 0,3 prosentpoeng\) til 8,4 %",
        page,
    )
    assert f"Amir Rahimi {NEXT}: satt til 8,8 %" in page


def test_undoing_the_first_target_takes_it_away_again(as_persona: As) -> None:
    client = as_persona("kari")
    change = post(client, HOME)["Location"].split("endring=")[1]
    answer = client.post(f"{HOME}/{change}/angre")

    assert answer.status_code == 302
    assert own(NURSING_HOME_CODE) is None
    assert "Endringen er angret." in text_of(client, answer["Location"])


def test_undoing_a_change_sets_the_target_back_and_so_does_undoing_a_removal(as_persona: As) -> None:
    client = as_persona("kari")
    post(client, HOME)
    for form in ({"value": "7,0"}, {"remove": NEXT}):
        change = post(client, HOME, **form)["Location"].split("endring=")[1]
        assert own(NURSING_HOME_CODE) != (Decimal("8.8"), Decimal("0.3"))
        client.post(f"{HOME}/{change}/angre")
        assert own(NURSING_HOME_CODE) == (Decimal("8.8"), Decimal("0.3"))


def test_only_ones_own_latest_change_can_be_taken_back(as_persona: As) -> None:
    kari, amir = as_persona("kari"), as_persona("amir")
    first = post(kari, HOME)["Location"].split("endring=")[1]

    assert amir.post(f"{HOME}/{first}/angre").status_code == 404
    post(amir, HOME, value="8,0")
    assert kari.post(f"{HOME}/{first}/angre").status_code == 404
    assert kari.post(f"{CARE}/{first}/angre").status_code == 404, "a change of another unit"
    assert own(NURSING_HOME_CODE) == (Decimal("8.0"), Decimal("0.3"))


def test_removing_a_target_says_which_one_applies_instead(as_persona: As) -> None:
    client = as_persona("kari")
    post(client, CITY, value="7,6")
    post(client, HOME)
    before = text_of(client, f"{HOME}?ar={NEXT}")
    after = text_of(client, post(client, HOME, remove=NEXT)["Location"])

    assert (
        f"Fjern målet for {NEXT} Da gjelder målet for {Unit.objects.get(code=ROOT_CODE).name}: høyst 7,6 %." in before
    )
    assert f"Målet for {NEXT} er fjernet. Nå gjelder målet for {Unit.objects.get(code=ROOT_CODE).name}" in after


def test_a_target_of_a_unit_above_is_shown_as_inherited_and_one_of_a_unit_below_is_listed(as_persona: As) -> None:
    client = as_persona("kari")
    post(client, CITY, value="7,6")
    post(client, HOME)

    assert f"{NEXT} 7,6 % 0,3 prosentpoeng {Unit.objects.get(code=ROOT_CODE).name}" in text_of(client, CARE)
    page = text_of(client, CARE)
    assert "Én enhet under har eget mål" in page
    assert f"Bjerkelia sykehjem {NEXT}: 8,8 %" in page


@pytest.mark.parametrize("persona", ["solveig", "jonas", "mette", "per"])
def test_nobody_sets_targets_for_their_own_unit_or_without_the_right(persona: str, as_persona: As) -> None:
    client = as_persona(persona)

    assert "Mål settes ovenfra" in text_of(client, HOME)
    assert "Sett målet" not in text_of(client, HOME)
    assert post(client, HOME).status_code == 404
    assert own(NURSING_HOME_CODE) is None


def test_a_leader_sets_targets_below_and_sees_their_own_as_set_from_above(as_persona: As) -> None:
    client = as_persona("amir")

    assert "Sett målet" in text_of(client, HOME)
    assert "Sett målet" not in text_of(client, CARE)
    assert post(client, CARE).status_code == 404


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"value": ""}, "Skriv hva målet skal være"),
        ({"value": "åtte"}, "Skriv målet som et tall, for eksempel 8,2"),
        ({"value": "8,0,1"}, "Skriv målet som et tall, for eksempel 8,2"),
        ({"value": "-1"}, "Skriv et tall som ikke er under null."),
        ({"value": "900"}, "Målet kan ikke være så stort."),
        ({"value": "8,1234"}, "Bruk høyst tre desimaler."),
        ({"tolerance": ""}, "Skriv hvor langt unna som fortsatt er nær. Skriv 0 for ikke noe."),
        ({"tolerance": "litt"}, "Skriv avstanden som et tall, for eksempel 0,5"),
        ({"year": 1999}, "Velg et av årene i listen"),
    ],
)
def test_what_is_wrong_is_said_on_top_and_at_the_field_and_the_rest_is_kept(
    form: dict[str, object], said: str, as_persona: As
) -> None:
    answer = post(as_persona("kari"), HOME, **form)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert page.count(said) >= 2
    kept = {"value": "8,8", "tolerance": "0,3"} | form
    assert all(f'value="{text}"' in page for name, text in kept.items() if name != "year" and text)
    assert own(NURSING_HOME_CODE) is None


def test_the_same_target_again_changes_nothing(as_persona: As) -> None:
    client = as_persona("kari")
    post(client, HOME)
    page = text_of(client, post(client, HOME, value="8,80 %")["Location"])

    assert "Ingenting er endret." in page
    assert page.count("Kari Nordahl") == 1


def test_the_form_begins_with_what_applies_in_the_year_or_the_nearest_before(as_persona: As) -> None:
    client = as_persona("kari")
    post(client, CITY, value="7,25")
    for year in (NEXT, NEXT + 2):
        page = client.get(f"{HOME}?ar={year}").content.decode()
        assert f'<option value="{year}" selected>' in page
        assert 'value="7,25"' in page


def test_a_figure_that_has_no_better_way_has_no_targets(as_persona: As) -> None:
    assert as_persona("kari").get(f"/tall/headcount/{ROOT_CODE}/mal").status_code == 404


def test_a_removal_of_a_year_that_is_not_in_the_list_is_not_found(as_persona: As) -> None:
    client = as_persona("kari")
    Target.objects.create(unit=Unit.objects.get(code=NURSING_HOME_CODE), indicator="sick_leave", year=YEAR, value=9, tolerance=1)  # fmt: skip  # noqa: E501

    assert post(client, HOME, remove="1999").status_code == 404
    assert own(NURSING_HOME_CODE, YEAR) == (9, 1)


def test_a_closed_unit_gets_no_new_targets(as_persona: As) -> None:
    closed = Unit.objects.get(code=NURSING_HOME_CODE)
    closed.valid = (closed.valid.lower, today())
    closed.save()

    assert "Sett målet" not in text_of(as_persona("kari"), HOME)
    assert post(as_persona("kari"), HOME).status_code == 404


def test_the_board_and_the_figures_page_lead_to_the_target(as_persona: As) -> None:
    client = as_persona("kari")

    assert f'href="{CITY}"' in client.get("/styring/1").content.decode()
    assert f'href="{HOME}"' in client.get(f"/tall/sick_leave/{NURSING_HOME_CODE}").content.decode()


def test_a_new_target_is_on_the_board_at_once(as_persona: As) -> None:
    client = as_persona("kari")
    assert "8,4 % Mål 7,6 %" in text_of(client, "/styring/1")
    post(client, CITY, year=YEAR, value="8,1")

    assert "8,4 % Mål 8,1 %" in text_of(client, "/styring/1")


def test_the_page_takes_few_queries(as_persona: As) -> None:
    client = as_persona("kari")
    post(client, HOME)
    with CaptureQueriesContext(
        connection,
    ) as found:
        client.get(HOME)

    assert len(found) <= MOST_QUERIES
