"""What anyone may take along: only what is published, with where it is defined, in a catalogue others understand."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.cache import caches

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.goals.models import PolicyVersion
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.models import Figure
from byfolk.kernel.organisation.models import Unit
from byfolk.lib.charts.palette import DARK, LIGHT
from byfolk.portal import frontend

FILES = "/apne-data/filer/"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def visitor(as_persona):
    return as_persona(None)


def _rows(client, name: str) -> list[dict[str, str]]:
    answer = client.get(f"{FILES}{name}")
    assert answer.status_code == 200, name
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def _package(client) -> dict:
    return client.get(f"{FILES}datapackage.json").json()


def _catalogue(client) -> list[dict]:
    return client.get(f"{FILES}katalog.jsonld").json()["@graph"]


def _of_type(graph: list[dict], kind: str) -> list[dict]:
    return [node for node in graph if node["@type"] == kind]


def test_a_hidden_figure_has_no_number_in_any_column_and_says_why(visitor):
    rows = _rows(visitor, "tall-2025.csv")
    hidden = [row for row in rows if row["state"] != "published"]
    assert len(rows) > len(hidden) > 50
    assert {row[name] for row in hidden for name in ("numerator", "denominator", "value", "n")} == {""}
    assert any(row["value"] for row in rows if row["state"] == "published")


def test_no_unit_below_the_agencies_is_in_any_file(visitor):
    below = set(Unit.objects.filter(level__gt=2).values_list("code", flat=True))
    assert not {row["unit"] for row in _rows(visitor, "tall-2025.csv")} & below
    assert not {row["code"] for row in _rows(visitor, "enheter.csv")} & below


def test_every_row_leads_to_a_definition_on_a_page_that_anyone_may_read(visitor):
    page = visitor.get("/apne-data/definisjoner/").content.decode()
    for row in _rows(visitor, "tall-2025.csv"):
        address, anchor = row["definition"].split("#")
        assert address == f"{settings.ADDRESS}/apne-data/definisjoner/"
        assert anchor == row["indicator"]
    assert all(f'id="{one.code}"' in page for one in registry.indicators())


def test_a_definition_names_inputs_source_and_the_goals_of_the_policy_in_force(visitor):
    found = {row["code"]: row for row in _rows(visitor, "indikatorer.csv")}["sick_leave"]
    goals = {row["key"]: row for row in _rows(visitor, "personalpolitikk.csv") if row["kind"] == "goal"}
    assert found["inputs_nb"]
    assert found["standard_nb"]
    assert all("sick_leave" in goals[key]["indicators"].split("; ") for key in found["goals"].split("; "))


def test_the_files_of_all_years_hold_exactly_what_is_published_for_agencies_and_up(visitor):
    units = Unit.objects.filter(level__lte=2).values("pk")
    published = Figure.objects.filter(hierarchy=0, unit__in=units, state=0).count()
    years = [one["name"] for one in _package(visitor)["resources"] if one["name"].startswith("tall-")]
    rows = [row for year in years for row in _rows(visitor, f"{year}.csv")]
    assert sum(row["state"] == "published" for row in rows) == published


def test_the_policy_is_the_one_in_force_and_nothing_of_a_draft_or_a_hearing(visitor):
    adopted = PolicyVersion.objects.get(state="adopted")
    keys = {row["key"] for row in _rows(visitor, "personalpolitikk.csv")}
    assert keys == set(adopted.elements.values_list("key", flat=True))


def test_the_descriptor_describes_every_column_of_every_file(visitor):
    for one in _package(visitor)["resources"]:
        rows = _rows(visitor, one["path"])
        fields = {field["name"]: field for field in one["schema"]["fields"]}
        assert list(rows[0]) == list(fields), one["name"]
        keys = [tuple(row[name] for name in one["schema"]["primaryKey"]) for row in rows]
        assert len(keys) == len(set(keys)), one["name"]
        for row in rows:
            for name, field in fields.items():
                _check(row[name], field)


def _check(value: str, field: dict) -> None:
    constraints = field.get("constraints", {})
    if not value:
        assert not constraints.get("required"), field["name"]
        return
    if field["type"] == "integer":
        int(value)
    elif field["type"] == "number":
        float(value)
    elif field["type"] == "date":
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    assert value in constraints.get("enum", [value])


def test_what_a_file_refers_to_is_in_the_file_that_it_refers_to(visitor):
    resources = {one["name"]: one for one in _package(visitor)["resources"]}
    files = {name: _rows(visitor, one["path"]) for name, one in resources.items()}
    for name, one in resources.items():
        for key in one["schema"].get("foreignKeys", []):
            other = key["reference"]["resource"] or name
            known = {row[key["reference"]["fields"]] for row in files[other]} | {""}
            assert {row[key["fields"]] for row in files[name]} <= known, (name, key)


def test_the_catalogue_has_what_dcat_ap_no_requires(visitor):
    graph = _catalogue(visitor)
    nodes = {node["@id"]: node for node in graph}
    (catalogue,) = _of_type(graph, "dcat:Catalog")
    datasets = _of_type(graph, "dcat:Dataset")
    assert len(datasets) >= 2
    for node in (catalogue, *datasets):
        for name in ("dct:title", "dct:description", "dcat:contactPoint", "dct:publisher"):
            assert node[name], (node["@id"], name)
        assert {text["@language"] for text in node["dct:title"]} == {"nb", "nn", "en"}
        assert nodes[node["dct:publisher"]["@id"]]["@type"] == "foaf:Agent"
        assert nodes[node["dcat:contactPoint"]["@id"]]["@type"] == "vcard:Organization"
    for one in datasets:
        assert all(theme["@id"].startswith("http://publications.europa.eu/") for theme in one["dcat:theme"])
        assert one["dct:accessRights"]["@id"].endswith("/PUBLIC")
        assert all(part["@id"] in nodes for part in one["dcat:distribution"])


def test_every_file_of_the_catalogue_is_there_and_says_its_licence(visitor):
    for one in _of_type(_catalogue(visitor), "dcat:Distribution"):
        address = one["dcat:downloadURL"]["@id"]
        assert address.startswith(settings.ADDRESS)
        assert visitor.get(address.removeprefix(settings.ADDRESS)).status_code == 200
        assert one["dct:license"]["@id"]


def test_the_publisher_carries_the_municipalitys_number_where_it_is_set(visitor, settings):
    settings.ORGANISATION_NUMBER, settings.CONTACT = "958935420", "data@storvik.example"
    settings.ADDRESS = "https://byfolk.example"  # else what was made before would be found
    text = json.dumps(_catalogue(visitor))
    assert "enhetsregisteret/api/enheter/958935420" in text
    assert "mailto:data@storvik.example" in text


def test_a_file_is_the_same_bytes_for_everybody_and_each_time(visitor, as_persona):
    once = visitor.get(f"{FILES}tall-2025.csv")
    assert as_persona("kari").get(f"{FILES}tall-2025.csv").content == once.content
    caches["open_data"].clear()
    assert visitor.get(f"{FILES}tall-2025.csv").content == once.content


def test_a_file_is_not_sent_again_to_those_who_have_it(visitor):
    first = visitor.get(f"{FILES}enheter.csv")
    assert first["Cache-Control"] == "public, max-age=300"
    again = visitor.get(f"{FILES}enheter.csv", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert not first.cookies


def test_a_page_is_the_same_for_all_visitors_and_holds_no_token(visitor):
    first, second = (visitor.get("/apne-data/").content.decode() for _ in range(2))
    assert first == second
    assert "csrfmiddlewaretoken" not in first
    assert "English" in first


def test_a_visitor_reads_the_page_in_the_language_of_the_address(visitor):
    assert "Open data" in visitor.get("/apne-data/?sprak=en").content.decode()
    assert "Opne data" in visitor.get("/apne-data/?sprak=nn").content.decode()


def test_a_person_who_is_signed_in_sees_the_page_in_their_own_frame_and_no_cache_keeps_it(as_persona):
    answer = as_persona("solveig").get("/apne-data/")
    assert "Solveig" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_what_is_kept_is_not_shown_once_figures_have_changed(visitor):
    before = visitor.get(f"{FILES}enheter.csv").content.decode()
    Unit.objects.filter(code=CARE_AGENCY_CODE).update(name_nb="Etat for omsorg")
    assert "Etat for omsorg" not in before
    assert "Etat for omsorg" in visitor.get(f"{FILES}enheter.csv").content.decode()


def test_a_picture_says_in_words_what_it_shows_and_brings_its_own_colours(visitor):
    answer = visitor.get(f"/apne-data/figur/headcount/{CARE_AGENCY_CODE}.svg")
    root = ElementTree.fromstring(answer.content)
    assert answer["Content-Type"] == "image/svg+xml"
    assert root.find(f"{SVG}title").text.startswith("Ansatte")
    assert "2025: " in root.find(f"{SVG}desc").text
    style = root.find(f"{SVG}style").text
    assert LIGHT["--own"] in style
    assert DARK["--own"] in style


def test_a_picture_may_be_shown_elsewhere_and_runs_nothing(visitor):
    answer = visitor.get(f"/apne-data/figur/headcount/{ROOT_CODE}.svg")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/=]+'; frame-ancestors 'none'", answer["Content-Security-Policy"]
    )


def test_a_picture_of_a_hidden_figure_has_the_reason_and_no_number(visitor):
    units = Unit.objects.filter(level=2).values("pk")
    hidden = Figure.objects.filter(hierarchy=0, unit__in=units, breakdown=0, state__in=(3, 4))
    shown = Figure.objects.filter(hierarchy=0, state=0, breakdown=0).values_list("indicator", "unit")
    never = next(pair for pair in hidden.values_list("indicator", "unit") if pair not in set(shown))
    code = Unit.objects.get(pk=never[1]).code
    address = f"/apne-data/figur/{registry.by_key(never[0]).code}/{code}.svg"
    root = ElementTree.fromstring(visitor.get(address).content)
    words = " ".join(text for text in root.itertext() if text and not text.startswith("svg{"))
    assert "Skjult" in words or "Vises bare omtrent" in words
    assert not root.findall(f"{SVG}svg")


@pytest.mark.parametrize(
    "address",
    [
        f"/apne-data/figur/sick_leave/{NURSING_HOME_CODE}.svg",
        f"/apne-data/figur/no_such/{ROOT_CODE}.svg",
        f"{FILES}tall-1999.csv",
        f"{FILES}ansatte.csv",
    ],
)
def test_what_is_not_published_is_not_found(visitor, address):
    assert visitor.get(address).status_code == 404


def test_the_snippet_shows_the_chosen_figure_and_leads_to_its_definition(visitor):
    page = visitor.get(f"/apne-data/?tall=headcount&enhet={CARE_AGENCY_CODE}&spraak=nn").content.decode()
    assert f"{settings.ADDRESS}/apne-data/figur/headcount/{CARE_AGENCY_CODE}.svg?sprak=nn" in page
    assert f"{settings.ADDRESS}/apne-data/definisjoner/#headcount" in page


@pytest.mark.parametrize("address", ["/apne-data/", "/apne-data/definisjoner/", f"{FILES}datapackage.json"])
def test_an_open_page_costs_few_queries(visitor, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(25):
        assert visitor.get(address).status_code == 200


def test_the_dark_colours_of_a_picture_are_those_of_the_theme() -> None:
    theme = (frontend.build(report=lambda _: None) / "vendor" / "theme.css").read_text(encoding="utf-8").lower()
    assert all(value in theme for name, value in DARK.items() if name != "--own-pale")
