"""Files of what a page shows: the same numbers, and no others."""

from __future__ import annotations

import io

import fastexcel
import polars as pl
import pytest
from django.test import Client

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from tests.areas.policy.figures import FIRST_WARD, SECOND_WARD, publish_city, refuses_secrets
from tests.areas.policy.test_board_page import As

pytestmark = pytest.mark.django_db
PAGES = ("styring", "tall/sick_leave", "enheter")


@pytest.fixture(autouse=True)
def _city() -> None:
    publish_city()


def csv_of(client: Client, address: str) -> pl.DataFrame:
    response = client.get(address, {"last": "csv"})
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith('.csv"')
    return pl.read_csv(io.BytesIO(response.content), separator=";", infer_schema=False)


def sheets_of(client: Client, address: str) -> dict[str, pl.DataFrame]:
    response = client.get(address, {"last": "xlsx"})
    assert response.status_code == 200
    book = fastexcel.read_excel(response.content)
    return {name: book.load_sheet(name).to_polars() for name in book.sheet_names}


def test_the_board_as_csv_has_a_row_for_each_figure_and_for_each_goal_without(as_persona: As) -> None:
    table = csv_of(as_persona("solveig"), "/styring")
    sick_leave = table.filter(pl.col("Tall") == "Sykefravær").row(0, named=True)

    assert (sick_leave["Nå"], sick_leave["Måltall"], sick_leave["Fra i fjor"]) == ("10,4", "9,6", "-0,6")
    assert (sick_leave["Periode"], sick_leave["Endring"], sick_leave["Status"]) == ("2025", "bedre", "Langt unna")
    assert table.filter(pl.col("Mål") == "Åpen kommune")["Status"].to_list() == ["Uten tall"]


def test_a_hidden_figure_in_a_file_has_its_reason_and_no_number(as_persona: As) -> None:
    row = (
        csv_of(as_persona("kari"), f"/styring/{SECOND_WARD}").filter(pl.col("Tall") == "Sykefravær").row(0, named=True)
    )

    assert row["Nå"] is None
    assert row["Merknad"] == "Skjult: færre enn 10"


def test_the_spreadsheet_of_the_board_has_the_goals_the_units_and_what_is_hidden(as_persona: As) -> None:
    sheets = sheets_of(as_persona("solveig"), "/styring")

    assert list(sheets) == ["Mål for mål", "Enheter", "Tall du ikke ser"]
    assert sheets["Enheter"].filter(pl.col("Kode") == FIRST_WARD)["3.1 Arbeidsmiljø"].to_list() == ["Nådd"]


def test_the_file_of_a_figure_is_its_history_newest_first_with_the_arithmetic(as_persona: As) -> None:
    table = csv_of(as_persona("solveig"), f"/tall/sick_leave/{NURSING_HOME_CODE}")

    assert table["Periode"].to_list() == ["2025", "2024"]
    assert table["Verdi"].to_list() == ["10,4", "11,0"]
    assert all(table["Nevner"].is_not_null())


def test_the_file_of_a_unit_has_its_figures_and_those_of_the_units_below(as_persona: As) -> None:
    sheets = sheets_of(as_persona("jonas"), f"/enheter/{NURSING_HOME_CODE}")
    below = sheets["Enheter"].filter(pl.col("Kode") == SECOND_WARD).row(0, named=True)

    assert "Tall" in sheets
    assert below["Sykefravær"] is None
    assert "færre enn 10" in below["Merknad"]


@pytest.mark.parametrize("code", [ROOT_CODE, CARE_AGENCY_CODE, NURSING_HOME_CODE, FIRST_WARD, SECOND_WARD])
@pytest.mark.parametrize("page", PAGES)
def test_no_file_holds_the_number_of_a_hidden_figure(page: str, code: str, as_persona: As) -> None:
    client = as_persona("kari")

    assert refuses_secrets(client.get(f"/{page}/{code}", {"last": "csv"}).content.decode())
    for sheet in sheets_of(client, f"/{page}/{code}").values():
        assert refuses_secrets(sheet.write_csv())
