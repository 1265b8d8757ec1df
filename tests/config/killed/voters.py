"""Ballots that are signed and not handed in, and clients that hand them in until they are told that it was taken."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field

import requests

from tests.config.killed.installation import WITHIN, Installation


@dataclass
class Slip:
    """A ballot with its answers, and what became of each time that it was sent."""

    digest: str
    group: int
    word: str
    body: str
    told: list[str] = field(default_factory=list)


def slips(city: Installation, count: int) -> tuple[int, list[Slip]]:
    """An open campaign of the care agency, and so many ballots in its groups by turns."""
    code = f"from tests.config.killed.voters import made_here; made_here({count})"
    environment = city.environment | {"DJANGO_SETTINGS_MODULE": "byfolk.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    campaign, made = json.loads(done.stdout.splitlines()[-1])
    return campaign, [Slip(**one) for one in made]


def made_here(count: int) -> None:
    """Make them in the database that the environment names, and print them."""
    from byfolk.config.database_setup import start_django

    start_django()
    from byfolk.engines.questionnaires.ballots.blind import sign_blinded
    from byfolk.engines.questionnaires.ballots.codes import digest_of
    from byfolk.engines.questionnaires.ballots.keeping import opened_key
    from byfolk.engines.questionnaires.campaigns.freezing import open_what_is_due
    from byfolk.engines.questionnaires.campaigns.models import Campaign, Group, GroupKey, Stage
    from byfolk.kernel.access.acting import acting_as_worker
    from byfolk.kernel.time import now
    from tests.engines.questionnaires.rounds import ANSWERS, campaign
    from tests.engines.questionnaires.voter import new_ballot

    with acting_as_worker(why="test"):
        number_of_it = campaign(stage=Stage.SCHEDULED).pk
    assert open_what_is_due(now()) == 1
    with acting_as_worker(why="test"):
        digest_of_content = Campaign.objects.select_related("version").get(pk=number_of_it).version.digest
        groups = list(Group.objects.filter(campaign=number_of_it))
        sealed = {one.group_id: bytes(one.sealed) for one in GroupKey.objects.filter(group__in=groups)}
    keys = {group.pk: opened_key(sealed[group.pk], group.pk) for group in groups}
    made = []
    for number in range(count):
        group = groups[number % len(groups)]
        ballot = new_ballot(bytes(group.public_key))
        signature = ballot.finish(sign_blinded(keys[group.pk], ballot.message))
        word = f"Svar {number}"
        body = {
            "group": group.pk, "message": _text(ballot.prepared_message), "signature": _text(signature),
            "digest": digest_of_content, "answers": ANSWERS | {"ord": word},
        }  # fmt: skip
        digest = digest_of(ballot.prepared_message).hex()
        made.append({"digest": digest, "group": group.pk, "word": word, "body": json.dumps(body)})
    print(json.dumps([number_of_it, made]))


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


CUT_OFF = "cut off"


class Load:
    """Clients that take one slip after the other, and send each until it is acknowledged: what voters do."""

    def __init__(self, city: Installation, campaign: int, waiting: list[Slip], *, clients: int) -> None:
        self.city, self.waiting, self.lock = city, list(reversed(waiting)), threading.Condition()
        self.let = 0
        self.address = f"http://127.0.0.1:{city.port}/undersokelser/urne/{campaign}/lever"
        self.told: Counter[str] = Counter()
        self.threads = [threading.Thread(target=self._hand_in_all, daemon=True) for _client in range(clients)]

    def start(self) -> None:
        """Let all begin, as far as they may."""
        for thread in self.threads:
            thread.start()

    def finish(self) -> None:
        """Let in those that are left, and wait until all slips are acknowledged."""
        self._let_in(len(self.waiting))
        for thread in self.threads:
            thread.join(WITHIN)
        assert not self.waiting

    @property
    def acknowledged(self) -> int:
        """How many slips were taken, so far as their clients know."""
        return self.told["accepted"] + self.told["already"]

    def until_acknowledged(self, more: int, *, ahead: int = 0) -> None:
        """Let in so many more, and `ahead` beyond them, and wait until so many more are acknowledged.

        They are let in by and by: on a fast machine none would be left when something is killed later.
        """
        wanted = self.acknowledged + more
        self._let_in(more + ahead)
        self.city.until(lambda: self.acknowledged >= wanted, f"{wanted} are acknowledged")

    def _let_in(self, more: int) -> None:
        with self.lock:
            self.let += more
            self.lock.notify_all()

    def until_cut_off(self, since: int) -> None:
        """Wait until some client has missed an answer, since there were so many who had."""
        self.city.until(lambda: self.told[CUT_OFF] > since, "somebody is cut off")

    def _hand_in_all(self) -> None:
        while True:
            with self.lock:
                self.lock.wait_for(lambda: self.let or not self.waiting, WITHIN)
                if not self.waiting:
                    return
                self.let -= 1
                slip = self.waiting.pop()
                if not self.waiting:
                    self.lock.notify_all()
            while self.send(slip) not in ("accepted", "already"):
                self.city.until(self.city.answers, "the server answers")

    def send(self, slip: Slip) -> str:
        """Send a slip once, and note what was answered: the state that was told, or that nothing was."""
        try:
            headers = {"Content-Type": "application/json"}
            answer = requests.post(self.address, slip.body, headers=headers, timeout=WITHIN)
            told = answer.json()["state"] if answer.ok else CUT_OFF
        except requests.RequestException:
            told = CUT_OFF
        with self.lock:
            slip.told.append(told)
            self.told[told] += 1
        return told
