"""The style guide in a real browser: no axe violations, nothing that the content policy stops, no sideways scroll."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from byfolk.portal import frontend
from byfolk.portal.styleguide import sample_context

PAGES = {"/data": "portal/styleguide.html", "/personal": "portal/styleguide_personal.html"}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Pages(BaseHTTPRequestHandler):
    """The style guide's pages, and the files that they link to from where the project's settings find them."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path in PAGES:
            body, kind = render_to_string(PAGES[path], sample_context()).encode(), "text/html; charset=utf-8"
        else:
            # The build's folder is found here too, for a run whose settings were read before it was made.
            name = path.removeprefix("/static/")
            file = finders.find(name) or frontend.STATIC_BUILT / name
            if not Path(file).is_file():
                self.send_error(404)
                return
            body, kind = Path(file).read_bytes(), mimetypes.guess_type(path)[0] or "application/octet-stream"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test's output is its result."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    frontend.build(report=lambda _: None)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def opened(chromium: Browser, url: str, *, width: int, scheme: str = "light", check: bool = False) -> Page:
    """The page at that width; `check` lets axe in, which the page's own policy would stop."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=check)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url, wait_until="load")
    return page


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(chromium: Browser, address: str, path: str, width: int, scheme: str) -> None:
    page = opened(chromium, address + path, width=width, scheme=scheme, check=True)
    page.add_script_tag(path=frontend.ROOT / "node_modules" / "axe-core" / "axe.min.js")
    # Asked for violations only, axe does not collect what passed: a quarter of the time on a page of this size.
    found = page.evaluate("r => axe.run(document, {runOnly: r, resultTypes: ['violations']})", RULES)["violations"]
    page.context.close()
    assert [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found] == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_at_320_pixels(chromium: Browser, address: str, path: str) -> None:
    page = opened(chromium, address + path, width=320)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()
    assert width == 320


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_stopped_by_the_content_policy_or_missing(chromium: Browser, address: str, path: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 else None)
    page.goto(address + path, wait_until="networkidle")
    context.close()
    assert [line for line in said if "favicon" not in line] == []


def test_buttons_and_fields_are_44_pixels_high_on_a_phone(chromium: Browser, address: str) -> None:
    page = opened(chromium, address + "/data", width=390)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.ds-button, .ds-input, .menu summary, .top-search-link')]
            .map(e => [e.className, e.getBoundingClientRect()])
            .filter(([, r]) => r.width && Math.min(r.width, r.height) < 44).map(([name]) => name)"""
    )
    page.context.close()
    assert small == []
