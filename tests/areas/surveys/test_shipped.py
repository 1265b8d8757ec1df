"""The instruments that come with Byfolk."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from byfolk.areas.surveys import shipped
from byfolk.areas.surveys.shipped import FILES, load_instruments
from byfolk.areas.surveys.tasks import load_what_ships
from byfolk.demo.policy import DATA
from byfolk.engines.goals.document import by_key
from byfolk.engines.goals.policy import read_policy
from byfolk.engines.questionnaires.instruments.checking import lacks, missing_texts
from byfolk.engines.questionnaires.instruments.content import Kind
from byfolk.engines.questionnaires.instruments.models import Instrument, InstrumentKind, InstrumentVersion
from byfolk.engines.questionnaires.instruments.reading import InstrumentFile, read
from byfolk.engines.questionnaires.instruments.writing import as_yaml

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
FOUND = {path.stem: read(path.read_bytes(), kinds=InstrumentKind.values) for path in FILES}


def statements(found: InstrumentFile) -> int:
    return sum(item.kind is Kind.SCALE for item in found.content.items())


def test_there_are_four_each_in_a_file_named_by_its_code():
    assert sorted(FOUND) == ["employee-survey", "exit-survey", "pulse", "user-survey"]
    assert all(found.code == name for name, found in FOUND.items())


@pytest.mark.parametrize("name", FOUND)
def test_each_is_whole_in_three_languages_and_may_be_put_in_use(name):
    assert missing_texts(FOUND[name].content) == []
    assert lacks(FOUND[name].content) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_file_is_written_as_export_writes_it(path: Path):
    found = FOUND[path.stem]

    assert as_yaml(found.code, found.kind, found.content) == path.read_text(encoding="utf-8")


def test_the_employee_survey_has_35_statements_in_ten_factors_and_asks_of_gender_and_age_voluntarily():
    content = FOUND["employee-survey"].content

    assert statements(FOUND["employee-survey"]) == 35
    assert sum(len(factor.items) for factor in content.factors) == 35
    assert len(content.factors) == 10
    assert [item.code for item in content.items() if item.kind is not Kind.SCALE] == ["gender", "age-band", "own-words"]


def test_the_others_are_as_short_as_they_promise():
    counts = {name: len(list(found.content.items())) for name, found in FOUND.items()}

    assert counts == {"employee-survey": 38, "pulse": 5, "user-survey": 13, "exit-survey": 12}
    assert statements(FOUND["user-survey"]) == 12


@pytest.mark.parametrize("name", FOUND)
def test_nothing_must_be_answered(name):
    assert not any(item.required for item in FOUND[name].content.items())


@pytest.mark.parametrize("name", FOUND)
def test_every_factor_becomes_a_figure_and_tells_of_goals_that_the_policy_has(name):
    goals = {key for key, placed in by_key(read_policy(DATA / "policy.md")).items() if placed.paragraph.kind == "goal"}

    for factor in FOUND[name].content.factors:
        assert factor.published
        assert factor.goals
        assert set(factor.goals) <= goals, factor.code


@pytest.mark.django_db
def test_the_demo_has_them_in_use_and_loading_them_again_changes_nothing():
    before = list(InstrumentVersion.objects.order_by("pk").values_list("pk", "digest", "state"))

    assert {state for _pk, _digest, state in before} == {"in_use"}
    assert load_instruments(NOW) == []
    assert list(InstrumentVersion.objects.order_by("pk").values_list("pk", "digest", "state")) == before


@pytest.mark.django_db
def test_what_the_municipality_has_written_itself_is_never_overwritten():
    changed = Instrument.objects.get(code="pulse")
    Instrument.objects.filter(pk=changed.pk).update(title={"nb": "Vår egen puls"})

    load_instruments(NOW)

    assert Instrument.objects.get(code="pulse").title == {"nb": "Vår egen puls"}


@pytest.mark.django_db
def test_a_job_brings_what_lacks_as_the_background_role(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    new = tmp_path / "new-pulse.yaml"
    new.write_text(as_yaml("new-pulse", "pulse", FOUND["pulse"].content), encoding="utf-8")
    monkeypatch.setattr(shipped, "FILES", (*FILES, new))

    load_what_ships(timestamp=0)
    load_what_ships(timestamp=1)

    found = InstrumentVersion.objects.get(instrument__code="new-pulse")
    assert (found.state, found.number, found.instrument.unit.parent) == ("in_use", 1, None)
