"""Every page as Kari and as Solveig in the full city: queries, server time, and throughput beside a bare page."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from tests.bench import Result
from tests.bench.city import ensure_city

REPEATS = 21
SECONDS, CLIENTS = 6, 8
PUBLIC_CLIENTS = 16


def addresses(persona: str) -> dict[str, str]:
    """The pages of a persona, by the name under which they are reported."""
    from byfolk.demo.cast import CARE_AGENCY_CODE, CAST, NURSING_HOME_CODE, ROOT_CODE
    from byfolk.kernel.people.models import Card

    jonas = Card.objects.using("owner").get(person__employee_number=CAST["jonas"].employee_number).person_id
    everyone = {
        "home": "/",
        "board, city": f"/styring/{ROOT_CODE}",
        "board, agency": f"/styring/{CARE_AGENCY_CODE}",
        "board, nursing home": f"/styring/{NURSING_HOME_CODE}",
        "figure, sick leave of the city": f"/tall/sick_leave/{ROOT_CODE}",
        "figure, sick leave of the nursing home": f"/tall/sick_leave/{NURSING_HOME_CODE}",
        "policy": "/personalpolitikk",
        "policy, on hearing": "/personalpolitikk/2/omrade/medarbeidere-og-arbeidsmiljo",
        "policy, compared": "/personalpolitikk/sammenlign?fra=1&til=2",
        "goal, in the nursing home": f"/personalpolitikk/mal/like-muligheter?enhet={NURSING_HOME_CODE}",
        "guides": "/veiledere",
        "guides, searched": "/veiledere?q=oppf%C3%B8lging",
        "guide": "/veiledere/folg-opp-den-som-er-syk",
        "targets, sick leave of the nursing home": f"/tall/sick_leave/{NURSING_HOME_CODE}/mal",
        "actions, city": f"/enheter/{ROOT_CODE}/tiltak",
        "actions, nursing home": f"/enheter/{NURSING_HOME_CODE}/tiltak",
        "my actions": "/tiltak",
        "unit, city": f"/enheter/{ROOT_CODE}",
        "unit, nursing home": f"/enheter/{NURSING_HOME_CODE}",
        "relations, city": f"/enheter/{ROOT_CODE}/sammenhenger",
        "relations, care agency": f"/enheter/{CARE_AGENCY_CODE}/sammenhenger",
        "results of surveys": "/undersokelser/",
        "result of a survey, city": f"/undersokelser/3/resultat/{ROOT_CODE}/",
        "result of a survey, nursing home": f"/undersokelser/3/resultat/{NURSING_HOME_CODE}/",
        "what moved since the last survey, city": f"/undersokelser/3/resultat/{ROOT_CODE}/siden-sist/",
        "organisation": "/organisasjon/",
        "organisation, agency": f"/organisasjon/{CARE_AGENCY_CODE}/",
        "staff directory": "/kolleger/",
        "staff directory, searched": "/kolleger/?q=an",
        "a colleague": f"/kolleger/{jonas}/",
        "search": "/sok/?q=sy",
        "my page": "/mitt/",
        "who sees this about me": "/mitt/hvem-ser/",
        "personnel accounts 2025, city": "/personalregnskap/2025/",
        "personnel accounts 2025, agency": f"/personalregnskap/2025/{CARE_AGENCY_CODE}/",
        "my staff": "/ansatte/",
    }
    if persona == "kari":
        return everyone | {
            "data quality": "/datakvalitet/",
            "a survey of the city, response": "/undersokelser/runder/3/",
            "a survey of the city, response of an agency": f"/undersokelser/runder/3/?enhet={CARE_AGENCY_CODE}",
            "a survey of the city, texts to go through": "/undersokelser/runder/3/tekster/",
            "a survey that is over, its groups": "/undersokelser/urne/3/?q=skole",
        }
    start = f"/enheter/{NURSING_HOME_CODE}/tiltak/nytt?tall=sick_leave"
    return everyone | {"start an action from a figure": start}


def public_addresses() -> dict[str, str]:
    """What visitors read, by the name under which it is reported."""
    from byfolk.accounts.frozen import published_editions

    city = next(one for one in published_editions(newest_only=True) if one.level == 0)
    return {
        "signed accounts of the city": f"/regnskap/{city.year}/{city.unit_code}/",
        "open data": "/apne-data/",
        "open data: a year's figures": f"/apne-data/filer/tall-{city.year}.csv",
        "open data: a picture": f"/apne-data/figur/sick_leave/{city.unit_code}.svg",
        "API: figures of the city": f"/api/v1/public/units/{city.unit_code}/figures",
    }


def run() -> list[Result]:
    """Queries and times from the test client, throughput from the real server."""
    ensure_city()
    results = []
    for persona in ("kari", "solveig"):
        for name, address in addresses(persona).items():
            results += _one(persona, name, address)
    return results + _throughput()


def _one(persona: str, name: str, address: str) -> list[Result]:
    from django.db import connection
    from django.test import Client

    from byfolk.demo.cast import CAST

    client = Client(SERVER_NAME="localhost")
    client.post("/demo/step-in", {"persona": persona}, REMOTE_ADDR="127.0.0.1")
    started = time.perf_counter()
    response = client.get(address)
    first = (time.perf_counter() - started) * 1000
    if response.status_code != 200:
        return [Result(f"{CAST[persona].given_name}: {name}", 0, "ms", note=f"answered {response.status_code}")]
    queries: list[str] = []
    with connection.execute_wrapper(lambda run, sql, *rest: (queries.append(sql), run(sql, *rest))[1]):
        client.get(address)
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    note = (
        f"p95 {times[int(len(times) * 0.95)]:.0f} ms; {len(queries)} queries; {len(response.content) / 1024:.0f} kB; "
        f"first time {first:.0f} ms"
    )
    target = "60 ms, p95 150 ms, 25 queries"
    return [Result(f"{CAST[persona].given_name}: {name}, median", statistics.median(times), "ms", target, note)]


def _throughput() -> list[Result]:
    with serving() as port:
        cookie = _step_in(port, "kari")
        floor = _load(port, "/static/floor", cookie)
        found = [Result(f"floor: bare Django page of 50 indexed rows, {CLIENTS} clients", floor, "a second")]
        for name, address in addresses("kari").items():
            if name in {
                "home",
                "board, city",
                "unit, nursing home",
                "staff directory",
                "figure, sick leave of the city",
            }:
                rate = _load(port, address, cookie)
                note = f"{rate / floor:.2f} of the floor"
                found.append(Result(f"{name}, {CLIENTS} clients", rate, "a second", "0.2 of the floor", note))
        for name, address in public_addresses().items():
            rate = _load(port, address, "", clients=PUBLIC_CLIENTS)
            target = "300" if name == "signed accounts of the city" else ""
            note = f"{rate / floor:.2f} of the floor"
            found.append(Result(f"visitor: {name}, {PUBLIC_CLIENTS} clients", rate, "a second", target, note))
        return found


@contextmanager
def serving() -> Iterator[int]:
    """The real server, with the floor's addresses beside its own; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2"),
        *("--blocking-threads", "2", "--log-level", "critical", "tests.bench.served:application"),
    ]
    process = subprocess.Popen(command, env=os.environ | {"BYFOLK_LOG_LEVEL": "ERROR"})
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def _step_in(port: int, persona: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/demo/step-in", urlencode({"persona": persona}), headers)
    answer = connection.getresponse()
    cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    return "; ".join(cookies)


def _load(port: int, address: str, cookie: str, *, clients: int = CLIENTS) -> float:
    """Requests a second from clients that each ask again as soon as they are answered."""
    until, done, wrong = time.perf_counter() + SECONDS, [0] * clients, [0] * clients

    def ask(client: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < until:
            connection.request("GET", address, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            done[client] += 1
            wrong[client] += answer.status != 200

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if any(wrong):
        raise RuntimeError(f"{address} answered wrongly {sum(wrong)} of {sum(done)} times")
    return sum(done) / SECONDS
