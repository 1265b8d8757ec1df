"""Every page in a real browser: axe finds nothing, the content policy stops nothing, nothing overflows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from byfolk.portal import frontend

AXE = frontend.ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: The pixels of an A4 page within its margins.
PAPER = {"width": 680, "height": 980}
ACTIONS = [
    "/tiltak",
    f"/enheter/{NURSING_HOME_CODE}/tiltak",
    f"/enheter/{NURSING_HOME_CODE}/tiltak?vis=all",
    f"/enheter/{NURSING_HOME_CODE}/tiltak/nytt?tall=sick_leave",
    "/tiltak/1",
    "/tiltak/1/endre",
    "/tiltak/1/gi-videre",
]
"""The first of the demo's actions is Solveig's."""
EXPLAIN = f"/tall/sick_leave/{NURSING_HOME_CODE}/forklaring"
POLICY = [
    "/personalpolitikk",
    "/personalpolitikk/2/omrade/medarbeidere-og-arbeidsmiljo",
    "/personalpolitikk/mal/godt-og-inkluderende-arbeidsmiljo",
    "/personalpolitikk/eier/like-muligheter",
    "/personalpolitikk/versjoner",
    "/personalpolitikk/sammenlign?fra=1&til=2",
    "/personalpolitikk/2/horing",
    "/personalpolitikk/2/avsnitt/holde-medarbeidersamtale-med-alle-hvert-ar",
    "/personalpolitikk/2/skriv",
    "/personalpolitikk/2/skriv/vedta",
    "/personalpolitikk/ny",
]
GUIDE = "/veiledere/folg-opp-den-som-er-syk"
GUIDES = [
    "/veiledere",
    "/veiledere?q=romferge",
    GUIDE,
    f"{GUIDE}/utgaver/1",
    f"{GUIDE}/sammenlign",
    f"{GUIDE}/lest",
    f"{GUIDE}/se-over",
    "/veiledere/ny",
]
INSTRUMENTS = [
    "/undersokelser/skjemaer/",
    "/undersokelser/skjemaer/nytt/",
    "/undersokelser/skjemaer/les-inn/",
    "/undersokelser/skjemaer/employee-survey/1/",
    "/undersokelser/skjemaer/employee-survey/1/forhandsvisning/?nr=4",
    "/undersokelser/skjemaer/exit-survey/1/forhandsvisning/?nr=1",
    "/undersokelser/skjemaer/employee-survey/1/ny-versjon/",
]
ACCOUNTS = [
    "/personalregnskap/2024/",
    "/personalregnskap/2024/1/versjoner/",
    "/personalregnskap/2025/1/utkast/",
    "/personalregnskap/2025/1/utkast/les/",
    "/personalregnskap/2025/1/utkast/kapittel/neste-ar/",
    "/personalregnskap/2025/1/utkast/frys/",
    "/personalregnskap/2025/1/utkast/kast/",
]
ACCOUNTS_FOR_ANYONE = ["/regnskap/", f"/regnskap/2024/{ROOT_CODE}/", f"/regnskap/2024/{ROOT_CODE}/sammendrag/"]
"""The demo's city has signed those of the year before last."""
RESULT = "/undersokelser/3/resultat"
"""Of the newest of the demo's three rounds."""
PAGES = {
    "kari": [
        "/",
        "/undersokelser/",
        f"{RESULT}/{ROOT_CODE}/",
        *POLICY,
        *GUIDES,
        *INSTRUMENTS,
        *ACCOUNTS,
        "/styring",
        f"/styring/{CARE_AGENCY_CODE}",
        "/tall",
        f"/tall/sick_leave/{ROOT_CODE}",
        f"/tall/full_time/{CARE_AGENCY_CODE}",
        f"/enheter/{ROOT_CODE}",
        f"/enheter/{ROOT_CODE}/sammenhenger",
        f"/tall/user_satisfaction/{ROOT_CODE}",
        "/organisasjon/",
        "/kolleger/",
        "/sok/?q=syk",
        "/personalregnskap/",
        "/personalregnskap/2025/",
        f"/personalregnskap/2025/{CARE_AGENCY_CODE}/",
        "/undersokelser/runder/",
        "/undersokelser/runder/ny",
    ],
    "solveig": [
        "/",
        f"{RESULT}/{NURSING_HOME_CODE}/",
        f"{RESULT}/{NURSING_HOME_CODE}/skjerm",
        f"/styring/{NURSING_HOME_CODE}",
        f"/enheter/{NURSING_HOME_CODE}",
        f"/tall/sick_leave/{NURSING_HOME_CODE}",
        "/ansatte/",
        *ACTIONS,
        EXPLAIN,
        GUIDE,
    ],
    "jonas": [
        "/",
        "/mitt/",
        "/mitt/hvem-ser/",
        "/om/personvern/",
        "/om/hjelp/",
        "/om/tilgjengelighet/",
        "/konto/kode/",
        "/finnes-ikke/",
    ],
    "tor": ["/personalpolitikk/2", "/personalpolitikk/2/avsnitt/respekt"],
    "amir": ["/", "/personalpolitikk/mal/like-muligheter", f"/personalregnskap/2025/{CARE_AGENCY_CODE}/utkast/"],
    "anne": ["/", "/first-steps", "/roller/", "/import/", "/datakvalitet/", f"/datakvalitet/{CARE_AGENCY_CODE}/"],
    None: ["/konto/inn/", "/demo/step-in", "/apne-data/", "/apne-data/definisjoner/", "/api/v1/", *ACCOUNTS_FOR_ANYONE],
}
EVERY = [(persona, path) for persona, paths in PAGES.items() for path in paths]


@pytest.mark.parametrize(("persona", "path"), EVERY)
def test_a_page_has_no_fault_that_axe_can_find_in_light_dark_on_a_phone_and_in_print(
    open_as: Callable[..., Page], persona: str | None, path: str
):
    page = open_as(persona, path, check=True)
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="light")
    assert faults(page) == []
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    assert faults(page) == []


@pytest.mark.parametrize(("persona", "path"), EVERY)
def test_a_page_fits_a_narrow_phone_and_keeps_to_the_content_policy(
    open_as: Callable[..., Page], persona: str | None, path: str
):
    page = open_as(persona, "about:blank", width=320)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(path, wait_until="load")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    assert [text for text in said if "404" not in text] == []


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds wrong: the rule and the first places."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.add_script_tag(path=AXE)
    found = page.evaluate("r => axe.run(document, {runOnly: r, resultTypes: ['violations']})", RULES)["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found]
