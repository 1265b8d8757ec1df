"""Letters about a campaign: an invitation when it opens, reminders before it closes, to those who have not collected.

A letter says what is asked and until when. That somebody was written to is noted nowhere: how far the day's letters
have come is (`Mailing`), and cut off halfway a few may be missing, none is sent twice.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from byfolk.engines.actions.models import MailChoice
from byfolk.engines.questionnaires.campaigns.models import Campaign, Invitation, Mailing, Mode, Stage
from byfolk.engines.questionnaires.campaigns.rules import LetterKind, last_day, letter_on
from byfolk.kernel.access.acting import acting_as_worker
from byfolk.kernel.people.models import Employment
from byfolk.kernel.time import day_of
from byfolk.lib import norwegian

AT_A_TIME = 100
log = logging.getLogger(__name__)


def send_letters(now: dt.datetime) -> int:
    """Send what is due today, from the hour on that the installation has set; answers how many were sent."""
    if now.hour < settings.MAIL_HOUR:
        return 0
    with acting_as_worker(why="mail"):
        found = list(Campaign.objects.filter(stage=Stage.OPEN, closes_at__gt=now))
    return sum(_about(campaign, day_of(now)) for campaign in found)


def _about(campaign: Campaign, on: dt.date) -> int:
    closes = last_day(campaign.closes_at)
    kind = letter_on(day_of(campaign.opens_at), closes, on)
    sent = 0
    while kind is not None and (people := _next(campaign, on)):
        sent += sum(_send(campaign, kind, closes, address, language) for address, language in people)
    return sent


def _next(campaign: Campaign, on: dt.date) -> list[tuple[str, str]]:
    """The next to write to; noted as written to before they are."""
    with acting_as_worker(why="mail"):
        how_far, _new = Mailing.objects.select_for_update().get_or_create(campaign=campaign, defaults={"on": on})
        if how_far.on != on:
            how_far.on, how_far.after, how_far.done = on, 0, False
        if how_far.done:
            return []
        waiting = Invitation.objects.filter(campaign=campaign, collected=False, person_id__gt=how_far.after)
        # Whoever wants no mail, or has left, is not written to; the portal invites those who work here.
        unwanted = MailChoice.objects.filter(wanted=False).values("person")
        working = Employment.objects.filter(valid__contains=on).values("person")
        people = list(
            waiting.filter(person__in=working)
            .exclude(person__in=unwanted)
            .exclude(person__work_email="")
            .order_by("person_id")
            .values_list("person_id", "person__work_email")[:AT_A_TIME]
        )
        how_far.after, how_far.done = (people[-1][0], False) if people else (how_far.after, True)
        how_far.save()
        languages = dict(
            MailChoice.objects.filter(person__in=[person for person, _address in people]).values_list(
                "person", "language"
            )
        )
    return [(address, languages.get(person, "nb")) for person, address in people]


def _send(campaign: Campaign, kind: LetterKind, closes: dt.date, address: str, language: str) -> bool:
    try:
        with override(language):
            send_mail(_subject(campaign, kind, language), _body(campaign, closes, language), None, [address])
    except OSError:
        log.warning("a letter about a campaign could not be sent")
        return False
    return True


def _subject(campaign: Campaign, kind: LetterKind, language: str) -> str:
    title = campaign.title.in_language(language)
    if kind is LetterKind.REMINDER:
        return _("Du kan fortsatt svare: %(title)s") % {"title": title}
    return _("Du er invitert: %(title)s") % {"title": title}


def _body(campaign: Campaign, closes: dt.date, language: str) -> str:
    lines = [
        _("Hei"),
        "",
        _("Du er invitert til å svare på «%(title)s».") % {"title": campaign.title.in_language(language)},
    ]
    if campaign.mode == Mode.ANONYMOUS:
        lines.append(_("Ingen kan finne ut hva du svarer. Siden forteller hvordan."))
    lines += [
        _("Svar når du vil, til og med %(day)s:") % {"day": norwegian.day(closes, language)},
        settings.ADDRESS + reverse("survey", args=[campaign.pk]),
    ]
    return "\n".join(lines)
