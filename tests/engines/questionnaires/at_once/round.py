"""Many at once in a database of its own: piles are made while people collect, and voided while people hand in. What
became of it is written to a file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

PAPER, EARLY, AT_ONCE = 6, 1, 8


def play(target: str) -> None:
    """Let it happen, and write what was answered and what the database holds."""
    from byfolk.config.database_setup import start_django

    start_django()
    from django.conf import settings

    from byfolk.demo.cast import CAST
    from byfolk.engines.questionnaires.ballots.models import Answer, Ballot, PaperCode
    from byfolk.engines.questionnaires.campaigns.models import Invitation
    from byfolk.kernel.people.models import Person
    from tests.engines.questionnaires.piles_of_codes import opened_on_paper

    # Made as the owner, who may write what only background work does.
    connections["default"].settings_dict |= settings.DATABASES["owner"]
    _made, group = opened_on_paper(PAPER)
    kari = Person.objects.get(employee_number=CAST["kari"].employee_number).pk
    people = list(Invitation.objects.filter(group=group, paper=True).values_list("person", flat=True))
    early = people[:EARLY]

    piles = _at_once(
        [lambda: _draw(kari, group), lambda: _draw(kari, group), *(_collecting(one, _made) for one in early)]
    )
    codes = [code for pile in piles[:2] for code in pile]
    collected = sum(piles[2:])
    halves = codes[::2]
    said = _at_once([*(_handing_in(code) for code in halves), lambda: _draw_again(kari, group)])
    again = said[-1]
    rest = _at_once([_handing_in(code) for code in [*codes, *again]])
    told = {
        "people": len(people), "piles": [len(pile) for pile in piles[:2]], "collected": collected,
        "again": len(again), "accepted_first": said[:-1].count("accepted"),
        "accepted": said[:-1].count("accepted") + rest.count("accepted"),
        "codes": PaperCode.objects.filter(group=group).count(), "ballots": Ballot.objects.filter(group=group).count(),
        "answers": Answer.objects.filter(group=group).count(),
        "marked": Invitation.objects.filter(group=group, collected=True).count(),
    }  # fmt: skip
    with open(target, "w", encoding="utf-8") as file:
        json.dump(told, file)


def _at_once(what: list[Callable[[], Any]]) -> list[Any]:
    def alone(one: Callable[[], Any]) -> Any:
        try:
            return one()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(alone, what))


def _draw(who: int, group: Any, *, again: bool = False) -> list[str]:
    """The codes of a pile, or none where somebody came first; who is told to try again, does."""
    from byfolk.engines.questionnaires.ballots.piles import DrawingRefused, NotDrawn, draw_again, draw_pile
    from byfolk.kernel.access.acting import acting

    while True:
        try:
            with acting(who) as actor:
                found: list[str] = (draw_again if again else draw_pile)(actor=actor, group=group)
                return found
        except DrawingRefused as refused:
            if refused.why is not NotDrawn.CHANGED:
                return []


def _draw_again(who: int, group: Any) -> list[str]:
    return _draw(who, group, again=True)


def _collecting(person: int, made: Any) -> Callable[[], int]:
    """Whether a person got a ballot in the portal: 1 or 0."""

    def run() -> int:
        from byfolk.engines.questionnaires.ballots.issuing import IssuingRefused
        from tests.engines.questionnaires.rounds import collect

        try:
            collect(made, person)
        except IssuingRefused:
            return 0
        return 1

    return run


def _handing_in(code: str) -> Callable[[], str]:
    """What became of a code: "accepted", "already" or "unknown"."""

    def run() -> str:
        from byfolk.engines.questionnaires.ballots.by_code import hand_in_by_code, slip
        from byfolk.engines.questionnaires.ballots.handing_in import HandInRefused
        from byfolk.kernel.access.acting import acting
        from tests.engines.questionnaires.rounds import ANSWERS

        try:
            with acting(None):
                found = slip(code)
                return "unknown" if found is None else hand_in_by_code(found, found.digest, ANSWERS).value
        except HandInRefused:
            return "unknown"

    return run


if __name__ == "__main__":
    play(sys.argv[1])
