"""A policy on hearing, for those who may speak about it, and for whoever answers them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.document.words import day
from byfolk.areas.policy.wording import language
from byfolk.engines.goals import versions
from byfolk.engines.goals.models import PolicyVersion
from byfolk.engines.goals.versions import Heard
from byfolk.kernel.registry import HomeAsk, HomeCard, Urgency
from byfolk.kernel.rights import Role
from byfolk.lib import norwegian

NEW_FOR = dt.timedelta(days=30)


def cards(asked: HomeAsk) -> Iterable[HomeCard]:
    """What a hearing asks of the person; a newly adopted policy, for those who tell of it. At most two queries."""
    actor, today = asked.actor, asked.today
    speaks, writes = actor.may("policy.comment"), actor.may("policy.write")
    if not speaks and not writes and Role.COMMUNICATION not in actor.roles:
        return
    heard = versions.on_hearing(actor, today)
    if heard is not None:
        if writes:
            yield from _to_answer(heard)
        elif speaks and heard.speaks:
            yield _to_speak(heard)
    elif Role.COMMUNICATION in actor.roles:
        yield from _adopted(versions.adopted(actor), today)


def _to_speak(heard: Heard) -> HomeCard:
    ends, said = heard.hearing_until - dt.timedelta(days=1), heard.said
    title = _("Personalpolitikken er på høring til %(day)s") % {"day": norwegian.day(ends, language(), year=False)}
    if said:
        text = ngettext(
            "Du har uttalt deg om %(n)d avsnitt. Du kan uttale deg om flere.",
            "Du har uttalt deg om %(n)d avsnitt. Du kan uttale deg om flere.",
            said,
        ) % {"n": said}
    else:
        text = _("Du kan uttale deg. Si hva som er bra, og hva som bør endres.")
    urgency = Urgency.CHANCE if said else Urgency.EXPIRES
    url = reverse("policy_version", args=[heard.number])
    return HomeCard(title, text, url, _("Les og uttal deg"), urgency, due=ends, icon="chat")


def _to_answer(heard: Heard) -> Iterable[HomeCard]:
    waiting = heard.unanswered
    if not waiting:
        return
    title = ngettext(
        "%(n)d uttalelse om personalpolitikken venter på svar",
        "%(n)d uttalelser om personalpolitikken venter på svar",
        waiting,
    ) % {"n": waiting}
    text = _("Høringen varer til og med %(day)s. Alle ser svarene dine.") % {
        "day": day(heard.hearing_until - dt.timedelta(days=1))
    }
    url = reverse("policy_hearing", args=[heard.number])
    yield HomeCard(title, text, url, _("Svar dem"), Urgency.SOMEONE_WAITS, icon="chat")


def _adopted(current: PolicyVersion | None, today: dt.date) -> Iterable[HomeCard]:
    if current is None or current.adopted_on is None or today - current.adopted_on > NEW_FOR:
        return
    adopted = norwegian.day(current.adopted_on, language(), year=False)
    title = _("Ny personalpolitikk er vedtatt")
    text = _("Den gjelder fra %(day)s. Se hva som er endret, og fortell om den.") % {"day": adopted}
    yield HomeCard(title, text, reverse("policy"), _("Les den"), Urgency.CHANCE, icon="book")
