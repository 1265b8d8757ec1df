"""The addresses of results, and who may see what there. All days of the demo's rounds are over."""

from __future__ import annotations

from typing import Any

from byfolk.engines.questionnaires.campaigns.models import Campaign
from tests.access.world import World

EMPLOYED = ("kari", "amir", "solveig", "jonas", "ingrid", "mette", "tor", "lise", "per", "nora", "anne")


def _of(code: str) -> Any:
    """The newest round's result of a unit."""

    def arguments(world: World) -> list[Any]:
        return [Campaign.objects.order_by("-closes_at").values_list("pk", flat=True)[0], code]

    return arguments


def cases(case: Any) -> dict[str, list[Any]]:
    """What each address answers to whom."""
    # Jonas and Lise work at the home; Tor and Mette have roles for its agency; Amir leads that.
    at_the_home = ("kari", "amir", "solveig", "jonas", "mette", "tor", "lise")
    return {
        "survey_results": [case(EMPLOYED)],
        "survey_result": [
            case(EMPLOYED, _of("1"), about="the whole city"),
            case(at_the_home, _of("2100001"), about="the nursing home"),
            case(("kari", "ingrid"), _of("515"), about="Ingrid's own unit"),
            case((), _of("no-such-unit"), about="no such unit"),
            case((), lambda world: [0, world.nursing_home], about="no such survey"),
        ],
        "survey_result_slides": [
            case(at_the_home, _of("2100001"), about="the nursing home"),
            case((), _of("no-such-unit"), about="no such unit"),
        ],
        "survey_result_pdf": [case(at_the_home, _of("2100001"), about="the nursing home")],
        "survey_result_xlsx": [
            case(at_the_home, _of("2100001"), about="the nursing home"),
            case(EMPLOYED, _of("1"), about="the whole city"),
        ],
    }
