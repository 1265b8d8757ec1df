"""A unit's name in nynorsk: shown to who reads nynorsk, found by everyone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from byfolk.demo.cast import NURSING_HOME_CODE
from byfolk.kernel.organisation.models import Placement, Unit
from byfolk.kernel.organisation.queries import find_units

pytestmark = pytest.mark.django_db
As = Callable[[str | None], Client]
HOME = {"nb": "Bjerkelia sykehjem", "nn": "Bjerkelia sjukeheim", "en": "Bjerkelia sykehjem"}


def reading(client: Client, language: str) -> Client:
    client.cookies["django_language"] = language
    return client


@pytest.mark.parametrize("language", HOME)
def test_a_unit_is_called_what_it_is_called_in_the_readers_language(language: str) -> None:
    home = Unit.objects.get(code=NURSING_HOME_CODE)
    with translation.override(language):
        assert home.name == HOME[language]
        assert str(home) == HOME[language]
        assert Placement.objects.filter(unit=home).last().name == HOME[language]


def test_without_a_name_in_nynorsk_the_one_in_bokmal_stands() -> None:
    home = Unit.objects.get(code=NURSING_HOME_CODE)
    home.name_nn = ""
    with translation.override("nn"):
        assert home.name == "Bjerkelia sykehjem"


def test_saving_a_unit_that_was_read_in_nynorsk_keeps_both_names() -> None:
    with translation.override("nn"):
        home = Unit.objects.get(code=NURSING_HOME_CODE)
        home.save()
    home.refresh_from_db()
    assert (home.name_nb, home.name_nn) == ("Bjerkelia sykehjem", "Bjerkelia sjukeheim")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/enheter/{NURSING_HOME_CODE}",
        f"/styring/{NURSING_HOME_CODE}",
        f"/tall/sick_leave/{NURSING_HOME_CODE}",
        f"/organisasjon/{NURSING_HOME_CODE}/",
        f"/ansatte/?unit={NURSING_HOME_CODE}",
        "/mitt/",
    ],
)
def test_pages_in_nynorsk_say_the_name_in_nynorsk_with_no_more_queries(as_persona: As, path: str) -> None:
    answers, asked = {}, {}
    for language in ("nb", "nn"):
        client = reading(as_persona("solveig"), language)
        client.get(path)  # what is kept for a while is kept for each language
        with CaptureQueriesContext(connection) as queries:
            answers[language] = client.get(path).content.decode()
        asked[language] = len(queries)

    assert "Bjerkelia sykehjem" in answers["nb"]
    assert "Bjerkelia sjukeheim" in answers["nn"]
    # What her post is called is the payroll system's own text.
    assert "Bjerkelia sykehjem" not in answers["nn"].replace("Leder av Bjerkelia sykehjem", "")
    assert asked["nn"] <= asked["nb"]


@pytest.mark.parametrize("text", ["bjerkelia syk", "bjerkelia sjuk"])
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_search_finds_a_unit_by_either_name(as_persona: As, text: str, language: str) -> None:
    assert NURSING_HOME_CODE in {unit.code for unit in find_units(text, dt.date(2026, 10, 1), 10)}
    page = reading(as_persona("jonas"), language).get("/sok/", {"q": text}).content.decode()
    assert f">{HOME[language]}<" in page
