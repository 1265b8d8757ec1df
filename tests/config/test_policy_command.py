"""`byfolk policy`: a version out to a file and in again as a draft."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from byfolk.config.cli.policy import policy_command
from byfolk.demo.policy import DATA
from byfolk.engines.goals.models import PolicyVersion

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    return CliRunner().invoke(policy_command, arguments)


def test_the_adopted_version_comes_out_as_it_went_in(tmp_path: Path) -> None:
    out = tmp_path / "policy.md"

    assert run("export", "--out", str(out)).exit_code == 0
    assert out.read_bytes() == (DATA / "policy.md").read_bytes()


def test_a_version_that_does_not_exist_is_told_of() -> None:
    result = run("export", "--version", "99")

    assert result.exit_code == 1
    assert "no version 99" in result.output


def test_a_file_becomes_a_new_draft_and_comes_out_the_same(tmp_path: Path) -> None:
    file, again = tmp_path / "policy.md", tmp_path / "again.md"
    file.write_text((DATA / "policy.md").read_text().replace("- Respekt {", "- Respekt for alle {"))

    assert run("import", str(file)).exit_code == 0
    assert run("export", "--version", "3", "--out", str(again)).exit_code == 0
    assert again.read_bytes() == file.read_bytes()
    assert PolicyVersion.objects.get(number=3).state == "draft"


def test_a_dry_run_says_what_differs_and_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "policy.md"
    file.write_text((DATA / "policy.md").read_text().replace("- Respekt {", "- Respekt for alle {"))

    result = run("import", str(file), "--dry-run")

    assert "changed  respekt: Respekt for alle" in result.output
    assert PolicyVersion.objects.count() == 2


def test_a_bad_file_is_named_by_line_and_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "policy.md"
    file.write_text("# Plan\n## Område: A {#a}\n### Mål: B {#b}\ntall: no_such_figure\n- C {#b}\n")

    result = run("import", str(file))

    assert result.exit_code == 1
    assert "line 4" in result.output
    assert "line 5" in result.output
    assert PolicyVersion.objects.count() == 2


def test_ten_megabytes_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "policy.md"
    file.write_bytes(b"# Plan\n" + b"x" * 10_000_000)

    assert run("import", str(file)).exit_code == 1
    assert PolicyVersion.objects.count() == 2
