"""Piles of codes on paper, for people who have no work e-mail: made for a whole group at a time, seen once.

Nobody is given a certain code: they draw one from the pile. The database knows which codes there are, by their digests,
and never whose they are.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from django.db import connection

from byfolk.engines.questionnaires.ballots.codes import letters_of
from byfolk.engines.questionnaires.ballots.paper_codes import new_code, paper_digest
from byfolk.engines.questionnaires.campaigns.models import Campaign, Group
from byfolk.kernel.access.acting import action
from byfolk.kernel.organisation.names import in_language
from byfolk.kernel.rights import Actor
from byfolk.lib.listed import Listed, containing

#: So many codes are made at once where nobody is invited.
MOST = 500


class NotDrawn(enum.StrEnum):
    """Why no pile was made."""

    NOT_THERE = "not_there"
    """There is no such pile, or not for who asks."""
    CLOSED = "closed"
    NONE = "none"
    """Everybody has their code already."""
    CHANGED = "changed"
    """Somebody collected, or another drew, in the same moment."""
    NUMBER = "number"
    """How many are to be made was not said, or is too many at once."""
    FEW = "few"
    """The pile has so few codes that the number that is unused would tell who has answered."""


class DrawingRefused(ValueError):
    """No pile was made, and nothing was written."""

    def __init__(self, why: NotDrawn) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Pile:
    """A group's pile. `waiting`: codes to be drawn for those who have none; `drawn`: codes that are. `may_void`: the
    actor may void what is unused, and draw as many again. `chosen`: nobody is invited, so whoever makes the pile says
    how many, and may make more.
    """

    campaign_id: int
    group_id: int
    name_nb: str
    name_nn: str
    waiting: int
    drawn: int
    may_void: bool
    chosen: bool = False

    @property
    def name(self) -> str:
        """What the group's unit is called, in the reader's language."""
        return in_language(self.name_nb, self.name_nn)


_PILES = """
select p.campaign_id, p.group_id, p.name_nb, p.name_nn, p.waiting, p.drawn, p.runs and p.drawn >= c.smallest_total,
       p.chosen
  from byfolk_piles() p join questionnaires_campaign c on c.id = p.campaign_id
 where p.name_nb ilike %(text)s or p.name_nn ilike %(text)s
 order by p.campaign_id, p.waiting = 0 and (p.drawn > 0 or not p.chosen), p.name_nb, p.group_id
"""


def piles(actor: Actor, text: str = "", *, known: int | None = None) -> Listed[Pile]:
    """The piles that the actor may make, of groups whose unit's name has a text in it: those of a campaign that they
    run, and those of units that they lead; campaign by campaign, what is not made first. `known`: how many there are,
    where that is known. Raises `PermissionError`.
    """
    if not actor.may("paper.draw"):
        raise PermissionError("piles are made by leaders and those who run campaigns")
    return Listed(_PILES, {"text": containing(text)}, Pile, length=known)


@dataclass(frozen=True)
class PilesInShort:
    """The piles of one campaign that the actor may make: how many, how many of them are not made, and how many people
    wait for a code.
    """

    campaign: Campaign
    number: int
    unmade: int
    waiting: int


def piles_in_short(actor: Actor) -> list[PilesInShort]:
    """How far the piles are, by campaign that is open. Two queries."""
    if not actor.may("paper.draw"):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select campaign_id, count(*), count(*) filter (where waiting > 0 or chosen and drawn = 0), sum(waiting)"
            " from byfolk_piles() group by campaign_id order by campaign_id"
        )
        rows = cursor.fetchall()
    campaigns = Campaign.objects.in_bulk([row[0] for row in rows])
    return [PilesInShort(campaigns[campaign], *numbers) for campaign, *numbers in rows]


@action("paper.draw")
def draw_pile(*, actor: Actor, group: Group, number: int | None = None) -> list[str]:
    """The codes of a group's pile, as they are printed: one for everybody in it who has none. They are kept nowhere.

    `number`: how many, where nobody is invited; at most `MOST`. Raises `DrawingRefused`.
    """
    if group.word:
        if not number or not 0 < number <= MOST:
            raise DrawingRefused(NotDrawn.NUMBER)
        return _drawn(group, number, again=False)
    with connection.cursor() as cursor:
        cursor.execute("select waiting from byfolk_piles() where group_id = %s", [group.pk])
        found = cursor.fetchone()
    return _drawn(group, found[0] if found else 0, again=False)


@action("paper.draw")
def draw_again(*, actor: Actor, group: Group) -> list[str]:
    """Void every code of a pile that nobody has used, and draw as many new ones. Raises `DrawingRefused`."""
    with connection.cursor() as cursor:
        cursor.execute("select byfolk_unused_codes(%s)", [group.pk])
        number = cursor.fetchone()[0]
    return _drawn(group, number or 0, again=True)


def _drawn(group: Group, number: int, *, again: bool) -> list[str]:
    codes = [new_code() for _one in range(number)]
    tokens = [paper_digest(letters_of(code)) for code in codes]
    with connection.cursor() as cursor:
        cursor.execute("select byfolk_draw_codes(%s, %s::bytea[], %s)", [group.pk, tokens, again])
        outcome = cursor.fetchone()[0]
    if outcome != "drawn":
        raise DrawingRefused(NotDrawn(outcome))
    return codes
