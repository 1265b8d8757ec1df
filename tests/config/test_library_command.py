"""`byfolk library`: documents out to files and in again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from byfolk.config.cli.library import library_command
from byfolk.demo.guides import DATA
from byfolk.engines.library.models import Document, State, Version

pytestmark = pytest.mark.django_db
SICK = "folg-opp-den-som-er-syk"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(library_command, [str(one) for one in arguments])


def draft(number: int = 3, **changes: str) -> str:
    """A new version of the guide on sick leave, as a file."""
    front = {
        "code": SICK, "kind": "guide", "version": str(number), "owner": "'1'", "review_on": "2027-06-30",
        "title": "{nb: Ny utgave}",
    } | changes  # fmt: skip
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in front.items()) + "---\n\nNy tekst.\n"


def test_the_demos_guides_come_out_as_they_went_in(tmp_path: Path) -> None:
    assert run("export", tmp_path).exit_code == 0

    written = {path.name: path.read_text() for path in tmp_path.glob("*.md")}
    assert written == {path.name: path.read_text() for path in DATA.glob("*.md")}


def test_what_is_read_in_again_changes_nothing(tmp_path: Path) -> None:
    run("export", tmp_path)
    before = Version.objects.count()

    result = run("import", tmp_path)

    assert "0 new, 0 changed, 13 as they were" in result.output
    assert Version.objects.count() == before


def test_one_document_can_be_written_alone_and_an_unknown_one_is_told_of(tmp_path: Path) -> None:
    run("export", tmp_path, "--code", SICK)
    result = run("export", tmp_path, "--code", "no-such-guide")

    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{SICK}.1.md", f"{SICK}.2.md"]
    assert result.exit_code == 1
    assert "no document no-such-guide" in result.output


def test_a_file_without_a_day_becomes_a_draft_and_one_with_a_day_holds_from_it(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(draft())
    assert "new      a.md" in run("import", file).output
    assert Version.objects.get(document__code=SICK, number=3).state == State.DRAFT

    file.write_text(draft(code="helt-ny", number=1, valid_from="2027-01-01"))
    run("import", file)
    made = Version.objects.get(document__code="helt-ny")
    assert (made.state, made.valid.lower, made.valid.upper) == (State.PUBLISHED, dt.date(2027, 1, 1), None)


def test_a_draft_is_changed_by_a_file_and_never_what_is_published(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(draft())
    run("import", file)
    file.write_text(draft().replace("Ny tekst.", "Nyere tekst."))
    assert "changed  a.md" in run("import", file).output
    assert Version.objects.get(document__code=SICK, number=3).text == {"nb": "Nyere tekst."}

    file.write_text((DATA / f"{SICK}.2.md").read_text().replace("De første dagene", "Den første tiden"))
    result = run("import", file)
    assert result.exit_code == 1
    assert "cannot be changed" in result.output


def test_what_holds_can_be_ended_by_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text((DATA / f"{SICK}.2.md").read_text().replace("review_on", "valid_to: 2027-03-01\nreview_on"))

    assert "changed  a.md" in run("import", file).output
    assert Version.objects.get(document__code=SICK, number=2).valid.upper == dt.date(2027, 3, 1)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("b.md", draft(owner="'99'"), "b.md, line 5"),
        ("b.md", draft(goals="[no-such-goal]"), "no-such-goal"),
        ("b.md", draft(indicators="[no_such_figure]"), "no_such_figure"),
        ("b.md", draft(valid_from="2026-12-01"), "hold at the same time"),
        ("b.md", draft(review_on="2028-01-01", number=4), "review_on"),
        ("b.md", draft(number=4), "only have one draft"),
        ("b.md", draft(), "is in a.md"),
    ],
)
def test_one_wrong_file_and_nothing_is_changed(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / "a.md").write_text(draft())
    (tmp_path / name).write_text(text)
    (tmp_path / "c.md").write_text(draft(number=1, code="helt-ny"))

    result = run("import", tmp_path)

    assert result.exit_code == 1
    assert said in result.output
    assert "Nothing is changed." in result.output
    assert not Version.objects.filter(document__code=SICK, number__gt=2).exists()
    assert not Document.objects.filter(code="helt-ny").exists()
