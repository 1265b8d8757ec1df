"""A file of service results: what is refused and why, what lands, and that the same again changes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from byfolk.areas.services.importing.kind import RESULTS
from byfolk.areas.services.importing.periods import months_of, parse_period
from byfolk.areas.services.importing.rules import STANDING
from byfolk.areas.services.models import Result
from byfolk.config.cli.importing import KINDS as COMMAND_KINDS
from byfolk.config.cli.importing import import_command
from byfolk.demo.cast import NURSING_HOME_CODE
from byfolk.kernel.access.policies import WORKER
from byfolk.kernel.people.importing.checking import Checked, Existing
from byfolk.kernel.people.importing.findings import message
from byfolk.kernel.people.importing.guessing import guess
from byfolk.kernel.people.importing.kinds import KINDS
from byfolk.lib.tables import read
from tests.kernel.people.importing.building import EXISTING, codes, good, run, table
from tests.kernel.people.importing.test_import_landing import counts, land

KIND = RESULTS.code


def result(**changes: str) -> dict[str, str]:
    """A sound result of a nursing home in a month."""
    return {
        "unit_code": "SYK",
        "service": "Sykehjem",
        "period": "2026-03",
        "cost_budget": "1 000 000",
        "cost_accounts": "1 050 000,50",
        "volume": "310,5",
        "volume_unit": "døgn",
        "quality": "72",
        "quality_name": "Tilsyn",
        "satisfaction": "4,9",
        "respondents": "12",
    } | changes


def standing(*rows: tuple) -> Existing:
    frame = pl.DataFrame(list(rows), schema=STANDING[1], orient="row")
    return replace(EXISTING, own={"results": frame})


def checked(*rows: dict[str, str], existing: Existing | None = None) -> Checked:
    return run(KIND, *rows, existing=existing or standing())


def words(found: Checked) -> list[str]:
    return [message(KIND, row) for row in found.findings.iter_rows(named=True)]


def test_a_sound_row_lands_with_money_in_ore() -> None:
    found = checked(result())
    row = found.good.row(0, named=True)

    assert codes(found) == []
    assert (row["valid_from"], row["valid_to"]) == (dt.date(2026, 3, 1), dt.date(2026, 4, 1))
    assert (row["service"], row["cost_accounts"], row["volume"], row["satisfaction"]) == (
        "nursing_home",
        105_000_050,
        310.5,
        4.9,
    )


@pytest.mark.parametrize(
    ("text", "start", "stop"),
    [
        ("2025", (2025, 1), (2026, 1)),
        ("2025-03", (2025, 3), (2025, 4)),
        ("202512", (2025, 12), (2026, 1)),
        ("03.2025", (2025, 3), (2025, 4)),
        ("mars 2025", (2025, 3), (2025, 4)),
        ("2025 K2", (2025, 4), (2025, 7)),
        ("Q4 2025", (2025, 10), (2026, 1)),
        ("1. kvartal 2025", (2025, 1), (2025, 4)),
    ],
)
def test_a_period_is_understood_as_people_write_it(text: str, start: tuple, stop: tuple) -> None:
    assert parse_period(text) == (dt.date(*start, 1), dt.date(*stop, 1))


@pytest.mark.parametrize("text", ["2025-13", "K5 2025", "i fjor", "12", "2025-03-04", ""])
def test_what_is_no_period_is_not_guessed_at(text: str) -> None:
    assert parse_period(text) is None


def test_only_months_quarters_and_calendar_years_are_periods() -> None:
    assert months_of(dt.date(2025, 4, 1), dt.date(2025, 7, 1)) == 3
    assert months_of(dt.date(2025, 2, 1), dt.date(2025, 5, 1)) is None
    assert months_of(dt.date(2025, 1, 1), dt.date(2025, 3, 1)) is None


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"unit_code": "X"}, "unknown_unit", "enheten «X» finnes ikke"),
        ({"unit_code": "GML"}, "unit_not_open", "finnes ikke på datoen 01.03.2026"),
        ({"service": "Romfart"}, "not_a_choice", "vi kjenner ikke «Romfart»"),
        ({"period": "våren"}, "not_a_period", "«våren» er ikke en periode vi forstår"),
        ({"period": ""}, "required", "mangler"),
        ({"period": "2026-11"}, "period_not_over", "Perioden er ikke over ennå (den slutter 30.11.2026)"),
        ({"cost_budget": "mye"}, "not_money", "«mye» er ikke et beløp"),
        ({"cost_budget": "-5"}, "out_of_range", "utenfor det som er mulig"),
        ({"quality": "101"}, "out_of_range", "(0 til 100)"),
        ({"satisfaction": "8,4"}, "out_of_range", "(1 til 6)"),
        ({"respondents": ""}, "satisfaction_of_nobody", "hvor mange som svarte"),
        ({"respondents": "0"}, "satisfaction_of_nobody", "hvor mange som svarte"),
        ({"satisfaction": ""}, "satisfaction_of_nobody", "hvor fornøyde"),
        ({"respondents": "4,5"}, "not_whole", "ikke et helt tall"),
        ({"volume_unit": "elever"}, "other_unit", "talt i «elever», men for denne tjenesten teller vi oppholdsdøgn"),
        ({"service": "Annet", "volume_unit": ""}, "unit_of_volume", "hva volumet teller"),
    ],
)
def test_a_bad_row_stays_out_with_its_reason(changes: dict[str, str], code: str, said: str) -> None:
    found = checked(result(**changes))

    assert good(found) == []
    assert code in [name for _line, name in codes(found)]
    assert any(said in text for text in words(found)), words(found)


def test_a_row_with_dates_that_are_no_period_stays_out() -> None:
    row = result(valid_from="2026-01-15", valid_to="2026-02-14")
    del row["period"]

    assert codes(checked(row)) == [(2, "period_shape")]


def test_a_row_without_any_result_stays_out() -> None:
    empty = dict.fromkeys(("cost_budget", "cost_accounts", "volume", "quality", "satisfaction", "respondents"), "")

    assert codes(checked(result(**empty))) == [(2, "nothing_measured")]


def test_nobody_having_answered_is_no_fault() -> None:
    found = checked(result(satisfaction="", respondents="0"))

    assert codes(found) == []
    assert found.good["respondents"].to_list() == [None]


def test_a_month_and_its_year_may_not_both_tell_of_the_costs() -> None:
    only_costs = {"volume": "", "volume_unit": "", "quality": "", "satisfaction": "", "respondents": ""}
    found = checked(
        result(period="2025", **only_costs),
        result(period="2025-03", **only_costs),
    )

    assert good(found) == [2]
    assert "allerede meldt for en periode som overlapper (linje 2)" in words(found)[0]


def test_costs_may_come_each_month_and_what_users_say_once_a_year() -> None:
    said = {"cost_budget": "", "cost_accounts": "", "volume": "", "volume_unit": "", "quality": ""}
    cost = {"quality": "", "satisfaction": "", "respondents": ""}
    found = checked(result(period="2025", **said), result(period="2025-03", **cost))

    assert good(found) == [2, 3]


def test_what_stands_already_counts_too() -> None:
    year = ("SYK", "nursing_home", dt.date(2025, 1, 1), dt.date(2026, 1, 1), 5, 5, None, None, None)
    month = checked(result(period="2025-03"), existing=standing(year))

    assert good(month) == []
    assert "allerede registrert" in words(month)[0]
    assert good(checked(result(period="2025"), existing=standing(year))) == [2], "the year itself may be corrected"


def test_a_row_that_stays_out_makes_no_room_for_another() -> None:
    year = ("SYK", "nursing_home", dt.date(2025, 1, 1), dt.date(2026, 1, 1), 5, 5, 5, 5, 5)
    found = checked(result(period="2025-03"), result(period="2025"), existing=standing(year))

    assert good(found) == [], "the month lies in the year that stands, which the second row did not replace"


def test_a_cost_that_is_far_off_is_worth_a_look() -> None:
    months = [result(period=f"2026-{month:02d}", cost_accounts="1000") for month in range(1, 5)]
    found = checked(*months, result(period="2026-05", cost_accounts="900000"))

    assert codes(found) == [(6, "unusual_cost")]
    assert len(good(found)) == 5


def test_our_own_names_are_recognised() -> None:
    found = table(result(), result())
    kind, mapping = guess(found.columns, found.frame)

    assert kind == KIND
    assert mapping.columns == {name: name for name in result()}
    assert mapping.missing() == []


def test_a_norwegian_finance_export_is_recognised_in_thousands_of_kroner() -> None:
    found = read(
        b"Ansvar;Tjeneste;Periode;Budsjett 1000 kr;Regnskap 1000 kr;Volum\n3301;Sykehjem;2025-01;1000;1100,5;310\n"
    )
    kind, mapping = guess(found.columns, found.frame)

    assert kind == KIND
    assert mapping.columns["cost_accounts"] == "Regnskap 1000 kr"
    assert mapping.money_unit == "tkr"


def test_the_command_knows_every_kind_of_file() -> None:
    assert set(COMMAND_KINDS) == set(KINDS)


# Into the database.

HOME = {"unit_code": NURSING_HOME_CODE}


@pytest.mark.django_db
def test_results_land_with_their_batch_and_the_same_file_again_changes_nothing() -> None:
    Result.objects.all().delete()
    rows = [result(**HOME), result(**HOME, period="2026-04")]
    first = land(KIND, *rows)
    again = land(KIND, *rows)

    assert counts(first) == (2, 0, 0, 0)
    assert counts(again) == (0, 0, 2, 0)
    landed = Result.objects.order_by("valid").first()
    assert landed is not None
    assert (landed.batch_id, landed.cost_accounts, landed.volume, landed.quality, landed.satisfaction) == (
        first.pk,
        105_000_050,
        31_050,
        7_200,
        490,
    )


@pytest.mark.django_db
def test_a_corrected_result_is_changed_and_what_stood_is_kept_with_who_and_why() -> None:
    Result.objects.all().delete()
    land(KIND, result(**HOME))
    batch = land(KIND, result(**HOME, volume="300"))

    assert counts(batch) == (0, 1, 0, 0)
    before = apps.get_model("services", "ResultEvent").objects.get(pgh_label="update")
    assert (before.volume, before.pgh_context.metadata["batch"]) == (31_050, batch.pk)


@pytest.mark.django_db
def test_columns_that_a_file_lacks_are_left_as_they_stand() -> None:
    Result.objects.all().delete()
    land(KIND, result(**HOME))
    land(KIND, {name: value for name, value in result(**HOME, quality="80").items() if "cost" not in name})

    landed = Result.objects.get()
    assert (landed.quality, landed.cost_accounts) == (8_000, 105_000_050)


@pytest.mark.django_db
def test_bad_rows_are_listed_and_good_ones_land() -> None:
    Result.objects.all().delete()
    batch = land(KIND, result(**HOME), result(unit_code="FINNES-IKKE"), result(**HOME, period="x"))

    assert counts(batch) == (1, 0, 0, 2)
    assert sorted(batch.findings.values_list("line", "field", "value", "code")) == [
        (3, "unit_code", "FINNES-IKKE", "unknown_unit"),
        (4, "period", "x", "not_a_period"),
    ]


@pytest.mark.django_db
def test_the_command_line_lands_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("byfolk.config.database_setup.connect", lambda report: None)
    Result.objects.all().delete()
    row = result(**HOME)
    file = tmp_path / "tjenester.csv"
    file.write_text(";".join(row) + "\n" + ";".join(row.values()) + "\n")
    done = CliRunner().invoke(import_command, [str(file), "--as", "service-results"])

    assert done.exit_code == 0, done.output
    assert "Landed: 1 new, 0 changed, 0 unchanged. Rejected: 0 of 1 rows." in done.stdout
    assert Result.objects.get().service == "nursing_home"


@pytest.mark.django_db
def test_rows_of_results_are_for_background_work_alone() -> None:
    def rows_as(role: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"set local role {role}")
            cursor.execute("select count(*) from services_result")

    for role in ("byfolk_scoped", "byfolk_wide", "byfolk_public"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            rows_as(role)
    rows_as(WORKER)
