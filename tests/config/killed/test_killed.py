"""kill -9 of the server and of the worker, on the way of a file from the browser to the published figures.

One file takes the whole way once. At each step something is killed in the middle and started again, and what was seen
there is kept; each test says one thing about it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import psutil
import pytest

from byfolk.demo.loading import DAY
from byfolk.engines.indicators.models import Step
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.time import add_months, month_start, today
from tests import server
from tests.config.killed.installation import WITHIN, Browser, Hold, Installation

PEOPLE = 20
MONTH = add_months(month_start(min(DAY, today())), -1)  # the last month with figures
HEAD = "Ansattnr;Navn;Stillingsnr;Stillingstittel;Enhetskode;Ansettelsesform;St%;Fra dato;Årslønn"
NUMBERS = [f"K{i}" for i in range(PEOPLE)]


@pytest.fixture(scope="module")
def city(template: str, worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with the small demo city."""
    name = f"byfolk_killed_{worker_id}"
    server.create(name, template)
    installation = Installation(name, tmp_path_factory.mktemp("home"))
    yield installation
    installation.end()
    server.drop(name)


def file_of_people(city: Installation) -> bytes:
    """New people at one workplace from the last month on, and one row that cannot be read."""
    code = city.one(
        "select code from organisation_unit where level = %s and valid @> %s::date order by id", Level.WORKPLACE, MONTH
    )
    lines = [
        f"{number};LIE, Ola {number};P{number};Kokk;{code};Fast;100;{MONTH:%d.%m.%Y};480 000" for number in NUMBERS
    ]
    return "\n".join([HEAD, *lines, lines[0].replace("K0", "K99").replace(";100;", ";x;")]).encode()


def landed_rows(city: Installation) -> dict[str, int]:
    """How many rows of each kind the file has brought, as anyone sees it."""
    people = "(select id from people_person where employee_number = any(%s))"
    return {
        "people": city.one(f"select count(*) from {people} p", NUMBERS),
        **{
            table: city.one(f"select count(*) from people_{table} where person_id in {people}", NUMBERS)
            for table in ("employment", "pay", "card")
        },
    }


NOTHING = {"people": 0, "employment": 0, "pay": 0, "card": 0}
EACH_ONCE = dict.fromkeys(NOTHING, PEOPLE)


def state(city: Installation, batch: int) -> str:
    return city.one("select state from importing_batch where id = %s", batch)


def figures(city: Installation) -> str:
    """A hash of every published figure, whatever publication it came by."""
    return city.one(
        """select md5(string_agg(whole::text, ';' order by unit, indicator, breakdown, hierarchy, kind, period))
             from (select unit, indicator, breakdown, hierarchy, kind, period, state, n, numerator, denominator, value,
                          bound from indicators_figure) whole"""
    )


def heads(city: Installation) -> int:
    """How many people work in the city in the last month, as published."""
    return city.one(
        """select numerator from indicators_figure f join organisation_unit u on u.id = f.unit and u.parent_id is null
            where indicator = 30 and breakdown = 0 and hierarchy = 0 and kind = 0 and period = %s""",
        MONTH,
    )


@dataclass
class Tried:
    """The server was killed as soon as it had taken the file; another, with a worker beside it, was started."""

    batch: int
    jobs_when_killed: list[tuple[str, str]]
    state: str
    page: str
    server: psutil.Popen
    browser: Browser
    figures: str
    heads: int
    publications: int


@pytest.fixture(scope="module")
def tried(city: Installation) -> Tried:
    before = figures(city), heads(city), city.one("select count(*) from indicators_publication")
    first = city.serve("--no-worker")
    anne = Browser(f"http://127.0.0.1:{city.port}", "anne")
    mapping = anne.send("/import/", files={"file": ("ansatte.csv", file_of_people(city))})
    path = anne.send(mapping)
    city.kill(first)
    jobs, batch = city.jobs(), int(path.strip("/").split("/")[-1])
    second = city.serve()
    city.until(lambda: state(city, batch) not in ("received", "checking"), "the file is tried")
    return Tried(batch, jobs, state(city, batch), anne.open(path), second, anne, *before)


@dataclass
class Landed:
    """The worker was killed while it wrote. The server started another, which has landed the file, and stands in the
    middle of publishing the figures that follow.
    """

    when_killed: dict[str, int]
    state_when_killed: str
    page_when_killed: str
    rows: dict[str, int]
    state: str
    jobs: list[tuple[str, str]]
    figures: str
    publishing: Hold


@pytest.fixture(scope="module")
def landed(city: Installation, tried: Tried) -> Landed:
    path = f"/import/{tried.batch}/"
    cards, inputs = city.hold("people_card"), city.hold("indicators_inputcount")
    tried.browser.send(path, f"{path}hent-inn/")
    city.until(cards.stops_somebody, "people and employments are written, their cards not yet")
    city.kill(city.worker_of(tried.server))
    seen = landed_rows(city), state(city, tried.batch), tried.browser.open(path)
    city.until(city.waits_in_turn, "another worker has taken the job up")
    cards.release()
    city.until(inputs.stops_somebody, "the old figures are deleted and the new ones written, not yet for all to see")
    return Landed(*seen, landed_rows(city), state(city, tried.batch), city.jobs(), figures(city), inputs)


@dataclass
class Published:
    """Another refresh was asked for, server and worker were killed, and a worker was started by hand."""

    left_running: list[psutil.Process]
    figures_when_killed: str
    figures: str
    heads: int
    publications: int
    mixed: int
    jobs: list[tuple[str, str]]
    refreshes: list[tuple[int, str]]


@pytest.fixture(scope="module")
def published(city: Installation, tried: Tried, landed: Landed) -> Published:
    city.rows("select set_config('app.person_id', (select min(id) from people_person)::text, false)")
    city.rows("select byfolk_defer('figures.refresh', '{}', 'figures')")
    worker = city.worker_of(tried.server)
    others = [process for process in tried.server.children(recursive=True) if process != worker]
    tried.server.kill()
    city.kill(worker)
    _gone, left = psutil.wait_procs(others, timeout=WITHIN)
    old = figures(city)
    city.miss_all_workers()
    city.run("worker")
    city.until(city.waits_in_turn, "another refresh waits until the killed one has let go")
    landed.publishing.release()
    city.until(lambda: not {"todo", "doing"} & {status for _, status in city.jobs()}, "all jobs are over")
    return Published(
        left,
        old,
        figures(city),
        heads(city),
        city.one("select count(*) from indicators_publication"),
        city.one(
            "select count(*) from indicators_figure, (select id, months[1] as since from indicators_publication order "
            "by id desc limit 1) newest where (period >= since) <> (publication = newest.id)"
        ),
        city.jobs(),
        city.rows("select step, error from indicators_refresh order by id desc limit 2"),
    )


def test_a_file_that_was_taken_is_kept_when_the_server_is_killed(tried: Tried) -> None:
    assert tried.jobs_when_killed == [("import_batch", "todo")]


def test_started_again_it_tries_the_file(tried: Tried) -> None:
    assert tried.state == "checked"
    assert f"Hent inn {PEOPLE} rader" in tried.page


def test_a_worker_that_is_killed_while_it_writes_leaves_nothing_behind(landed: Landed) -> None:
    assert landed.when_killed == NOTHING


def test_the_page_says_meanwhile_that_the_rows_are_on_their_way(landed: Landed) -> None:
    assert landed.state_when_killed == "running"
    assert "Radene hentes inn" in landed.page_when_killed


def test_the_server_starts_another_worker_which_lands_each_row_once(landed: Landed) -> None:
    assert (landed.state, landed.rows) == ("landed", EACH_ONCE)


def test_the_file_is_told_of_once(city: Installation, tried: Tried, landed: Landed) -> None:
    counts, upload, findings, shares = city.rows(
        """select counts, (select count(*) from importing_upload u where u.batch_id = b.id),
                  (select count(*) from importing_finding f where f.batch_id = b.id),
                  (select sum(read) from importing_agencyshare s where s.batch_id = b.id)
             from importing_batch b where id = %s""",
        tried.batch,
    )[0]
    assert (counts["new"], counts["rejected"], counts["unchanged"]) == (PEOPLE, 1, 0)
    assert (upload, findings, shares) == (0, 1, PEOPLE + 1)


def test_what_lands_brings_new_figures_and_the_old_ones_stand_until_they_are_whole(
    tried: Tried, landed: Landed
) -> None:
    assert landed.jobs == [("import_batch", "succeeded"), ("import_batch", "succeeded"), ("figures.refresh", "doing")]
    assert landed.figures == tried.figures


def test_a_worker_that_is_killed_while_it_publishes_leaves_the_old_figures(tried: Tried, published: Published) -> None:
    assert published.figures_when_killed == tried.figures


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a process that its parent is gone")
def test_a_server_that_is_killed_leaves_nobody_who_answers_in_its_place(published: Published) -> None:
    assert published.left_running == []


def test_the_refresh_that_waits_makes_the_figures_that_the_killed_one_did_not(published: Published) -> None:
    assert published.jobs[2:] == [("figures.refresh", "aborted"), ("figures.refresh", "succeeded")]
    assert published.refreshes == [(Step.DONE, ""), (Step.PUBLISH, "Killed")]


def test_the_new_figures_are_whole_and_there_once(tried: Tried, published: Published) -> None:
    assert published.publications == tried.publications + 1
    assert published.mixed == 0
    assert published.heads == tried.heads + PEOPLE
