"""Every address of Byfolk, and who may see what there. A route that is missing here fails the test.

`opens` names those of the cast who get the page. Everybody else gets 404, as if it did not exist; a visitor is sent
to sign in, and is told nothing by a POST. A program is told to sign in (401), and 404 of what is not public.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from byfolk.kernel.time import today
from tests.access import (
    accounts_routes,
    api_routes,
    instrument_routes,
    library_routes,
    plan_routes,
    policy_routes,
    result_routes,
    survey_routes,
)
from tests.access.world import World

EMPLOYED = ("kari", "amir", "solveig", "jonas", "ingrid", "mette", "tor", "lise", "per", "nora", "anne")
YEAR = today().year
LEADERS = ("amir", "solveig")
OVER_JONAS = ("amir", "solveig", "mette")
AT_THE_HOME = ("kari", "amir", "solveig", "jonas", "mette", "lise", "per")
AT_WORK = (*OVER_JONAS, "jonas")
STAFF = (*LEADERS, "mette", "kari")
ANYONE = object()
"""Open to visitors too."""


@dataclass(frozen=True)
class Case:
    """One address with its arguments and query, and who may open it. With `post`, the form that is sent instead."""

    opens: Any
    args: Callable[[World], list[Any]] = lambda world: []
    query: Callable[[World], dict[str, Any]] = lambda world: {}
    post: dict[str, Any] | None = None
    about: str = ""
    answers: int = 200
    accepts: tuple[int, ...] = field(default=())
    visitor: int = 302


def whom(key: str) -> Callable[[World], list[Any]]:
    """The number of one of the cast as the only argument."""
    return lambda world: [world.person(key)]


ROUTES: dict[str, list[Case]] = {
    "home": [Case(EMPLOYED)],
    # What is registered about oneself. There is no address for another's.
    "me": [Case(EMPLOYED)],
    "who_sees": [Case(EMPLOYED), Case(EMPLOYED, query=lambda w: {"alle": 1})],
    "download_me": [Case(EMPLOYED)],
    "download_me_json": [Case(EMPLOYED)],
    "report_error": [
        Case(EMPLOYED),
        Case(EMPLOYED, post={"kind": "pay", "text": "Feil"}, answers=302),
    ],
    "mail_choice": [Case(EMPLOYED, post={"actions": "off"}, answers=302)],
    "corrections": [Case((*LEADERS, "mette"))],
    "answer_correction": [
        Case(OVER_JONAS, lambda w: [w.correction("jonas")], about="Jonas"),
        Case((), lambda w: [w.correction("ingrid")], about="Ingrid"),
        Case(("amir", "mette"), lambda w: [w.correction("solveig")], about="Solveig, by those above her"),
        Case(OVER_JONAS, lambda w: [w.correction("jonas")], post={"answer": "Rettet"}, answers=302, about="Jonas"),
        Case((), lambda w: [w.correction("ingrid")], post={"answer": "Rettet"}, about="Ingrid"),
    ],
    # The staff of one's own units.
    "staff": [
        Case(STAFF),
        Case(STAFF, query=lambda w: {"q": "haugen", "sort": "percentage", "page": 2}, about="search, sort, page"),
        Case(STAFF, query=lambda w: {"unit": w.nursing_home}, about="the nursing home"),
        Case(("kari",), query=lambda w: {"unit": w.water}, about="another agency"),
    ],
    "staff_csv": [Case(STAFF), Case(("kari",), query=lambda w: {"unit": w.water}, about="another agency")],
    "staff_xlsx": [Case(STAFF), Case(("kari",), query=lambda w: {"unit": w.water}, about="another agency")],
    "staff_person": [
        Case(OVER_JONAS, whom("jonas"), about="Jonas"),
        Case((), whom("ingrid"), about="Ingrid"),
        Case(("amir", "mette"), whom("solveig"), about="Solveig, by those above her"),
        Case((), lambda w: [0], about="nobody"),
    ],
    "staff_sensitive": [
        Case(OVER_JONAS, lambda w: [w.person("jonas"), "pay"], about="Jonas' pay: asks why"),
        Case(OVER_JONAS, lambda w: [w.person("jonas"), "pay"], post={"purpose": "talk"}, about="Jonas' pay"),
        Case(OVER_JONAS, lambda w: [w.person("jonas"), "absence"], post={"purpose": "duty"}, about="Jonas' absence"),
        Case(("mette",), lambda w: [w.person("jonas"), "address"], post={"purpose": "mend"}, about="Jonas' address"),
        Case((), lambda w: [w.person("ingrid"), "pay"], post={"purpose": "talk"}, about="Ingrid's pay"),
        Case((), lambda w: [w.person("ingrid"), "absence"], about="Ingrid's absence"),
        Case((), lambda w: [w.person("jonas"), "employment"], about="a kind that needs no purpose"),
        Case((), lambda w: [w.person("jonas"), "no-such-kind"], about="no such kind"),
    ],
    # Roles.
    "grants": [Case(("anne",)), Case(("anne",), query=lambda w: {"q": "dahl", "role": "auditor"})],
    "give_role": [Case(("anne",)), Case(("anne",), query=lambda w: {"q": "haugen"})],
    "give_role_to": [
        Case(("anne",), whom("jonas")),
        Case(("anne",), whom("jonas"), post={"role": "recruiter", "unit": "1"}, about="asks for what is missing"),
        Case((), lambda w: [0], about="nobody"),
    ],
    "end_role": [
        Case(("anne",), lambda w: [w.grant("tor")]),
        Case(("anne",), lambda w: [w.grant("tor")], post={"reason": "Sluttet i vervet"}, answers=302),
        Case((), lambda w: [0], about="no such role"),
    ],
    "undo_role": [
        Case((), lambda w: [w.change], post={}, about="another's change"),
        Case((), lambda w: [0], post={}, about="no such change"),
    ],
    "grant_history": [Case(("anne", "per"))],
    "audit_reads": [Case(("per",)), Case(("per",), query=lambda w: {"page": 2})],
    "first_steps": [Case(("anne",))],
    # Import and data quality.
    "imports": [Case(("anne",))],
    "import_batch": [Case(("anne",), lambda w: [w.batch]), Case((), lambda w: [0], about="no such file")],
    "import_mapping": [Case(("anne",), lambda w: [w.batch])],
    "import_land": [Case(("anne",), lambda w: [w.batch], post={}, answers=302)],
    "import_again": [Case(("anne",), lambda w: [w.batch], post={}, answers=302)],
    "import_throw_away": [Case(("anne",), lambda w: [w.batch], post={}, answers=302)],
    "import_findings": [
        Case(("anne",), lambda w: [w.batch, "csv"]),
        Case(("anne",), lambda w: [w.batch, "xlsx"]),
    ],
    "data_quality": [Case((*STAFF, "anne"))],
    "data_quality_agency": [
        Case((*STAFF, "anne"), lambda w: [w.care]),
        Case((), lambda w: [w.nursing_home], about="a unit that is no agency"),
    ],
    "data_quality_owner": [Case(("anne", "kari"), lambda w: [w.care])],
    # Open to all who work here.
    "directory": [Case(EMPLOYED), Case(EMPLOYED, query=lambda w: {"q": "haugen", "unit": w.water})],
    "colleague": [
        Case(EMPLOYED, whom("ingrid")),
        Case((), lambda w: [w.protected], about="a protected person"),
    ],
    "organisation": [Case(EMPLOYED)],
    "organisation_unit": [
        Case(EMPLOYED, lambda w: [w.nursing_home]),
        Case((), lambda w: ["no-such-unit"], about="no such unit"),
    ],
    # Published figures.
    "board": [Case(EMPLOYED), Case(EMPLOYED, query=lambda w: {"enhet": w.water, "til": "2025-06"})],
    "board_unit": [
        Case(EMPLOYED, lambda w: [w.nursing_home]),
        Case(EMPLOYED, lambda w: [w.care], query=lambda w: {"last": "xlsx"}, about="as a file"),
        Case((), lambda w: ["no-such-unit"], about="no such unit"),
    ],
    "figures": [Case(EMPLOYED)],
    "figure": [
        Case(EMPLOYED, lambda w: ["sick_leave", w.nursing_home]),
        Case(EMPLOYED, lambda w: ["pay_ratio", w.water], query=lambda w: {"last": "csv"}, about="as a file"),
        Case((), lambda w: ["no_such_figure", w.care], about="no such figure"),
        Case((), lambda w: ["sick_leave", "no-such-unit"], about="no such unit"),
    ],
    "targets": [
        Case(EMPLOYED, lambda w: ["sick_leave", w.nursing_home], query=lambda w: {"ar": 2027}),
        Case(
            ("kari", "amir"),
            lambda w: ["sick_leave", w.nursing_home],
            post={"year": YEAR, "value": "8,8", "tolerance": "0,3"},
            answers=302,
            about="set for the nursing home, by those above it",
        ),
        Case(
            ("kari",),
            lambda w: ["sick_leave", w.care],
            post={"remove": YEAR},
            answers=302,
            about="taken from the agency",
        ),
        Case((), lambda w: ["headcount", w.care], about="a figure without a better way"),
        Case((), lambda w: ["sick_leave", "no-such-unit"], about="no such unit"),
    ],
    "undo_target": [Case((), lambda w: ["sick_leave", w.nursing_home, 0], post={}, about="no such change")],
    # What a unit says of why a figure is as it is: for those who lead or help the unit.
    "explain": [
        Case(OVER_JONAS, lambda w: ["sick_leave", w.nursing_home]),
        Case(OVER_JONAS, lambda w: ["sick_leave", w.nursing_home], post={"text": ""}, about="asks for what is missing"),
        Case(("kari",), lambda w: ["sick_leave", "1"], about="the whole city"),
        Case((), lambda w: ["no_such_figure", w.care], about="no such figure"),
        Case((), lambda w: ["sick_leave", "no-such-unit"], about="no such unit"),
    ],
    "withdraw_note": [
        Case(OVER_JONAS, policy_routes.explained, post={"version": 1}, answers=302),
        Case((), lambda w: ["full_time", w.water], post={"version": 1}, about="nothing is said there"),
    ],
    "unit": [
        Case(EMPLOYED, lambda w: [w.nursing_home]),
        Case((), lambda w: ["no-such-unit"], about="no such unit"),
    ],
    # Published figures alone, so all who see those.
    "relations": [
        Case(EMPLOYED, lambda w: [w.care]),
        Case((), lambda w: ["no-such-unit"], about="no such unit"),
    ],
    # Actions: for those who lead or help the unit, work there, or answer for one.
    "actions": [Case(EMPLOYED)],
    "unit_actions": [
        Case(AT_THE_HOME, lambda w: [w.nursing_home]),
        Case((*AT_THE_HOME, "tor"), lambda w: [w.care], query=lambda w: {"vis": "all", "mal": "3.1"}, about="agency"),
        Case(("kari", "per", "ingrid"), lambda w: [w.water], query=lambda w: {"last": "csv"}, about="as a file"),
        Case((), lambda w: ["no-such-unit"], about="no such unit"),
    ],
    "start_action": [
        Case(OVER_JONAS, lambda w: [w.nursing_home], query=lambda w: {"tall": "sick_leave"}),
        Case(OVER_JONAS, lambda w: [w.nursing_home], post={"title": ""}, about="asks for what is missing"),
        Case(("kari",), lambda w: ["1"], query=lambda w: {"mal": "3.1"}, about="the whole city"),
        Case((), lambda w: ["no-such-unit"], about="no such unit"),
    ],
    "action": [Case(AT_THE_HOME, lambda w: [w.action]), Case((), lambda w: [0], about="no such action")],
    "edit_action": [
        Case(AT_WORK, lambda w: [w.action]),
        Case(
            AT_WORK,
            lambda w: [w.action],
            post={"title": "Ny", "due": "2027-06-30", "version": 1, "owner": 1},
            answers=302,
        ),
    ],
    "hand_over": [
        Case(OVER_JONAS, lambda w: [w.action]),
        Case(OVER_JONAS, lambda w: [w.action], post={"owner": ""}, about="asks for what is missing"),
    ],
    "action_state": [
        Case(AT_WORK, lambda w: [w.action], post={"state": "done", "version": 1}, answers=302),
        Case(AT_WORK, lambda w: [w.action], post={"state": "dropped", "version": 1}, about="asks why"),
    ],
    "undo_action": [
        Case(AT_WORK, lambda w: [w.action, 1], post={}, about="says that nothing can be taken back"),
        Case((), lambda w: [0, 1], post={}, about="no such action"),
    ],
    "comment_action": [
        Case((*AT_WORK, "kari"), lambda w: [w.action], post={"text": "Det går bra"}, answers=302),
    ],
    "search": [Case(EMPLOYED), Case(EMPLOYED, query=lambda w: {"q": "haugen"})],
    "accounts": [Case(EMPLOYED), Case(EMPLOYED, query=lambda w: {"ar": 2024})],
    "accounts_year": [
        Case(EMPLOYED, lambda w: [2025]),
        Case((), lambda w: [2019], about="a year without figures"),
    ],
    "accounts_year_pdf": [Case(EMPLOYED, lambda w: [2025])],
    "accounts_year_workbook": [Case(EMPLOYED, lambda w: [2025])],
    "accounts_agency": [
        Case(EMPLOYED, lambda w: [2025, "210"]),
        Case((), lambda w: [2025, w.nursing_home], about="a unit that is no agency"),
    ],
    "accounts_agency_pdf": [Case(EMPLOYED, lambda w: [2025, "210"])],
    "accounts_agency_workbook": [Case(EMPLOYED, lambda w: [2025, "210"])],
    # Open to anyone.
    "privacy": [Case(ANYONE)],
    "accessibility": [Case(ANYONE)],
    "help": [Case(ANYONE)],
    "set_language": [Case(ANYONE, post={"language": "nn", "next": "/"}, answers=302)],
}

ROUTES |= policy_routes.cases(Case)
ROUTES |= library_routes.cases(Case)
ROUTES |= api_routes.cases(Case, ANYONE)
ROUTES |= api_routes.open_cases(Case, ANYONE)
ROUTES |= api_routes.accounts_cases(Case, ANYONE)
ROUTES |= accounts_routes.cases(Case)
ROUTES |= instrument_routes.cases(Case)
ROUTES |= result_routes.cases(Case)
ROUTES |= plan_routes.cases(Case)
ROUTES |= survey_routes.cases(Case, ANYONE)

WITHOUT_ACTOR = {
    # They show nothing about anyone but the one who signs in; tests/portal/test_sign_in.py is about them.
    "health_live",
    "health_ready",
    "step_in",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "openid_connect_login",
    "openid_connect_callback",
}
