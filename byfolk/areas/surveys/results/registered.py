"""Results elsewhere: what is ready, on the home page, and as what an action came of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.areas.surveys.results import words
from byfolk.areas.surveys.results.places import own_unit
from byfolk.engines.actions.sources import SourceAbout
from byfolk.engines.questionnaires.plans.rules import read_reference
from byfolk.engines.questionnaires.results import queries
from byfolk.kernel.registry import HomeAsk, HomeCard, Urgency
from byfolk.kernel.rights import Actor, Role
from byfolk.lib import norwegian

#: So long a new result is something that matters now.
NEW_FOR = dt.timedelta(days=30)
#: After so long a leader is reminded to choose, and so long there is to do it.
CHOOSE_AFTER, CHOOSE_WITHIN = dt.timedelta(days=14), dt.timedelta(days=60)
_FIRST = (Role.LEADER, Role.HR_ADVISER, Role.HR_DIRECTOR)


@lru_cache(maxsize=4)
def _newest_on(day: dt.date) -> Callable[[Actor], queries.Newest | None]:
    """What reads the newest result on a day: the same for both kinds of card, so that it is asked for once."""

    def read(actor: Actor) -> queries.Newest | None:
        return queries.newest(actor, own_unit(actor), day - (CHOOSE_WITHIN if actor.may("plans.choose") else NEW_FOR))

    return read


def cards(asked: HomeAsk) -> Iterable[HomeCard]:
    """That the newest result is there, for a month: for a leader from the day it is computed; not where a card of the
    unit's plan says more. One query, which `plan_cards` asks too.
    """
    actor, one = asked.actor, asked.once(_newest_on(asked.today))
    if one is None or _plan_card(asked, one) is not None:
        return
    since = one.first_on if actor.roles.intersection(_FIRST) else one.shown_from
    if not since <= asked.today < since + NEW_FOR:
        return
    told = {"unit": one.unit_name, "answered": words.answered_text(one.answered, one.invited)}
    if asked.today < one.shown_from:
        told["day"] = norwegian.day(one.shown_from, words.language(), year=False)
        text = _("%(unit)s: %(answered)s. De andre i enheten ser det fra %(day)s.")
    else:
        text = _("%(unit)s: %(answered)s.")
    yield HomeCard(
        title=_("Resultatet er klart"),
        text=text % told,
        url=reverse("survey_result", args=[one.campaign_id, one.unit_code]),
        action=_("Se resultatet"),
        urgency=Urgency.CHANCE,
        icon="bar-chart",
    )


def plan_cards(asked: HomeAsk) -> Iterable[HomeCard]:
    """For two months: a leader is told to choose when nothing is chosen after two weeks; everybody who sees the result,
    how it goes once something is. No query of its own.
    """
    one = asked.once(_newest_on(asked.today))
    card = _plan_card(asked, one) if one is not None else None
    if card is not None:
        yield card


def _plan_card(asked: HomeAsk, one: queries.Newest) -> HomeCard | None:
    actor, days = asked.actor, asked.today - one.first_on
    if not dt.timedelta(0) <= days <= CHOOSE_WITHIN:
        return None
    leads = any(held.unit_code == one.unit_code for held in actor.leads)
    if one.planned and (actor.may("plans.choose") or asked.today >= one.shown_from):
        return _followed(one, leads=leads)
    return _to_choose(one) if leads and not one.planned and days >= CHOOSE_AFTER else None


def _to_choose(one: queries.Newest) -> HomeCard:
    return HomeCard(
        title=_("Velg hva dere vil gjøre noe med"),
        text=_("%(unit)s: Resultatet kom %(day)s. Ta det opp på et møte, og velg ett eller to områder.")
        % {"unit": one.unit_name, "day": norwegian.day(one.first_on, words.language(), year=False)},
        url=reverse("survey_plan", args=[one.campaign_id, one.unit_code]),
        action=_("Velg områder"),
        urgency=Urgency.EXPIRES,
        due=one.first_on + CHOOSE_WITHIN,
        icon="bar-chart",
    )


def _followed(one: queries.Newest, *, leads: bool) -> HomeCard:
    if one.actions:
        text = _("%(unit)s: %(done)s av %(n)s tiltak er ferdig.")
    elif leads:
        text = _("%(unit)s: Dere har valgt områder. Nå er det tid for tiltak.")
    else:
        text = _("%(unit)s: Dere har valgt områder. Det er ingen tiltak ennå.")
    known = {"unit": one.unit_name, "done": norwegian.number(one.done), "n": norwegian.number(one.actions)}
    return HomeCard(
        title=_("Dette gjør dere etter undersøkelsen"),
        text=text % known,
        url=reverse("survey_result", args=[one.campaign_id, one.unit_code]),
        action=_("Se hva dere har valgt"),
        urgency=Urgency.CHANCE,
        icon="tasklist",
    )


def describe(actor: Actor, reference: str, unit_code: str) -> SourceAbout | None:
    """A survey that an action came of, and the factor that it is about, where one is named; None where the reader may
    not see the unit's result.
    """
    asked = read_reference(reference)
    campaign = queries.seen_campaign(actor, asked[0], unit_code) if asked else None
    if asked is None or campaign is None:
        return None
    label = campaign.title.in_language(words.language())
    if asked[1]:
        factor = campaign.version.parsed.factor(asked[1])
        if factor is None:
            return None
        label = f"{label}: {factor.title.in_language(words.language())}"
    return SourceAbout(label, reverse("survey_result", args=[campaign.pk, unit_code]))
