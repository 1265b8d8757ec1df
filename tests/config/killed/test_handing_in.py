"""kill -9 of a web process, the whole server and PostgreSQL while many hand in: what was acknowledged is there once.

Clients hand in ballots all the while, and send again what was not acknowledged. What was killed is started again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from tests.config.killed.installation import Installation
from tests.config.killed.own_database import OwnDatabase
from tests.config.killed.voters import CUT_OFF, Load, Slip, slips

BALLOTS, CLIENTS = 330, 8
BETWEEN, AHEAD = 20, 60
"""So many are acknowledged before and after each kill, and so many more may be on their way when it comes."""


@pytest.fixture(scope="module")
def city(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with the small demo city, in a database server of its own."""
    home = tmp_path_factory.mktemp("own")
    own = OwnDatabase(home)
    own.copy(template)
    installation = Installation("", home, own)
    yield installation
    installation.end()
    own.end()


@dataclass
class Voted:
    """All ballots were acknowledged, past three kills. `cut_off`: requests without an answer, at each."""

    campaign: int
    slips: list[Slip]
    load: Load
    cut_off: list[int]
    durable: list[str]


@pytest.fixture(scope="module")
def voted(city: Installation) -> Voted:
    with ThreadPoolExecutor() as beside:
        serving = beside.submit(city.serve, "--processes", "2", "--no-worker")
        campaign, made = beside.submit(slips, city, BALLOTS).result()
        server = serving.result()
    durable = [city.one(f"show {setting}") for setting in ("fsync", "synchronous_commit", "full_page_writes")]
    load, cut_off = Load(city, campaign, made, clients=CLIENTS), []

    def counted(before: int) -> None:
        cut_off.append(load.told[CUT_OFF] - before)

    load.start()
    load.until_acknowledged(BETWEEN, ahead=AHEAD)
    before, workers = load.told[CUT_OFF], city.web_workers(server)
    city.kill(workers[0])
    load.until_cut_off(before)
    city.until(lambda: len(city.web_workers(server)) == 2, "the server has another web process")
    load.until_acknowledged(BETWEEN)
    counted(before)

    load.until_acknowledged(BETWEEN, ahead=AHEAD)
    before = load.told[CUT_OFF]
    city.kill(server)
    load.until_cut_off(before)
    city.serve("--processes", "2", "--no-worker")
    load.until_acknowledged(BETWEEN)
    counted(before)

    load.until_acknowledged(BETWEEN, ahead=AHEAD)
    before = load.told[CUT_OFF]
    city.own.kill()
    load.until_cut_off(before)
    city.own.start()
    city.watch()
    load.until_acknowledged(BETWEEN)
    counted(before)
    load.finish()
    return Voted(campaign, made, load, cut_off, durable)


def in_the_urn(city: Installation, campaign: int) -> tuple[Counter[str], Counter[str], dict[int, tuple[int, int]]]:
    """Ballots by digest, answers by what is written in them, and how many of each there are in a group."""
    groups = "group_id in (select id from questionnaires_group where campaign_id = %s)"
    ballots = city.rows(f"select encode(digest, 'hex'), group_id from questionnaires_ballot where {groups}", campaign)
    answers = city.rows(f"select answers ->> 'ord', group_id from questionnaires_answer where {groups}", campaign)
    by_group = Counter(group for _digest, group in ballots), Counter(group for _word, group in answers)
    return (
        Counter(digest for digest, _group in ballots),
        Counter(word for word, _group in answers),
        {group: (by_group[0][group], by_group[1][group]) for group in by_group[0] | by_group[1]},
    )


def test_the_database_waits_for_the_disk(voted: Voted) -> None:
    assert voted.durable == ["on", "on", "on"]


def test_each_kill_cut_somebody_off(voted: Voted) -> None:
    assert len(voted.cut_off) == 3
    assert min(voted.cut_off) > 0


def test_every_answer_that_was_acknowledged_is_there_once(city: Installation, voted: Voted) -> None:
    ballots, answers, _by_group = in_the_urn(city, voted.campaign)
    assert ballots == Counter(slip.digest for slip in voted.slips)
    assert answers == Counter(slip.word for slip in voted.slips)


def test_there_are_as_many_answers_as_ballots_in_each_group(city: Installation, voted: Voted) -> None:
    sent = Counter(slip.group for slip in voted.slips)
    _ballots, _answers, by_group = in_the_urn(city, voted.campaign)
    assert by_group == {group: (count, count) for group, count in sent.items()}


def test_only_who_was_cut_off_is_told_that_the_ballot_was_there_already(voted: Voted) -> None:
    for slip in voted.slips:
        assert slip.told[:-1] == [CUT_OFF] * (len(slip.told) - 1)
        assert slip.told[-1] == "accepted" or len(slip.told) > 1


def test_what_is_sent_again_is_in_the_urn_already_and_changes_nothing(city: Installation, voted: Voted) -> None:
    before = in_the_urn(city, voted.campaign)
    assert {voted.load.send(slip) for slip in voted.slips[:50]} == {"already"}
    assert in_the_urn(city, voted.campaign) == before
