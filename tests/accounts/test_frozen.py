"""A frozen edition never changes, and its files are made again from its snapshot to the last byte."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from byfolk.accounts import editing, frozen, making, pdf, snapshot, workbook
from byfolk.accounts.models import Edition, Section, Snapshot
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.models import Figure
from byfolk.kernel.access.acting import acting
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.portal import frontend
from tests.accounts.freezing import NOW, text_of
from tests.accounts.reading import words_of_html, words_of_pdf

CARE = "210"
Become = Callable[[str], AbstractContextManager[Actor]]
needs_look = pytest.mark.skipif(
    not frontend.STATIC_BUILT.exists(), reason="the look is not built: `byfolk setup --no-database`"
)
ITS_EDITION = "(select edition_id from accounts_snapshot where id = %s)"
#: Makes the files of a snapshot in a process of its own, without any database, and says their hashes.
REMAKE = """
import hashlib, sys
from pathlib import Path
import django
django.setup()
from byfolk.accounts import making, snapshot, workbook
edition = snapshot.read(Path(sys.argv[1]).read_text(encoding="utf-8"))
for language in ("nb", "en"):
    print(hashlib.sha256(making.frozen_pdf(edition, language)).hexdigest())
    print(hashlib.sha256(workbook.workbook(edition.report(language))).hexdigest())
"""


@pytest.mark.parametrize("code", ["1", "120", "515"])
def test_a_snapshot_reads_back_as_what_was_written(code: str) -> None:
    text = text_of(code)
    edition = snapshot.read(text)
    again = snapshot.write(
        edition.reports,
        {key: value for key, value in __import__("json").loads(text).items() if key not in ("reports", "format")},
    )
    assert again == text
    assert edition.report("nb").seal is not None
    assert edition.report("nb").seal.sha256 == hashlib.sha256(text.encode()).hexdigest()  # type: ignore[union-attr]
    assert edition.report("sv") == edition.report("nb")


def test_a_hidden_figure_has_no_number_in_a_snapshot() -> None:
    shown = snapshot.read(text_of("515")).report("nb")
    line = next(line for one in shown.chapters for line in one.lines if line.code == "sick_leave")
    assert [value.number for value in line.values] == [None, None, None]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format":99}', '{"format":1,"unit":"1"}'])
def test_a_text_that_is_no_snapshot_is_refused(text: str) -> None:
    with pytest.raises(snapshot.NotASnapshot):
        snapshot.read(text)


def test_a_field_that_came_later_keeps_its_default() -> None:
    assert snapshot.decoded({"is": "Fact", "label": "A", "value": "B", "unknown": 1}).note == ""
    with pytest.raises(snapshot.NotASnapshot):
        snapshot.decoded({"is": "Path", "label": "A"})


@needs_look
def test_two_processes_make_the_same_files_of_the_same_snapshot(tmp_path: Path) -> None:
    kept = tmp_path / "snapshot.json"
    kept.write_text(text_of(), encoding="utf-8")
    first, second = (
        subprocess.run([sys.executable, "-c", REMAKE, str(kept)], check=True, capture_output=True, text=True).stdout
        for _ in range(2)
    )
    assert first == second
    assert len(set(first.split())) == 4


@needs_look
def test_a_retired_indicator_is_printed_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = snapshot.read(text_of())
    before = making.files_of(edition)
    gone = registry.indicator("sick_leave")
    monkeypatch.delitem(registry._INDICATORS, gone.code)
    monkeypatch.delitem(registry._BY_KEY, gone.key)
    assert making.files_of(snapshot.read(text_of_kept(edition))) == before
    assert "Sykefravær" in words_of_html(making.page(edition.report("nb"), [])[1])


def text_of_kept(edition: snapshot.Frozen) -> str:
    """The text that an edition was read from, written again without looking anything up."""
    about = {
        "unit": edition.unit_code, "year": edition.year, "version": edition.version,
        "frozen_at": edition.frozen_at.isoformat(), "signer": edition.signer, "signer_role": edition.signer_role,
        "reason": edition.reason, "address": edition.address,
    }  # fmt: skip
    return snapshot.write(edition.reports, about)


@needs_look
def test_version_signer_and_hash_stand_in_every_format() -> None:
    edition = snapshot.read(text_of())
    made = edition.report("nb")
    page, paper = words_of_html(making.page(made, [])[1]), pdf.pdf(made, base=edition.address)
    for said in ("Amir Rahimi", "Behandlet i ledermøtet", edition.sha256):
        assert said in page
        assert said.replace(" ", "") in words_of_pdf(paper)
    last = PdfReader(io.BytesIO(paper)).pages[-1].extract_text()
    assert edition.sha256 in last.replace("\n", "")
    assert made.file_name == "personalregnskap-2025-120-v1"
    assert PdfReader(io.BytesIO(paper)).metadata.creation_date == NOW.replace(microsecond=0)  # type: ignore[union-attr]


# ---- in the small demo city


def _freeze(actor: Actor, code: str = CARE, reason: str = "Behandlet i ledermøtet") -> Snapshot:
    unit = Unit.objects.get(code=code)
    draft = editing.begin(actor=actor, unit=unit, year=2025, now=NOW)
    return editing.freeze(actor=actor, edition=draft, reason=reason, now=NOW)


@pytest.fixture
def kept(db: None, as_actor: Become) -> Snapshot:
    """The care agency's accounts of 2025, written in by Mette and frozen by Amir."""
    with as_actor("mette") as mette:
        unit = Unit.objects.get(code=CARE)
        draft = editing.begin(actor=mette, unit=unit, year=2025, now=NOW)
        editing.write_section(
            actor=mette, edition=draft, anchor="ansatte", text="Vi ble flere.", points=(), version=1, now=NOW
        )
    with as_actor("amir") as amir:
        return _freeze(amir)


def test_freezing_keeps_who_when_why_and_a_hash_of_everything(kept: Snapshot) -> None:
    assert (kept.version, kept.signer, kept.reason) == (1, "Amir Rahimi", "Behandlet i ledermøtet")
    assert kept.signer_role == "Direktør for Omsorgsetaten"
    assert kept.sha256 == hashlib.sha256(kept.content.encode()).hexdigest()
    assert Edition.objects.get(pk=kept.edition_id).state == "frozen"
    assert "Vi ble flere." in kept.content


@needs_look
def test_live_figures_may_change_and_the_files_do_not(kept: Snapshot) -> None:
    before = frozen.frozen(CARE, 2025)
    assert before is not None
    first = making.files_of(before)
    assert first == kept.files
    assert set(first) == {"pdf", "xlsx", "nn.pdf", "nn.xlsx", "en.pdf", "en.xlsx", "csv"}
    Figure.objects.filter(unit=kept.unit_id).update(value=None, state=1)
    after = frozen.frozen(CARE, 2025)
    assert after is not None
    assert making.files_of(after) == first
    assert making.page(after.report("nb"), []) == making.page(before.report("nb"), [])


@pytest.mark.parametrize(
    "sql",
    [
        "update accounts_snapshot set content = '{}' where id = %s",
        "update accounts_snapshot set reason = 'En annen' where id = %s",
        "delete from accounts_snapshot where id = %s",
        f"update accounts_edition set state = 'draft' where id = {ITS_EDITION}",
        f"delete from accounts_edition where id = {ITS_EDITION}",
        f"update accounts_section set text = 'Noe' where edition_id = {ITS_EDITION}",
        "insert into accounts_section (edition_id, unit_id, anchor, text, points, version) select edition_id, unit_id, "
        "'ny', '', '[]', 1 from accounts_snapshot where id = %s",
        "insert into accounts_comment (edition_id, unit_id, anchor, author_id, at, text) select edition_id, unit_id, "
        "'ny', 1, now(), 'Nå' from accounts_snapshot where id = %s",
    ],
)
def test_the_database_lets_nobody_change_what_is_frozen_not_even_the_owner(kept: Snapshot, sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [kept.pk])
    assert frozen.frozen(CARE, 2025) is not None


def test_a_snapshot_with_another_hash_is_refused_by_the_database(db: None, as_actor: Become) -> None:
    with as_actor("amir") as amir:
        draft = editing.begin(actor=amir, unit=Unit.objects.get(code=CARE), year=2025, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Snapshot.objects.create(
            edition=draft, unit=draft.unit, unit_code=CARE, name_nb="A", level=2, sort_key="a", year=2025, version=1,
            frozen_at=NOW, signer="A", signer_role="B", reason="C", content="{}", sha256="0" * 64,
        )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=draft.pk).update(state="frozen")


def test_a_new_version_begins_with_the_texts_of_the_one_before(kept: Snapshot, as_actor: Become) -> None:
    with as_actor("amir") as amir:
        draft = editing.begin(actor=amir, unit=kept.unit, year=2025, now=NOW)
        assert draft.version == 2
        assert Section.objects.get(edition=draft, anchor="ansatte").text == "Vi ble flere."
        again = editing.freeze(actor=amir, edition=draft, reason="Rettet", now=NOW)
    assert (again.version, again.sha256 != kept.sha256) == (2, True)
    first, newest = frozen.frozen(CARE, 2025, 1), frozen.frozen(CARE, 2025)
    assert first is not None
    assert newest is not None
    assert (first.version, newest.version) == (1, 2)
    assert frozen.frozen(CARE, 2025, 3) is None


def test_frozen_editions_are_open_to_visitors_and_drafts_are_not(kept: Snapshot, as_actor: Become) -> None:
    with as_actor("amir") as amir:
        editing.begin(actor=amir, unit=kept.unit, year=2025, now=NOW)
    with acting(None):
        assert [(one.unit_code, one.year, one.version) for one in frozen.published_editions(unit=CARE)] == [
            (CARE, 2025, 1)
        ]
        assert frozen.frozen(CARE, 2025) is not None
        with pytest.raises(DatabaseError), transaction.atomic():
            list(Edition.objects.all())


@pytest.mark.parametrize("key", ["mette", "kari", "tor", "solveig", "jonas", "ingrid", "per"])
def test_only_whoever_leads_the_agency_signs_for_it(db: None, as_actor: Become, key: str) -> None:
    with as_actor("amir") as amir:
        draft = editing.begin(actor=amir, unit=Unit.objects.get(code=CARE), year=2025, now=NOW)
    with as_actor(key) as other, pytest.raises(PermissionError):
        editing.freeze(actor=other, edition=draft, reason="Jeg vil", now=NOW)


def test_accounts_are_not_frozen_without_a_reason(db: None, as_actor: Become) -> None:
    with as_actor("amir") as amir, pytest.raises(editing.AccountsRefused):
        _freeze(amir, reason="  ")


def test_the_hr_direction_signs_for_the_city(db: None, as_actor: Become) -> None:
    with as_actor("kari") as kari:
        made = _freeze(kari, "1")
    assert (made.signer, made.unit_code) == ("Kari Nordahl", "1")


def test_a_frozen_edition_says_nothing_of_who_wrote_or_commented(kept: Snapshot) -> None:
    assert "Mette" not in kept.content
    assert dataclasses.is_dataclass(frozen.published_editions()[0])


@needs_look
def test_a_workbook_of_a_frozen_edition_has_the_texts() -> None:
    from tests.accounts.reading import cells_of_workbook

    sheets = cells_of_workbook(workbook.workbook(snapshot.read(text_of()).report("nb")))
    assert ("Ansatte og årsverk", "Vi er flere.") in sheets["Tekstene"]
