"""Mail of what waits for people: reminders before and after a due date, and all that is open once a week. Actions, and
what other apps register in `waiting`.

A letter holds titles, due dates and links, and nothing about anybody. Nobody gets more than one a day.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from byfolk.engines.actions.models import OPEN, Action, MailChoice, Mailed
from byfolk.engines.actions.rules import is_overdue, reminds_on
from byfolk.engines.actions.waiting import WAITING, Waiting
from byfolk.kernel.access.acting import acting_as_worker
from byfolk.kernel.people.models import Person
from byfolk.kernel.time import day_of
from byfolk.lib import norwegian

WEEKLY_ON = 0
"""Monday."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What one person is told about on a day. `weekly`: about everything that is open, else about what is due."""

    person_id: int
    address: str
    language: str
    things: tuple[Waiting, ...]
    weekly: bool
    actions_only: bool = True


def letters_on(on: dt.date) -> list[Letter]:
    """The letters of a day, without those that were sent already. For background work: it sees everybody's."""
    weekly = on.weekday() == WEEKLY_ON
    mine: dict[int, list[Waiting]] = {}
    others = [one for source in WAITING for one in source(on)]
    for thing in sorted([*_open_actions(), *others], key=lambda one: one.due):
        if weekly or reminds_on(thing.due, on):
            mine.setdefault(thing.person_id, []).append(thing)
    addresses = _addresses(mine, on)
    mixed = {one.person_id for one in others}
    return [
        Letter(person, *addresses[person], tuple(things), weekly, actions_only=person not in mixed)
        for person, things in sorted(mine.items())
        if person in addresses
    ]


def _open_actions() -> Iterable[Waiting]:
    for action in Action.objects.filter(state__in=OPEN).order_by("due", "pk"):
        yield Waiting(action.owner_id, action.title, action.due, reverse("action", args=[action.pk]))


def _addresses(owners: Iterable[int], on: dt.date) -> Mapping[int, tuple[str, str]]:
    """The work address and the language of those who work here, want mail, and have had none today."""
    people = Person.objects.filter(pk__in=list(owners), employments__valid__contains=on).exclude(work_email="")
    choices = dict(MailChoice.objects.filter(person__in=list(owners), wanted=True).values_list("person", "language"))
    unwanted = MailChoice.objects.filter(wanted=False).values("person_id")
    had = Mailed.objects.filter(on=on).values("person_id")
    found = people.exclude(pk__in=unwanted).exclude(pk__in=had).distinct()
    return {person: (address, choices.get(person, "nb")) for person, address in found.values_list("pk", "work_email")}


def send_letters(now: dt.datetime) -> int:
    """Send the letters of the day, from the hour on that the installation has set; answers how many were sent.

    That somebody is mailed is written down and kept before the letter goes: cut off halfway, one letter may be
    missing, never sent twice. One that could not be sent is tried again the next time.
    """
    if now.hour < settings.MAIL_HOUR:
        return 0
    on, sent = day_of(now), 0
    with acting_as_worker(why="mail"):
        letters = letters_on(on)
    for letter in letters:
        sent += _send(letter, on)
    return sent


def _send(letter: Letter, on: dt.date) -> bool:
    with acting_as_worker(why="mail"):
        _row, first = Mailed.objects.get_or_create(person_id=letter.person_id, on=on)
    if not first:
        return False
    try:
        with override(letter.language):
            send_mail(subject(letter), body(letter, on), None, [letter.address])
    except OSError:
        # What is logged names nobody.
        log.warning("a letter could not be sent")
        with acting_as_worker(why="mail"), transaction.atomic():
            Mailed.objects.filter(person_id=letter.person_id, on=on).delete()
        return False
    return True


def subject(letter: Letter) -> str:
    """What the letter is about."""
    n = len(letter.things)
    if not letter.actions_only:
        return _("Dette venter på deg denne uken") if letter.weekly else _("Noe som venter på deg, har frist")
    if letter.weekly:
        return ngettext("Tiltaket ditt denne uken", "Tiltakene dine denne uken", n)
    return ngettext("Et av tiltakene dine har frist", "Flere av tiltakene dine har frist", n)


def body(letter: Letter, on: dt.date) -> str:
    """The letter: each thing with its due date and where it is, and how to be rid of such letters."""
    lines = [_("Hei"), ""]
    for thing in letter.things:
        day = norwegian.day(thing.due, letter.language)
        late = is_overdue(thing.due, on, is_open=True)
        lines += [str(thing.title), (_("Fristen var %(day)s") if late else _("Frist %(day)s")) % {"day": day}]
        lines += [settings.ADDRESS + thing.path, ""]
    lines.append(_("Vil du ikke ha slike e-poster, slår du dem av her:"))
    lines.append(f"{settings.ADDRESS}{reverse('me')}#epost")
    return "\n".join(lines)
