"""Reads of the policy's versions: whoever works here reads all but drafts, which are the HR direction's own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count

from byfolk.engines.goals.document import Document
from byfolk.engines.goals.models import (
    Comment,
    Element,
    Goal,
    Owner,
    OwnMeasure,
    PolicyVersion,
    Side,
    VersionState,
)
from byfolk.engines.goals.storing import document_of
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.people.models import Card
from byfolk.kernel.people.names import with_name
from byfolk.kernel.rights import Actor, Role
from byfolk.lib.texts import in_language


def versions(actor: Actor) -> list[PolicyVersion]:
    """The versions that the actor may read, newest first. One query."""
    _open(actor)
    found = PolicyVersion.objects.all()
    return list(found if actor.may("policy.write") else found.exclude(state=VersionState.DRAFT))


def version(actor: Actor, number: int) -> PolicyVersion:
    """The version with a number. Raises `LookupError` where there is none, or none that the actor may read."""
    found = next((one for one in versions(actor) if one.number == number), None)
    if found is None:
        raise LookupError(f"no version {number}")
    return found


def adopted(actor: Actor) -> PolicyVersion | None:
    """The version that is in force; None before one is adopted."""
    return next((one for one in versions(actor) if one.state == VersionState.ADOPTED), None)


def adopted_for_anyone() -> tuple[PolicyVersion, Document] | None:
    """The version that is in force, for anyone who asks: what of it is public (`permissions.py`). Two queries."""
    found = PolicyVersion.objects.only("number", "title", "state", "adopted_on")
    current = found.filter(state=VersionState.ADOPTED).first()
    if current is None:
        return None
    shown = ("version", "key", "kind", "parent", "order", "title", "short", "text", "planned", "indicators")
    rows = Element.objects.only(*shown).filter(version=current).order_by("order", "pk")
    return current, document_of(current, rows)


def document(actor: Actor, of: PolicyVersion) -> Document:
    """What a version says. One query."""
    return document_of(of, elements(actor, of))


def elements(actor: Actor, of: PolicyVersion) -> list[Element]:
    """A version's paragraphs as rows, in order."""
    _open(actor)
    return list(Element.objects.filter(version=of).order_by("order", "pk"))


def element(actor: Actor, of: PolicyVersion, key: str) -> Element:
    """One paragraph. Raises `LookupError`."""
    found = next((row for row in elements(actor, of) if row.key == key), None)
    if found is None:
        raise LookupError(f"version {of.number} has no paragraph {key}")
    return found


@dataclass(frozen=True)
class Voice:
    """For whom an actor may speak in a hearing."""

    unit: Unit
    side: Side


def voices(actor: Actor) -> list[Voice]:
    """For whom the actor may speak: the agencies or departments that they lead, and where they represent a union."""
    _open(actor)
    held = {one.unit_id: one for one in actor.held if one.role in (Role.LEADER, Role.UNION_REPRESENTATIVE)}
    if not held:
        return []
    units = Unit.objects.in_bulk(held)
    found = []
    for one in actor.held:
        unit = units.get(one.unit_id)
        if unit is not None and one.role is Role.UNION_REPRESENTATIVE:
            found.append(Voice(unit, Side.UNION))
        elif unit is not None and one.role is Role.LEADER and unit.level <= Level.AGENCY:
            found.append(Voice(unit, Side.AGENCY))
    return found


def hearing_is_open(of: PolicyVersion, on: dt.date) -> bool:
    """Whether comments are taken on a day."""
    if of.state != VersionState.HEARING or of.hearing_from is None or of.hearing_until is None:
        return False
    return bool(of.hearing_from <= on < of.hearing_until)


@dataclass(frozen=True)
class Heard:
    """The version that takes comments, as far as a line about it needs: how many of them have no answer yet, about how
    many paragraphs the reader has spoken, and whether there is somebody that the reader may speak for (as `voices`).
    """

    number: int
    hearing_until: dt.date
    unanswered: int
    said: int
    speaks: bool


# Every home page asks this: as a query set it took five times as long.
_HEARD = """
select v.number, v.hearing_until,
       (select count(*) from goals_comment c where c.version_id = v.id and c.withdrawn_at is null and c.answer = ''),
       (select count(distinct c.key) from goals_comment c
         where c.version_id = v.id and c.withdrawn_at is null and c.person_id = %(me)s),
       %(speaks)s or exists (select from organisation_unit u where u.id = any(%(led)s) and u.level <= %(agency)s)
  from goals_policyversion v
 where v.state = 'hearing' and v.hearing_from <= %(on)s and v.hearing_until > %(on)s
 order by v.id limit 1
"""


def on_hearing(actor: Actor, on: dt.date) -> Heard | None:
    """The version that takes comments on a day. One query."""
    _open(actor)
    led = [one.unit_id for one in actor.held if one.role is Role.LEADER]
    speaks = Role.UNION_REPRESENTATIVE in actor.roles
    with connection.cursor() as cursor:
        cursor.execute(
            _HEARD,
            {"me": actor.person_id, "speaks": speaks, "led": led, "agency": int(Level.AGENCY), "on": on},
        )
        row = cursor.fetchone()
    return Heard(*row) if row else None


def comments(actor: Actor, of: PolicyVersion, key: str | None = None) -> list[Comment]:
    """What was said about a version, or about one of its paragraphs, oldest first."""
    _open(actor)
    found = Comment.objects.filter(version=of).select_related("unit")
    return list(found if key is None else found.filter(key=key))


def comment_counts(actor: Actor, of: PolicyVersion) -> dict[str, int]:
    """How many comments each paragraph has, without those that were withdrawn."""
    _open(actor)
    rows = Comment.objects.filter(version=of, withdrawn_at=None).order_by().values_list("key").annotate(n=Count("pk"))
    return dict(rows)


def owners(actor: Actor, keys: Collection[str]) -> dict[str, Owner]:
    """Who answers for goals and measures, by their ids, with the person's name. One query."""
    _open(actor)
    found = with_name(Owner, "person_id", "owner_card_name").filter(key__in=keys).select_related("unit")
    return {row.key: row for row in found}


def own_measures(actor: Actor, goal_key: str, unit_ids: Collection[int] | None = None) -> list[OwnMeasure]:
    """What agencies do themselves towards a goal: all, or some units'. In the order of units."""
    _open(actor)
    found = OwnMeasure.objects.filter(goal_key=goal_key).select_related("unit")
    return list(found if unit_ids is None else found.filter(unit_id__in=unit_ids))


def measures_by_goal(actor: Actor, language: str) -> dict[str, list[tuple[int | None, str]]]:
    """The measures of the adopted version in a language, and what agencies do themselves, by the goals' ids: (None, or
    the agency, and the text), the policy's first. One query.
    """
    _open(actor)
    found: dict[str, list[tuple[int | None, str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(MEASURES)
        for key, unit, text in cursor.fetchall():
            found.setdefault(key, []).append((unit, in_language(json.loads(text), language)))
    return found


MEASURES = """
select goal, agency, title from (
    select goal.key, null::bigint, measure.title::text, '', measure.order, measure.id
      from goals_element measure
      join goals_policyversion version on version.id = measure.version_id and version.state = 'adopted'
      join goals_element goal on goal.id = measure.parent_id
     where measure.kind = 'measure'
    union all
    select own.goal_key, own.unit_id, jsonb_build_object('nb', own.text)::text, unit.sort_key, 0, own.id
      from goals_ownmeasure own join organisation_unit unit on unit.id = own.unit_id
) measures (goal, agency, title, place, nth, id)
 order by place collate "C", nth, id
"""


def own_agencies(actor: Actor) -> list[Unit]:
    """The agencies that the actor leads: those for which they may write own measures."""
    return [voice.unit for voice in voices(actor) if voice.side is Side.AGENCY and voice.unit.level == Level.AGENCY]


def goal(actor: Actor, key: str) -> Goal:
    """A goal of the adopted policy by its stable id. Raises `LookupError`."""
    _open(actor)
    found = Goal.objects.select_related("area").filter(key=key).first()
    if found is None:
        raise LookupError(f"the adopted policy has no goal {key}")
    return found


def goal_keys(actor: Actor) -> dict[str, str]:
    """The stable ids of the adopted policy's goals, by their numbers."""
    _open(actor)
    return dict(Goal.objects.values_list("number", "key"))


def names(person_ids: Iterable[int | None]) -> dict[int, str]:
    """What people are called, by their ids: those who have a card."""
    wanted = {one for one in person_ids if one}
    return {card.person_id: card.name for card in Card.objects.filter(person_id__in=wanted)} if wanted else {}


def _open(actor: Actor) -> None:
    if actor.person_id is None:
        raise PermissionError("The policy is for people who work here")
