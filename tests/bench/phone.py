"""Answering on a phone: what the device must reckon, whether the page stands still meanwhile, what forty items take.

A phone is a Chromium that is slowed down and given a slow net. What it slows down is the page's own thread and not its
workers, so the arithmetic of a ballot is timed in the page; that the page does not stand still is watched where the
worker does it, as for whoever answers. No people are timed.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench import Result
from tests.bench.city import ensure_city
from tests.bench.pages import serving

RATES = (4, 6)
"""How many times slower than this machine: a phone of the middle class, and an old one."""
TIMES = 5
SLOW_NET = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
"""In milliseconds, and bytes a second: a poor mobile net."""
HERE = "/static/surveys/answering"

ARITHMETIC = """async (key) => {
    const { BlindRSA } = await import("/static/vendor/blindrsa/blindrsa.js");
    const { blindDrawn } = await import("/static/surveys/answering/drawn.js");
    const { draws, newSeed } = await import("/static/surveys/answering/seed.js");
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const suite = new BlindRSA({
        name: "RSABSSA-SHA384-PSS-Randomized", hash: "SHA-384", saltLength: 48, prepareType: 32,
    });
    const algorithm = { name: "RSA-PSS", hash: "SHA-384" };
    const known = await crypto.subtle.importKey("spki", bytes(key), algorithm, true, ["verify"]);
    const started = performance.now();
    const { message, randomizer, salt, blinding } = await draws(newSeed(), bytes(key));
    const made = await blindDrawn(suite, known, message, { randomizer: [randomizer], salt, blinding });
    const blinded = performance.now() - started;
    const again = performance.now();
    // Not signed: all but the last step of it is reckoned, and refused.
    await suite.finalize(known, made.prepared, made.blinded, made.inverse).catch(() => {});
    return [blinded, performance.now() - again];
}"""
LONG_TASKS = """async ([address, key]) => {
    const { asker, toText } = await import("/static/surveys/answering/store.js");
    const { newSeed } = await import("/static/surveys/answering/seed.js");
    const ask = asker(address);
    await ask({ what: "blind", key, seed: toText(newSeed()) });
    const found = [];
    const watch = new PerformanceObserver((list) => found.push(...list.getEntries().map(({ duration }) => duration)));
    watch.observe({ type: "longtask" });
    await ask({ what: "blind", key, seed: toText(newSeed()) });
    await new Promise((resolve) => setTimeout(resolve, 200));
    return found;
}"""


def run() -> list[Result]:
    """The arithmetic and the page at each rate, then forty items by tapping and by keys."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop running
    ensure_city()
    with serving() as port, _chromium() as browser:
        campaign = _campaign()
        found: list[Result] = []
        for rate in RATES:
            found += _arithmetic(browser, port, campaign, rate)
        for person, how in (("jonas", _by_tapping), ("solveig", _by_keys)):
            found += _forty(browser, port, campaign, person, how)
    return found


@contextmanager
def _chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from tests import browser as installed

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=installed.find(), args=installed.ARGUMENTS)
        yield launched
        launched.close()


def _campaign() -> int:
    """An open campaign of forty items in the care agency."""
    from byfolk.demo.cast import CARE_AGENCY_CODE
    from byfolk.engines.questionnaires.campaigns.freezing import open_what_is_due
    from byfolk.engines.questionnaires.campaigns.models import Stage
    from byfolk.kernel.access.acting import acting_as_worker
    from byfolk.kernel.time import now
    from tests.engines.questionnaires.every_kind import FORTY
    from tests.engines.questionnaires.rounds import campaign, keys

    code = f"phone-{now():%Y%m%d%H%M%S}"
    with acting_as_worker(why="bench"):
        made = campaign(stage=Stage.SCHEDULED, code=code, unit=CARE_AGENCY_CODE, content=FORTY)
    open_what_is_due(now(), new_key=keys())
    return made.pk


def _phone(browser: Any, port: int, person: str, rate: int) -> Any:
    """A page of a slowed-down phone of one of the cast. The net is slow only from the first page on."""
    context = browser.new_context(
        base_url=f"http://localhost:{port}", locale="nb-NO", viewport={"width": 390, "height": 844},
        has_touch=True, is_mobile=True, bypass_csp=True,
    )  # fmt: skip
    assert context.request.post("/demo/step-in", form={"persona": person}).ok
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_NET)
    return page


def _arithmetic(browser: Any, port: int, campaign: int, rate: int) -> list[Result]:
    page = _phone(browser, port, "jonas", rate)
    page.goto(f"/undersokelser/{campaign}/", wait_until="networkidle")
    key, worker = page.evaluate("[promise.dataset.key, promise.dataset.worker]")
    times = [page.evaluate(ARITHMETIC, key) for _time in range(TIMES)]
    long = [task for _time in range(TIMES) for task in page.evaluate(LONG_TASKS, [worker, key])]
    page.context.close()
    blinding, finishing = (statistics.median(one) / 1000 for one in zip(*times, strict=True))
    slower = f"{rate} times slower than this machine"
    return [
        Result(f"a ballot made and blinded, {slower}", blinding, "s", "", "while the promise is read"),
        Result(f"a ballot finished, {slower}", finishing, "s", "", "while the first questions are read"),
        Result(
            f"tasks over 50 ms on the page's thread while the worker blinds, {slower}", len(long), "", "0",
            f"in {TIMES} ballots" + (f"; the longest {max(long):.0f} ms" if long else ""),
        ),
    ]  # fmt: skip


def _forty(browser: Any, port: int, campaign: int, person: str, how: Any) -> list[Result]:
    """From the press that collects to the thanks, at the slowest rate; answers are given without thinking."""
    page = _phone(browser, port, person, RATES[0])
    page.goto(f"/undersokelser/{campaign}/", wait_until="networkidle")
    now = "performance.timeOrigin + performance.now()"
    collected = page.evaluate(now)
    page.get_by_role("button", name="Hent stemmeseddelen min").tap()
    page.get_by_text("1 av 40").wait_for()
    opened = page.evaluate(now)
    page.wait_for_function("Object.values(localStorage).some((kept) => JSON.parse(kept).signature)")
    ready = page.evaluate(now)
    page.evaluate(WATCH)
    presses = how(page)
    page.get_by_text("Takk. Svarene dine er levert.").wait_for()
    took, waits = (page.evaluate(now) - ready) / 1000, sorted(page.evaluate("window.waits"))
    page.context.close()
    name = {_by_tapping: "taps", _by_keys: "keys"}[how]
    note = f"{took:.0f} s of machine from the first question to the thanks; five minutes are 7.5 s an item"
    return [
        Result(f"40 items by {name}: presses in all", presses, name, "", note),
        Result(
            f"40 items by {name}: from Neste until the next is drawn, median", statistics.median(waits), "ms", "",
            f"p95 {waits[int(len(waits) * 0.95)]:.0f} ms; {RATES[0]} times slower than this machine",
        ),
        Result(
            f"40 items by {name}: from the press that collects to the first question", (opened - collected) / 1000, "s",
            "", f"poor net; the ballot is finished {(ready - opened) / 1000:.1f} s later (workers are not slowed down)",
        ),
    ]  # fmt: skip


WATCH = """() => {
    window.waits = [];
    addEventListener("submit", () => {
        const pressed = performance.now();
        requestAnimationFrame(() => setTimeout(() => window.waits.push(performance.now() - pressed)));
    }, { capture: true });
}"""
"""Milliseconds from a press on Neste until the next question is drawn, each time."""


def _by_tapping(page: Any) -> int:
    """A tap on an answer and one on Neste, forty times, then when, and hand in. Answers how many taps."""
    for place in range(1, 41):
        page.get_by_text(f"{place} av 40").wait_for()
        page.locator(".question:not([hidden]) .ask-option").nth(place % 5).tap()
        page.locator("#next").tap()
    page.locator("label[for=when-now]").tap()
    page.locator("#deliver").tap()
    return 1 + 2 * 40 + 2


def _by_keys(page: Any) -> int:
    """From the heading to the first answer, to the wanted one, and on; forty times. Answers how many keys."""
    presses = 0
    page.locator(".question:not([hidden]) h1").evaluate("(one) => { one.tabIndex = -1; one.focus(); }")
    for place in range(1, 41):
        page.get_by_text(f"{place} av 40").wait_for()
        for key in ("Tab", "Space", *["ArrowDown"] * (place % 5), "Enter"):
            page.keyboard.press(key)
            presses += 1
    for key in ("Tab", "Space", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    return 1 + presses + 4
