"""The addresses of the API, and who may see what there."""

from __future__ import annotations

from typing import Any

from tests.access.policy_routes import EMPLOYED, HR, _draft

SIGN_IN = 401


def cases(Case: Any, ANYONE: Any) -> dict[str, list[Any]]:
    """The cases of the API's routes, made with the table's own class."""
    return {
        "api": [Case(ANYONE)],
        "api_openapi": [Case(ANYONE)],
        # The public face: the city, departments and agencies, whoever asks.
        "api_public_units": [
            Case(ANYONE),
            Case(ANYONE, query=lambda w: {"parent": w.care, "limit": 1}, about="below an agency: an empty list"),
        ],
        "api_public_unit": [
            Case(ANYONE, lambda w: [w.care]),
            Case((), lambda w: [w.nursing_home], visitor=404, about="below the agencies"),
            Case((), lambda w: ["no-such-unit"], visitor=404, about="no such unit"),
        ],
        "api_public_indicators": [Case(ANYONE)],
        "api_public_indicator": [
            Case(ANYONE, lambda w: ["sick_leave"]),
            Case((), lambda w: ["no_such_indicator"], visitor=404, about="no such indicator"),
        ],
        "api_public_indicator_figures": [
            Case(ANYONE, lambda w: ["sick_leave"], query=lambda w: {"first": "2025-01", "span": "month"}),
            Case((), lambda w: ["no_such_indicator"], visitor=404, about="no such indicator"),
        ],
        "api_public_unit_figures": [
            Case(ANYONE, lambda w: [w.care], query=lambda w: {"by": "gender"}),
            Case((), lambda w: [w.nursing_home], visitor=404, about="below the agencies"),
        ],
        "api_public_policy": [Case(ANYONE)],
        "api_public_accounts": [Case(ANYONE)],
        "api_public_accounts_unit": [
            Case(ANYONE, lambda w: [2024, "1"]),
            Case((), lambda w: [2025, "1"], visitor=404, about="a draft"),
        ],
        # The face for those who work here: as the pages.
        "api_units": [Case(EMPLOYED, visitor=SIGN_IN)],
        "api_unit": [
            Case(EMPLOYED, lambda w: [w.nursing_home], visitor=SIGN_IN),
            Case((), lambda w: ["no-such-unit"], visitor=SIGN_IN, about="no such unit"),
        ],
        "api_indicators": [Case(EMPLOYED, visitor=SIGN_IN)],
        "api_indicator": [Case(EMPLOYED, lambda w: ["pay_ratio"], visitor=SIGN_IN)],
        "api_indicator_figures": [
            Case(EMPLOYED, lambda w: ["sick_leave"], query=lambda w: {"tree": "today"}, visitor=SIGN_IN),
        ],
        "api_unit_figures": [
            Case(EMPLOYED, lambda w: [w.nursing_home], visitor=SIGN_IN),
            Case((), lambda w: ["no-such-unit"], visitor=SIGN_IN, about="no such unit"),
        ],
        "api_policy": [Case(EMPLOYED, visitor=SIGN_IN)],
        "api_policy_versions": [Case(EMPLOYED, visitor=SIGN_IN)],
        "api_policy_version": [
            Case(EMPLOYED, lambda w: [2], visitor=SIGN_IN),
            Case(HR, _draft, visitor=SIGN_IN, about="a draft"),
            Case((), lambda w: [99], visitor=SIGN_IN, about="no such version"),
        ],
        "api_accounts": [Case(EMPLOYED, visitor=SIGN_IN)],
        "api_accounts_year": [
            Case(EMPLOYED, lambda w: [2025], visitor=SIGN_IN),
            Case((), lambda w: [2019], visitor=SIGN_IN, about="a year without figures"),
        ],
        "api_accounts_unit": [
            Case(EMPLOYED, lambda w: [2025, w.care], visitor=SIGN_IN),
            Case((), lambda w: [2025, w.nursing_home], visitor=SIGN_IN, about="a unit that is no agency"),
        ],
    }  # fmt: skip


def open_cases(Case: Any, ANYONE: Any) -> dict[str, list[Any]]:
    """The cases of the open data's routes: the same for everybody."""
    return {
        "open_data": [
            Case(ANYONE),
            Case(
                ANYONE, query=lambda w: {"tall": "headcount", "enhet": w.nursing_home}, about="a unit that is not open"
            ),
        ],
        "open_definitions": [Case(ANYONE)],
        "open_package": [Case(ANYONE)],
        "open_catalogue": [Case(ANYONE)],
        "open_file": [
            Case(ANYONE, lambda w: ["tall-2025"]),
            Case((), lambda w: ["no-such-file"], visitor=404, about="no such file"),
        ],
        "open_figure": [
            Case(ANYONE, lambda w: ["sick_leave", w.care]),
            Case((), lambda w: ["sick_leave", w.nursing_home], visitor=404, about="below the agencies"),
        ],
    }


def accounts_cases(Case: Any, ANYONE: Any) -> dict[str, list[Any]]:
    """The signed accounts, for anyone. The demo's city has signed those of 2024 and drafts those of 2025."""
    return {
        "all_open_accounts": [Case(ANYONE)],
        "open_accounts": [
            Case(ANYONE, lambda w: [2024, "1"]),
            Case((), lambda w: [2025, "1"], visitor=404, about="a draft"),
            Case((), lambda w: [2024, w.nursing_home], visitor=404, about="a unit without accounts"),
        ],
        "open_accounts_version": [
            Case(ANYONE, lambda w: [2024, "1", 1]),
            Case((), lambda w: [2024, "1", 2], visitor=404, about="no such version"),
        ],
        "open_accounts_summary": [
            Case(ANYONE, lambda w: [2024, "1"]),
            Case((), lambda w: [2025, "1"], visitor=404, about="of a draft"),
        ],
        "open_accounts_file": [
            Case(ANYONE, lambda w: [2024, "1", 1, "regnskap.xlsx"]),
            Case((), lambda w: [2024, "1", 1, "no-such.pdf"], visitor=404, about="no such file"),
        ],
    }
