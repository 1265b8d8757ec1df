"""What the API answers: the same as the pages, in parts, with errors that say what is wrong."""

from __future__ import annotations

import pytest

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.goals.models import PolicyVersion
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Unit

START = "/api/v1"
NUMBERS = ("value", "numerator", "denominator", "n")


@pytest.fixture
def visitor(as_persona):
    return as_persona(None)


@pytest.fixture
def solveig(as_persona):
    return as_persona("solveig")


def test_anyone_gets_the_city_its_departments_and_agencies_and_nothing_below(visitor):
    found = visitor.get(f"{START}/public/units").json()
    assert {one["level"] for one in found["items"]} == {"municipality", "department", "agency"}
    assert found["total"] == len(found["items"]) > 10
    by_code = {one["code"]: one for one in found["items"]}
    assert all(one["parent"] in by_code for one in found["items"] if one["parent"])


def test_the_public_face_shows_a_person_who_works_here_what_a_visitor_sees(visitor, solveig):
    address = f"{START}/public/indicators/sick_leave/figures?limit=1000"
    assert solveig.get(address).content == visitor.get(address).content


def test_those_who_work_here_get_every_unit(solveig):
    found = solveig.get(f"{START}/units/{NURSING_HOME_CODE}").json()
    assert found["level"] == "section"
    assert found["name"]["nb"] == Unit.objects.get(code=NURSING_HOME_CODE).name_nb


def test_a_list_goes_on_where_it_says_until_all_of_it_is_read(solveig):
    address, read = f"{START}/units?limit=70", []
    while address:
        part = solveig.get(address).json()
        read += [one["code"] for one in part["items"]]
        address = part["next"]
    assert len(read) == len(set(read)) == part["total"]


def test_a_hidden_figure_has_no_number_and_says_why(solveig):
    rows = solveig.get(f"{START}/indicators/sick_leave/figures?limit=1000").json()["items"]
    hidden = [row for row in rows if row["state"] != State.PUBLISHED.name.lower()]
    assert hidden
    assert all(row[number] is None for row in hidden for number in NUMBERS)
    assert all(row["reason"]["nb"] and row["reason"]["en"] for row in hidden)


def test_a_published_figure_is_the_one_on_the_page(solveig):
    asked = f"{START}/units/{ROOT_CODE}/figures?indicator=headcount&span=month&limit=1"
    row = solveig.get(asked).json()["items"][0]
    assert row["value"] == row["numerator"] == row["n"] > 200


def test_figures_can_be_asked_for_by_period_and_part(visitor):
    asked = f"{START}/public/units/{ROOT_CODE}/figures?indicator=headcount&first=2025-03&last=2025-05&span=month"
    rows = visitor.get(asked).json()["items"]
    assert [row["start"] for row in rows] == ["2025-05-01", "2025-04-01", "2025-03-01"]
    parts = visitor.get(f"{START}/public/units/{ROOT_CODE}/figures?indicator=full_time&by=gender").json()["items"]
    assert {row["group"] for row in parts} == {"women", "men"}


def test_an_indicator_says_what_it_means_what_it_is_made_of_and_where_that_stands(visitor):
    found = visitor.get(f"{START}/public/indicators/sick_leave").json()
    assert found["definition"]["nb"] != found["definition"]["en"] != ""
    assert found["inputs"]
    assert found["source"]["nb"]
    assert found["smallest_group"] == 10


def test_the_policy_is_the_one_in_force_with_the_figures_that_goals_are_measured_by(visitor):
    found = visitor.get(f"{START}/public/policy").json()
    assert found["number"] == PolicyVersion.objects.get(state="adopted").number
    goals = [one for one in found["paragraphs"] if one["kind"] == "goal"]
    assert any("sick_leave" in goal["indicators"] for goal in goals)
    keys = {one["key"] for one in found["paragraphs"]}
    assert all(one["under"] in keys for one in found["paragraphs"] if one["under"])


def test_the_accounts_carry_the_figures_of_the_page(solveig):
    found = solveig.get(f"{START}/accounts/2025/{CARE_AGENCY_CODE}").json()
    lines = [line for chapter in found["chapters"] for line in chapter["figures"]]
    assert len(lines) > 10
    assert all(value["number"] is None for line in lines for value in line["values"] if value["hidden"])


def test_anyone_gets_the_signed_accounts_and_no_draft(visitor):
    (city,) = [one for one in visitor.get(f"{START}/public/accounts").json()["items"] if one["unit"] == ROOT_CODE]
    found = visitor.get(f"{START}/public/accounts/{city['year']}/{ROOT_CODE}").json()
    assert (found["version"], found["sha256"]) == (city["version"], city["sha256"])
    assert visitor.get(city["data"]).status_code == 200
    lines = [line for chapter in found["chapters"] for line in chapter["figures"]]
    assert all(line["page"].startswith("/apne-data/definisjoner/") for line in lines)
    assert visitor.get(f"{START}/public/accounts/2025/{ROOT_CODE}").status_code == 404


def test_those_who_work_here_get_the_signed_accounts_as_the_page_shows_them(solveig):
    assert solveig.get(f"{START}/accounts/2024/{ROOT_CODE}").json()["version"] == 1
    assert solveig.get(f"{START}/accounts/2025/{ROOT_CODE}").json()["version"] is None


def test_a_wrong_question_is_told_which_field_is_wrong_and_why(visitor):
    answer = visitor.get(f"{START}/public/units?limit=5000&level=galaxy")
    said = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert said["status"] == 422
    assert {one["field"] for one in said["errors"]} == {"limit", "level"}
    assert "1000" in next(one["why"] for one in said["errors"] if one["field"] == "limit")


def test_a_misspelt_filter_is_refused_instead_of_filtering_nothing(visitor):
    answer = visitor.get(f"{START}/public/units?levle=agency")
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["levle"]


def test_a_visitor_is_told_to_sign_in_and_where_the_open_part_lies(visitor):
    answer = visitor.get(f"{START}/units")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Session")
    assert "/api/v1/public/" in answer.json()["detail"]


def test_nothing_can_be_written(solveig):
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(solveig, method)(f"{START}/units")
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD"
    assert solveig.head(f"{START}/units").status_code == 200


def test_an_address_that_leads_nowhere_is_answered_as_a_problem(visitor):
    answer = visitor.get(f"{START}/nowhere")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_public_answer_is_not_sent_again_to_those_who_have_it(visitor):
    address = f"{START}/public/indicators/sick_leave/figures"
    first = visitor.get(address)
    assert first["Cache-Control"] == "public, max-age=300"
    again = visitor.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = visitor.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304
    assert "Cookie" not in first.get("Vary", "")
    assert not first.cookies


def test_what_is_for_those_who_work_here_is_kept_by_nobody(solveig):
    assert solveig.get(f"{START}/units")["Cache-Control"] == "private, no-store"


def test_no_other_site_is_let_in(visitor):
    answer = visitor.get(f"{START}/public/units", headers={"Origin": "https://elsewhere.example"})
    assert not any(header.lower().startswith("access-control") for header in answer.headers)


@pytest.mark.parametrize(
    "address",
    [
        "/units?limit=1000",
        f"/units/{NURSING_HOME_CODE}",
        "/indicators",
        "/indicators/sick_leave/figures?limit=1000",
        f"/units/{ROOT_CODE}/figures?limit=1000",
        "/policy",
        "/policy/versions",
        "/accounts",
        "/accounts/2025",
    ],
)
def test_an_answer_costs_few_queries_however_long_it_is(solveig, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(25):
        assert solveig.get(f"{START}{address}").status_code == 200


def test_the_page_explains_every_operation_of_the_description(visitor):
    paths = visitor.get(f"{START}/openapi.json").json()["paths"]
    page = visitor.get(f"{START}/").content.decode()
    assert all(f"<code>{path}</code>" in page for path in paths)


def test_the_description_speaks_the_readers_language(visitor):
    address = f"{START}/openapi.json"
    norwegian, english = (visitor.get(address, headers={"Accept-Language": lang}).json() for lang in ("nb", "en"))
    assert norwegian["info"]["description"] != english["info"]["description"]
    assert norwegian["paths"].keys() == english["paths"].keys()
