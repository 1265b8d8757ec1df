"""`byfolk accounts`: the same accounts as files, and errors that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from byfolk.config.cli.accounts import accounts_command
from byfolk.demo.cast import CAST
from byfolk.portal import frontend
from tests.accounts.reading import words_of_html

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not frontend.STATIC_BUILT.exists(), reason="the look is not built: `byfolk setup --no-database`"
    ),
]
CARE, NURSING_HOME = "210", "2100001"


@pytest.fixture(autouse=True)
def connected(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test is connected already, to a database of its own."""
    monkeypatch.setattr("byfolk.config.database_setup.connect", lambda report: None)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(accounts_command, list(arguments))


def test_one_agency_becomes_a_page_a_pdf_and_a_spreadsheet(tmp_path: Path) -> None:
    done = run("2025", "--unit", CARE, "--out", str(tmp_path))
    assert done.exit_code == 0, done.output
    names = {file.name for file in tmp_path.iterdir()}
    assert names == {"assets", *(f"personalregnskap-2025-{CARE}.{ending}" for ending in ("html", "pdf", "xlsx"))}
    assert "1 of 1" in done.stderr
    assert "Likestilling" not in done.stderr


def test_the_page_as_a_file_finds_its_style_and_its_neighbours(tmp_path: Path) -> None:
    run("2025", "--out", str(tmp_path), "--address", "https://byfolk.example.no/")
    page = (tmp_path / "personalregnskap-2025.html").read_text()
    assert 'href="personalregnskap-2025.pdf"' in page
    assert 'href="https://byfolk.example.no/tall/sick_leave/1?til=2025-12"' in page
    for part in page.split('rel="stylesheet" href="')[1:]:
        assert (tmp_path / part.split('"')[0]).is_file()


def test_the_same_command_twice_gives_the_same_files(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        run("2024", "--unit", CARE, "--out", str(tmp_path / folder))
    for ending in ("html", "pdf", "xlsx"):
        one, two = (tmp_path / folder / f"personalregnskap-2024-{CARE}.{ending}" for folder in ("a", "b"))
        assert one.read_bytes() == two.read_bytes()


def test_the_files_can_be_in_english(tmp_path: Path) -> None:
    run("2025", "--unit", CARE, "--out", str(tmp_path), "--language", "en")
    (page,) = tmp_path.glob("*.html")
    assert '<html lang="en"' in page.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2019"], "There are no accounts for 2019: figures are published for 2023, 2024, 2025"),
        (["2025", "--unit", "no-such"], "There is no unit with the code no-such"),
        (["2025", "--unit", "11"], "accounts are made for those"),
        (["2025", "--unit", NURSING_HOME], "It lies in the agency"),
        (["2025", "--unit", CARE, "--all-agencies"], "Choose --unit or --all-agencies"),
    ],
)
def test_what_cannot_be_made_is_said_in_a_sentence(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run(*arguments, "--out", str(tmp_path / "out"))
    assert done.exit_code != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def _freeze(*more: str, who: str = "amir", reason: str = "Behandlet") -> Result:
    name = str(CAST[who].employee_number)
    return run("freeze", "2025", "--unit", CARE, "--signer", name, "--reason", reason, *more)


def test_freezing_signs_in_the_name_of_whoever_may_and_the_files_are_then_those_of_the_edition(tmp_path: Path) -> None:
    done = _freeze()
    assert done.exit_code == 0, done.output
    assert "Version 1 of Omsorgsetaten 2025 is frozen, signed by Amir Rahimi" in done.stdout
    run("2025", "--unit", CARE, "--out", str(tmp_path), "--address", "https://another.example.no")
    page = (tmp_path / f"personalregnskap-2025-{CARE}-v1.html").read_text()
    assert done.stdout.split()[-1] in words_of_html(page)
    assert "another.example.no" not in page
    assert (tmp_path / f"personalregnskap-2025-{CARE}-v1.pdf").exists()
    run("2025", "--unit", CARE, "--out", str(tmp_path), "--live")
    assert (tmp_path / f"personalregnskap-2025-{CARE}.pdf").exists()


def test_two_frozen_versions_are_both_to_be_had_and_the_newest_without_asking(tmp_path: Path) -> None:
    _freeze()
    _freeze(reason="Rettet")
    run("2025", "--unit", CARE, "--out", str(tmp_path), "--version", "1")
    run("2025", "--unit", CARE, "--out", str(tmp_path))
    assert {file.stem[-2:] for file in tmp_path.glob("*.html")} == {"v1", "v2"}
    missing = run("2025", "--unit", CARE, "--out", str(tmp_path), "--version", "9")
    assert "There is no frozen version 9" in missing.stderr


@pytest.mark.parametrize(
    ("who", "said"),
    [("mette", "needs accounts.freeze"), ("kari", "accounts are written by"), ("jonas", "needs accounts")],
)
def test_nobody_else_signs_by_the_command_either(who: str, said: str) -> None:
    done = _freeze(who=who)
    assert done.exit_code != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_verify_says_that_what_is_frozen_is_as_it_was() -> None:
    _freeze()
    done = run("verify", "--unit", CARE)
    assert done.exit_code == 0, done.output
    assert f"{CARE} 2025 version 1: as it was" in done.stdout
    assert "1 frozen, none differs" in done.stdout


def _past_the_triggers(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table accounts_snapshot disable trigger user")
        cursor.execute(sql)
        cursor.execute("alter table accounts_snapshot enable trigger user")


def test_verify_finds_what_was_changed_past_the_triggers() -> None:
    _freeze()
    _past_the_triggers("update accounts_snapshot set content = replace(content, 'Behandlet', 'Vedtatt')")
    done = run("verify", "2025", "--unit", CARE)
    assert done.exit_code == 1
    assert "the snapshot is not what was frozen" in done.stdout


def test_verify_finds_files_that_come_out_otherwise() -> None:
    _freeze()
    _past_the_triggers("update accounts_snapshot set files = jsonb_set(files, '{xlsx}', '\"0\"')")
    done = run("verify", "2025")
    assert done.exit_code == 1
    assert "xlsx differ from what was made when it was frozen" in done.stdout
