"""Anonymous ballots: issuing a core, and accepted hand-ins beside a bare view that stores one row, in the same run."""

from __future__ import annotations

import base64
import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator

from tests.bench import Result
from tests.bench.city import ensure_city
from tests.bench.pages import serving

CLIENTS, SECONDS, VOTES = 32, 8, 4000
"""So many ballots are made beforehand; a run that uses them up ends there."""
CITY_IN_AN_HOUR = 50_000 / 3600


def run() -> list[Result]:
    """Arithmetic alone, then the real server with 32 clients."""
    return [*_arithmetic(), *_handing_in()]


def _arithmetic() -> list[Result]:
    from byfolk.engines.questionnaires.ballots.blind import make_key, sign_blinded, verifies
    from byfolk.engines.questionnaires.ballots.keeping import opened_key, sealed_key
    from tests.engines.questionnaires.voter import new_ballot

    made = _timed(make_key, 20)
    key = make_key()
    sealed, ballot = sealed_key(key, 1), new_ballot(key.public())
    issued = _timed(lambda: sign_blinded(opened_key(sealed, 1), ballot.message), 600)
    signature, public = ballot.finish(sign_blinded(key, ballot.message)), key.public()
    verified = _timed(lambda: verifies(public, ballot.prepared_message, signature), 5000)
    return [
        Result("keys made (3072 bits), a core", made, "a second", "", "a key for each group, once a campaign"),
        Result("ballots issued (key unsealed, signed, checked), a core", issued, "a second", "300"),
        Result("ballots verified, a core", verified, "a second"),
    ]


def _timed(do: Callable[[], object], times: int) -> float:
    """How often a second of this process's own time."""
    started = time.process_time()
    for _number in range(times):
        do()
    return times / (time.process_time() - started)


def _handing_in() -> list[Result]:
    ensure_city()
    campaign, bodies = _ballots()
    with serving() as port:
        floor = _load(port, "/static/store", iter([json.dumps({"answers": {"rekker": 4}})] * 10**6))
        accepted = _load(port, f"/undersokelser/urne/{campaign}/lever", iter(bodies))
        again = _load(port, "/static/store", iter([json.dumps({"answers": {"rekker": 4}})] * 10**6))
    beside = (floor + again) / 2
    note = f"{accepted / beside:.2f} of the bare view; a city of 50,000 within an hour needs {CITY_IN_AN_HOUR:.0f}"
    return [
        Result(f"floor: bare view that stores one row, {CLIENTS} clients", beside, "a second", "", "before and after"),
        Result(f"hand-ins accepted, {CLIENTS} clients", accepted, "a second", "140, and 0.5 of the floor", note),
    ]


def _ballots() -> tuple[int, list[str]]:
    """An open campaign of the care agency, and ballots that are signed and not handed in."""
    from django.db import connections

    from byfolk.engines.questionnaires.ballots.blind import sign_blinded
    from byfolk.engines.questionnaires.ballots.keeping import opened_key
    from byfolk.engines.questionnaires.campaigns.freezing import open_what_is_due
    from byfolk.engines.questionnaires.campaigns.models import Campaign, Group, GroupKey, Stage
    from byfolk.kernel.access.acting import acting_as_worker
    from byfolk.kernel.time import now
    from tests.engines.questionnaires.rounds import ANSWERS, campaign, keys
    from tests.engines.questionnaires.voter import new_ballot

    with connections["owner"].cursor() as cursor:
        cursor.execute("create table if not exists bench_stored (id uuid primary key, content jsonb not null)")
        cursor.execute("grant insert on bench_stored to public")
    with acting_as_worker(why="bench"):
        made = campaign(stage=Stage.SCHEDULED, code=f"bench-{now():%Y%m%d%H%M%S}", unit="2100001")
    open_what_is_due(now(), new_key=keys())
    bodies = []
    with acting_as_worker(why="bench"):
        digest = Campaign.objects.select_related("version").get(pk=made.pk).version.digest
        group = Group.objects.filter(campaign=made)[0]
        key = opened_key(bytes(GroupKey.objects.get(group=group).sealed), group.pk)
    for _number in range(VOTES):
        ballot = new_ballot(bytes(group.public_key))
        signature = ballot.finish(sign_blinded(key, ballot.message))
        message = {"message": _text(ballot.prepared_message), "signature": _text(signature)}
        bodies.append(json.dumps(message | {"group": group.pk, "digest": digest, "answers": ANSWERS}))
    return made.pk, bodies


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _load(port: int, address: str, bodies: Iterator[str]) -> float:
    """Posts a second from clients that each send the next as soon as they are answered."""
    started, lock, done, wrong = time.perf_counter(), threading.Lock(), [0] * CLIENTS, [0] * CLIENTS

    def send(client: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < started + SECONDS:
            with lock:
                body = next(bodies, None)
            if body is None:
                return
            connection.request("POST", address, body, {"Content-Type": "application/json", "Host": "localhost"})
            answer = connection.getresponse()
            said = answer.read()
            done[client] += 1
            wrong[client] += answer.status != 200 or b"already" in said

    threads = [threading.Thread(target=send, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if any(wrong):
        raise RuntimeError(f"{address} answered wrongly {sum(wrong)} of {sum(done)} times")
    return sum(done) / (time.perf_counter() - started)
