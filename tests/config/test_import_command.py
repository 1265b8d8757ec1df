"""`byfolk import`: English from the first line to the last, whatever the person's pages are in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from byfolk.config.cli.importing import import_command
from byfolk.kernel.organisation.models import Level, Unit

pytestmark = pytest.mark.django_db
HEAD = "Ansattnr;Navn;Stillingsnr;Stillingstittel;Enhetskode;Ansettelsesform;St%;Fra dato\n"


@pytest.fixture(autouse=True)
def connected(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test is connected already, to a database of its own."""
    monkeypatch.setattr("byfolk.config.database_setup.connect", lambda report: None)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(import_command, list(arguments))


def test_progress_counts_and_findings_are_in_english(tmp_path: Path) -> None:
    workplace = Unit.objects.filter(level=Level.WORKPLACE, valid__endswith__isnull=True).first()
    assert workplace is not None
    file = tmp_path / "a.csv"
    file.write_text(HEAD + f"Z1;LIE, Ola;ZP1;Kokk;{workplace.code};Fast;x;01.02.2024\n")
    done = run(str(file), "--dry-run")

    assert done.exit_code == 0, done.output
    assert "Reading the file" in done.stderr
    assert "Checking 1 rows" in done.stderr
    assert "Rejected: 1 of 1 rows" in done.stdout
    assert "is not a percentage" in done.stdout
    assert not re.search(r"[æøåÆØÅ]|ikke|rader", done.output)


def test_why_a_file_cannot_be_imported_is_in_english(tmp_path: Path) -> None:
    done = run(str(tmp_path / "none.csv"))

    assert done.exit_code == 1
    assert "byfolk: We did not find the file none.csv" in done.stderr
