"""`byfolk accounts`: the same accounts as files, and errors that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from byfolk.config.cli.accounts import accounts_command
from byfolk.portal import frontend
from tests.accounts.reading import cells_of_workbook

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
    for ending in ("html", "pdf"):
        one, two = (tmp_path / folder / f"personalregnskap-2024-{CARE}.{ending}" for folder in ("a", "b"))
        assert one.read_bytes() == two.read_bytes()
    one, two = (tmp_path / folder / f"personalregnskap-2024-{CARE}.xlsx" for folder in ("a", "b"))
    assert cells_of_workbook(one.read_bytes()) == cells_of_workbook(two.read_bytes())


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
