"""Whoever has the whole database of a closed campaign pairs people with answers no better than by chance.

The attacker has every row of every table, the order in which rows lie, the transactions that wrote them, all counters
and all that was logged. Chance is one in the number that collected in the group: pairing a group in any order that
tells nothing gives one right pair on average, whatever its size.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import server

INVITATION, ANSWER, BALLOT, PAPER, KEY = (
    f"questionnaires_{name}" for name in ("invitation", "answer", "ballot", "papercode", "groupkey")
)
TEXT, BATCH = "questionnaires_freetext", "questionnaires_textbatch"
URN = {INVITATION, ANSWER, BALLOT, PAPER, KEY}
Row = tuple[str, str, str, str, str]


@pytest.fixture(scope="module")
def seen(template: str, worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What can be seen of a campaign that was run in a database of its own, and what was logged."""
    database, target = f"byfolk_linking_{worker_id}", tmp_path_factory.mktemp("linking") / "seen.json"
    server.create(database, template)
    try:
        environment = server.environment_for(database) | {"BYFOLK_LOG_LEVEL": "INFO"}
        done = subprocess.run(
            [sys.executable, "-m", "tests.engines.questionnaires.linking.round", str(target)],
            env=environment, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        yield json.loads(target.read_text()) | {"logged": done.stdout + done.stderr}
    finally:
        server.drop(database)


def _place(row: Row) -> tuple[int, ...]:
    return tuple(int(part) for part in row[0].strip("()").split(","))


ORDERS: dict[str, Callable[[Row], Any]] = {
    "as they lie": _place,
    "by transaction": lambda row: (int(row[1]), int(row[2]), _place(row)),
    "by command": lambda row: (int(row[2]), _place(row)),
    "by the last to touch": lambda row: (int(row[3]), _place(row)),
    "by id": lambda row: json.loads(row[4]).get("id") or json.loads(row[4])["digest"],
}


def _answers(state: dict[str, Any], campaign: int) -> list[Row]:
    """The answers of this campaign: the demo's earlier rounds lie there too."""
    groups = [json.loads(row[4]) for row in state["rows"]["questionnaires_group"]]
    mine = {told["id"] for told in groups if told["campaign_id"] == campaign}
    return [row for row in state["rows"][ANSWER] if json.loads(row[4])["group_id"] in mine]


def _pairs(state: dict[str, Any], campaign: int, of_people: str, of_answers: str) -> dict[int, str]:
    """The attacker's guess: within each group, people and answers in these orders belong together."""
    people, answers, into = defaultdict(list), defaultdict(list), {}
    for row in state["rows"]["questionnaires_group"]:
        told = json.loads(row[4])
        into[told["id"]] = told["merged_into_id"] or told["id"]
    for row in sorted(state["rows"][INVITATION], key=ORDERS[of_people]):
        told = json.loads(row[4])
        # Those of a pile have collected all at once; their answers come last, and are paired by their codes below.
        if told["collected"] and not told["paper"] and told["campaign_id"] == campaign:
            people[into[told["group_id"]]].append(told["person_id"])
    for row in sorted(_answers(state, campaign), key=ORDERS[of_answers]):
        told = json.loads(row[4])
        answers[into[told["group_id"]]].append(told["answers"]["ord"])
    return {one: mark for group in people for one, mark in zip(people[group], answers[group], strict=False)}


def _right(seen: dict[str, Any], state: str, of_people: str, of_answers: str) -> int:
    guess = _pairs(seen[state], seen["campaign"], of_people, of_answers)
    return sum(seen["truth"].get(str(person)) == mark for person, mark in guess.items())


def test_before_the_close_the_order_would_give_them_away_so_the_attack_is_a_real_one(seen):
    best = max(_right(seen, "voted", one, other) for one in ORDERS for other in ORDERS)
    assert best >= 0.9 * len(seen["truth"])


@pytest.mark.parametrize("of_answers", ORDERS)
@pytest.mark.parametrize("of_people", ORDERS)
def test_after_the_close_no_order_pairs_better_than_chance(seen, of_people, of_answers):
    answers = _answers(seen["closed"], seen["campaign"])
    groups = {json.loads(row[4])["group_id"] for row in answers}
    assert len(answers) == len(seen["truth"]) + len(seen["slips"])
    # One right pair a group on average. So many more than that come by chance less than once in ten thousand rounds.
    assert _right(seen, "closed", of_people, of_answers) <= len(groups) + 4 * len(groups) ** 0.5 + 3


def _right_of_codes(seen: dict[str, Any], state: str, of_codes: str, of_answers: str) -> int:
    """How many answers the attacker pairs with the slip that they came from: both in these orders, group by group."""
    codes, answers = defaultdict(list), defaultdict(list)
    into = {told["id"]: told["merged_into_id"] or told["id"] for told in _told(seen, state, "questionnaires_group")}
    for row in sorted(seen[state]["rows"][BALLOT], key=ORDERS[of_codes]):
        told = json.loads(row[4])
        codes[into[told["group_id"]]].append(told["digest"].removeprefix("\\x"))
    for row in sorted(_answers(seen[state], seen["campaign"]), key=ORDERS[of_answers]):
        told = json.loads(row[4])
        answers[into[told["group_id"]]].append(told["answers"]["ord"])
    guess = {code: mark for group in codes for code, mark in zip(codes[group], answers[group], strict=False)}
    return sum(guess.get(code) == mark for code, mark in seen["slips"].items())


def _told(seen: dict[str, Any], state: str, table: str) -> list[dict[str, Any]]:
    return [json.loads(row[4]) for row in seen[state]["rows"][table]]


def test_before_the_close_the_order_would_tell_which_slip_an_answer_came_from(seen):
    best = max(_right_of_codes(seen, "voted", one, other) for one in ORDERS for other in ORDERS)
    assert best >= 0.9 * len(seen["slips"])


@pytest.mark.parametrize("of_answers", ORDERS)
@pytest.mark.parametrize("of_codes", ORDERS)
def test_after_the_close_no_order_tells_which_slip_an_answer_came_from(seen, of_codes, of_answers):
    groups = {json.loads(row[4])["group_id"] for row in _answers(seen["closed"], seen["campaign"])}
    assert _right_of_codes(seen, "closed", of_codes, of_answers) <= len(groups) + 4 * len(groups) ** 0.5 + 3


def test_no_code_stands_anywhere_and_the_order_of_the_slips_neither(seen):
    whole = json.dumps(seen["voted"]["rows"]) + json.dumps(seen["closed"]["rows"]) + seen["logged"]
    assert not [code for code in seen["codes"] if code in whole or code.replace(" ", "") in whole]
    lie = [json.loads(row[4]) for row in sorted(seen["opened"]["rows"][PAPER], key=_place)]
    for group in {told["group_id"] for told in lie}:
        digests = [told["digest"] for told in lie if told["group_id"] == group]
        assert digests == sorted(digests)


def test_the_codes_are_gone_so_that_no_ballot_tells_that_it_was_one(seen):
    assert len(seen["voted"]["rows"][PAPER]) == len(seen["slips"])
    assert seen["closed"]["rows"][PAPER] == []


@pytest.mark.parametrize("table", sorted(URN - {KEY, PAPER}))
def test_every_row_was_written_by_one_and_the_same_transaction(seen, table):
    assert len({(row[1], row[3]) for row in seen["closed"]["rows"][table]}) == 1


def test_no_group_knows_who_handed_in_last(seen):
    """A ballot's foreign key locks its group's row, and that the row remembers."""
    groups, mine = seen["closed"]["rows"]["questionnaires_group"], seen["campaign"]
    touched = {row[3] for row in groups if json.loads(row[4])["campaign_id"] == mine}
    wrote = {row[1] for row in _answers(seen["voted"], mine)}
    assert wrote.isdisjoint(touched)


def test_no_row_knows_a_time_an_address_or_the_other_table(seen):
    columns = {name: set(json.loads(seen["closed"]["rows"][name][0][4])) for name in (INVITATION, ANSWER, BALLOT)}
    assert columns == {
        INVITATION: {"id", "campaign_id", "group_id", "person_id", "collected", "sent", "paper"},
        ANSWER: {"id", "group_id", "answers"},
        BALLOT: {"digest", "group_id"},
    }
    assert {json.loads(row[4])["sent"] for row in seen["closed"]["rows"][INVITATION]} == {"\\x"}


def test_nothing_else_in_the_database_was_touched_while_people_voted(seen):
    def written(state: str, name: str) -> list[list[str]]:
        # Without who locked a row last: a ballot's foreign key locks its group's, which the close writes anew.
        return [[row[0], row[1], row[4]] for row in seen[state]["rows"][name]]

    changed = {name for name in seen["voted"]["rows"] if written("voted", name) != written("opened", name)}
    assert changed == {INVITATION, ANSWER, BALLOT}
    assert seen["voted"]["counters"] == seen["opened"]["counters"]


def test_what_lies_in_the_urn_stands_nowhere_else(seen):
    inside = [json.loads(row[4]) for name in (ANSWER, BALLOT) for row in seen["closed"]["rows"][name]]
    marks = [told.get("id") or told["digest"].removeprefix("\\x") for told in inside]
    marks += [told["answers"]["ord"] for told in inside if "ord" in told.get("answers", {})]
    elsewhere = "\n".join(row[4] for name, rows in seen["closed"]["rows"].items() if name not in URN for row in rows)
    assert not [mark for mark in marks if mark in elsewhere or mark in seen["logged"]]


def _texts(seen: dict[str, Any]) -> dict[int, list[Row]]:
    """The rows of the campaign's texts, by the batch that they lie in."""
    batches = {told["id"] for told in _told(seen, "computed", BATCH) if told["campaign_id"] == seen["campaign"]}
    found = defaultdict(list)
    for row in seen["computed"]["rows"][TEXT]:
        if (batch := json.loads(row[4])["batch_id"]) in batches:
            found[batch].append(row)
    return found


def test_texts_have_left_the_answers_when_the_result_comes(seen):
    written = {json.loads(row[4])["text"] for rows in _texts(seen).values() for row in rows}
    assert written == {*seen["truth"].values(), *seen["slips"].values()}
    left = "\n".join(row[4] for row in _answers(seen["computed"], seen["campaign"]))
    assert not [mark for mark in written if mark in left]


@pytest.mark.parametrize("of_texts", ORDERS)
@pytest.mark.parametrize("of_people", ORDERS)
def test_no_order_pairs_texts_and_people_better_than_chance(seen, of_people, of_texts):
    """The attacker is even told who wrote the texts of each batch, and needs only their order."""
    person_of, batches, right = {mark: int(person) for person, mark in seen["truth"].items()}, _texts(seen), 0
    invited = sorted(seen["computed"]["rows"][INVITATION], key=ORDERS[of_people])
    people = [(told["campaign_id"], told["person_id"]) for told in (json.loads(row[4]) for row in invited)]
    for rows in batches.values():
        marks = [json.loads(row[4])["text"] for row in sorted(rows, key=ORDERS[of_texts])]
        writers = [person_of[mark] for mark in marks if mark in person_of]
        guessed = [person for campaign, person in people if campaign == seen["campaign"] and person in set(writers)]
        right += sum(one == other for one, other in zip(guessed, writers, strict=True))
    assert right <= len(batches) + 4 * len(batches) ** 0.5 + 3


@pytest.mark.parametrize("of_texts", ORDERS)
@pytest.mark.parametrize("of_answers", ORDERS)
def test_no_order_pairs_texts_and_the_answers_that_they_came_in(seen, of_answers, of_texts):
    """The answers as they lay at the close, with their texts, are the truth; those that are left have the same ids."""
    text_of = {
        (told := json.loads(row[4]))["id"]: told["answers"]["ord"] for row in _answers(seen["closed"], seen["campaign"])
    }
    left = sorted(_answers(seen["computed"], seen["campaign"]), key=ORDERS[of_answers])
    batches, right = _texts(seen), 0
    for rows in batches.values():
        marks = [json.loads(row[4])["text"] for row in sorted(rows, key=ORDERS[of_texts])]
        guessed = [text_of.get(json.loads(row[4])["id"], "") for row in left]
        guessed = [mark for mark in guessed if mark in set(marks)]
        right += sum(one == other for one, other in zip(guessed, marks, strict=True))
    assert right <= len(batches) + 4 * len(batches) ** 0.5 + 3


def test_the_log_has_no_line_of_anybody_collecting_or_handing_in(seen):
    assert "hand_in" not in seen["logged"]
    assert "collect_ballot" not in seen["logged"]
    assert '"event": "request"' not in seen["logged"]


def test_the_keys_are_gone(seen):
    assert seen["voted"]["rows"][KEY]
    assert seen["closed"]["rows"][KEY] == []
