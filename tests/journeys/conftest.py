"""A real browser before a real server: its own copy of the small city, served as in production."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from byfolk.demo.cast import NURSING_HOME_CODE
from tests import server
from tests.journeys.asking import open_campaign

READY_WITHIN = 90


@pytest.fixture(scope="session")
def site(template: str, worker_id: str) -> Iterator[str]:
    """The address of a server of our own, with the ordinary settings and roles."""
    database = f"byfolk_site_{worker_id}"
    server.create(database, template)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = server.environment_for(database)
    subprocess.run([sys.executable, "-m", "byfolk", "setup"], env=environment, check=True, capture_output=True)
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"),
        *("--blocking-threads", "2", "--log-level", "critical", "byfolk.config.wsgi:application"),
    ]
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)
        server.drop(database)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer in time")


@pytest.fixture
def open_as(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`open_as("kari", "/styring")` is that page in a fresh browser; `width`, `scheme` and `scripts` say how."""
    contexts: list[BrowserContext] = []

    def visit(
        persona: str | None,
        path: str,
        *,
        width: int = 1280,
        scheme: str = "light",
        scripts: bool = True,
        check: bool = False,
    ) -> Page:
        context = chromium.new_context(
            base_url=site,
            locale="nb-NO",
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            bypass_csp=check,
        )
        contexts.append(context)
        if persona:
            assert context.request.post("/demo/step-in", form={"persona": persona}).ok
        page = context.new_page()
        page.goto(path, wait_until="load")
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def database(site: str, worker_id: str) -> str:
    """The name of the site's database."""
    return f"byfolk_site_{worker_id}"


@pytest.fixture
def survey(database: str) -> str:
    """The number of a survey that is open at the nursing home."""
    return str(open_campaign(database, unit=NURSING_HOME_CODE))
