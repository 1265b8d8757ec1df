"""The addresses of surveys, and who may see what there."""

from __future__ import annotations

import uuid
from typing import Any

from byfolk.engines.questionnaires.campaigns.models import Campaign, Group, Invitation, Mode, Stage
from tests.access import texts_calls
from tests.access.world import World
from tests.engines.questionnaires.open_links import opened_to_all
from tests.engines.questionnaires.piles_of_codes import opened_on_paper
from tests.engines.questionnaires.rounds import answered_by_name, campaign, opened

INVITED = ("amir", "solveig", "jonas", "mette", "tor", "lise")


#: HR advisers in the agency, and the HR direction above it.
RUNNERS = ("kari", "mette")


def _open(world: World) -> list[Any]:
    """A survey of the care agency that is open."""
    return [_made(Mode.ANONYMOUS)]


def _named(world: World) -> list[Any]:
    return [_made(Mode.CONFIDENTIAL)]


def _by_name(world: World) -> int:
    return answered_by_name(world.person("jonas"), world.person("lise")).pk


def _draft(world: World) -> list[Any]:
    found = Campaign.objects.filter(stage=Stage.DRAFT).first()
    return [(found or campaign(code="slik-utkast")).pk]


def _pile(world: World) -> list[Any]:
    """The group of a pile that is not made, in the care agency."""
    found = Invitation.objects.filter(paper=True).first()
    return [found.group_id if found else opened_on_paper()[1].pk]


def _address(world: World) -> Group:
    found = Group.objects.filter(campaign__stage=Stage.OPEN).exclude(word="").first()
    return found or opened_to_all()[1][0]


def _made(mode: Mode) -> int:
    found = Campaign.objects.filter(mode=mode, stage=Stage.OPEN, paper=False, groups__word="").first()
    return (found or opened(mode=mode, code=f"slik-{mode}")).pk


def cases(case: Any, anyone: Any) -> dict[str, list[Any]]:
    """The table's part, made of its own kind of case."""
    return {
        "survey": [
            case(INVITED, _open),
            case(INVITED, _named, about="with a name"),
            case((), lambda w: [0], about="no such survey"),
        ],
        "survey_signed": [
            case((), _open, post={"rekker": "4"}, about="an anonymous one"),
            case(INVITED, _named, post={"rekker": "4"}, answers=302),
            case(INVITED, _named, post={"rekker": "9"}, answers=422, about="no such answer"),
        ],
        "collect_ballot": [
            case(INVITED, _open, post={}, answers=409, about="no blinded message"),
            case((), lambda w: [0], post={}, about="no such survey"),
        ],
        "campaigns": [case(RUNNERS)],
        "new_campaign": [
            case(RUNNERS),
            case(RUNNERS, post={"title_nb": ""}, answers=422, about="asks for what is missing"),
        ],
        "campaign": [case(RUNNERS, _open), case((), lambda w: [0], about="no such campaign")],
        "change_campaign": [case(RUNNERS, _draft), case((), _open, about="open already")],
        "step_campaign": [
            case(RUNNERS, lambda w: [*_draft(w), "kast"], post={}, answers=302),
            case(RUNNERS, lambda w: [*_open(w), "arkiver"], post={}, answers=422, about="open yet"),
            case((), lambda w: [0, "lukk"], post={}, about="no such campaign"),
        ],
        "signed_people": [
            case(RUNNERS, lambda w: [_by_name(w)]),
            case((), _named, about="a confidential one"),
            case((), _open, about="an anonymous one"),
        ],
        "signed_person": [
            case(RUNNERS, lambda w: [_by_name(w), w.person("jonas")]),
            case(RUNNERS, lambda w: [_by_name(w), w.person("jonas")], post={"purpose": "duty"}, about="read"),
            case((), lambda w: [_by_name(w), w.person("ingrid")], post={"purpose": "duty"}, about="did not answer"),
            case((), lambda w: [*_named(w), w.person("jonas")], post={"purpose": "duty"}, about="a confidential one"),
        ],
        "campaign_texts": [
            case(RUNNERS, texts_calls.of_care),
            case(("kari",), texts_calls.of_city, about="of the city"),
            case((), lambda w: [0], about="no such campaign"),
        ],
        "review_texts": [
            case(RUNNERS, lambda w: [*texts_calls.of_care(w), texts_calls.code(w)]),
            case((), lambda w: [*texts_calls.of_care(w), "515"], about="no texts there"),
        ],
        "decide_text": [
            case(RUNNERS, texts_calls.one, post={"gjor": "godkjenn", "ord": ["0"]}, answers=302),
            case(RUNNERS, texts_calls.one, post={"gjor": "hold"}, answers=422, about="no reason"),
            case((), lambda w: [*texts_calls.one(w)[:2], uuid.uuid4()], post={}, about="no such text"),
        ],
        "release_texts": [
            case(RUNNERS, lambda w: texts_calls.one(w)[:2], post={}, answers=409, about="some wait"),
        ],
        "paper_piles": [case((*RUNNERS, "amir", "solveig"))],
        "draw_pile": [
            case((*RUNNERS, "amir", "solveig"), _pile, post={}),
            case((), lambda w: [0], post={}, about="no such pile"),
        ],
        "posters": [
            case(RUNNERS, lambda w: [_address(w).campaign_id]),
            case((), _open, about="nobody but those invited"),
        ],
        # Nobody is asked who they are here.
        "open_link": [
            case(anyone, lambda w: [_address(w).word]),
            case(anyone, lambda w: [_address(w).word], post={}, answers=422, about="no ballot"),
            case((), lambda w: ["00000000"], about="no such address", visitor=404),
        ],
        "enter_code": [
            case(anyone),
            case(anyone, query=lambda w: {"delt": 1, "sprak": "en"}, about="a shared machine, in English"),
            case(anyone, post={"kode": "7KM"}, answers=422, about="no code"),
        ],
        "hand_in_by_code": [case(anyone, post={"kode": "7KM"}, answers=422, about="no code")],
        "answering": [case(anyone, _open), case((), _named, about="with a name", visitor=404)],
        "page_worker": [case(anyone, _open), case((), _named, about="with a name", visitor=404)],
        "hand_in": [case(anyone, _open, post={}, answers=400, about="no ballot")],
        "check_ballot": [case(anyone, _open), case(anyone, _open, post={"kode": "M4KT 82PD XQ6W"})],
        "counted_codes": [case((), _open, about="while it is open", visitor=404)],
    }
