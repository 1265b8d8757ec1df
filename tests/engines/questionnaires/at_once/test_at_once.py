"""However many do it in the same moment: one ballot each, a pile once, and a voided code is never also an answer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests import server


@pytest.fixture(scope="module")
def told(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int | list[int]]]:
    """What became of it, in a database of its own."""
    database, target = "byfolk_at_once", tmp_path_factory.mktemp("at_once") / "told.json"
    server.create(database, template)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.engines.questionnaires.at_once.round", str(target)],
            env=server.environment_for(database), capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        yield json.loads(target.read_text())
    finally:
        server.drop(database)


def test_of_two_who_make_the_pile_one_gets_it_and_whoever_collected_meanwhile_has_no_code(told):
    assert sorted(told["piles"]) == [0, told["people"] - told["collected"]]
    assert told["marked"] == told["people"]


def test_what_is_voided_while_people_hand_in_is_neither_lost_nor_counted_twice(told):
    drawn = max(told["piles"])
    assert told["again"] == drawn - told["accepted_first"]
    assert told["codes"] == drawn


def test_in_the_end_every_code_that_counts_was_handed_in_once(told):
    assert told["accepted"] == told["ballots"] == told["answers"] == told["codes"]
