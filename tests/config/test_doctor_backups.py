"""`byfolk doctor` finds backups from while an anonymous campaign was open."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from byfolk.config.cli import doctor
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.kernel.time import now

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def _copy(folder: Path, name: str, at: dt.datetime) -> None:
    file = folder / name
    file.write_bytes(b"x")
    os.utime(file, (at.timestamp(), at.timestamp()))


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.BACKUPS, settings.BACKUP_DAYS = str(tmp_path), 30
    return tmp_path


@pytest.fixture
def round_of_2024() -> Campaign:
    return Campaign.objects.using("owner").order_by("closes_at")[0]


def test_a_backup_from_while_it_was_open_is_told_of(folder: Path, round_of_2024: Campaign) -> None:
    _copy(folder, "midt-i.dump", round_of_2024.opens_at + dt.timedelta(days=2))
    check = doctor._backups()
    assert not check.well
    assert "midt-i.dump" in check.found


def test_a_backup_from_before_or_after_is_well(folder: Path, round_of_2024: Campaign) -> None:
    _copy(folder, "for.dump", round_of_2024.opens_at - dt.timedelta(days=1))
    _copy(folder, "etter.dump", round_of_2024.closed_at + dt.timedelta(hours=1))
    assert doctor._backups().well


def test_a_backup_may_lie_there_until_its_date(folder: Path, round_of_2024: Campaign) -> None:
    _copy(folder, "midt-i.dump", round_of_2024.opens_at + dt.timedelta(days=2))
    closed = now() - dt.timedelta(days=29)
    Campaign.objects.using("owner").update(closed_at=closed)
    assert doctor._backups().well


def test_a_folder_that_is_not_there_is_told_of(settings, tmp_path: Path) -> None:
    settings.BACKUPS = str(tmp_path / "nowhere")
    assert not doctor._backups().well
    settings.BACKUPS = ""
    assert doctor._backups().well
