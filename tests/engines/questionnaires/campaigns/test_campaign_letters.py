"""Who is written to about a campaign: those who have not collected, on the days that it says, and never twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from byfolk.engines.actions.models import MailChoice
from byfolk.engines.questionnaires.campaigns.letters import send_letters
from byfolk.engines.questionnaires.campaigns.models import Campaign, Invitation, Mailing
from byfolk.engines.questionnaires.campaigns.rules import LetterKind, last_day, letter_on
from byfolk.kernel.people.models import Employment, Person
from byfolk.kernel.time import OSLO
from tests.engines.questionnaires.rounds import collect, opened

OPENS, CLOSES = dt.date(2026, 11, 2), dt.date(2026, 11, 13)


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (OPENS, LetterKind.INVITATION),
        (OPENS + dt.timedelta(days=1), None),
        (CLOSES - dt.timedelta(days=7), LetterKind.REMINDER),
        (CLOSES - dt.timedelta(days=2), LetterKind.REMINDER),
        (CLOSES, None),
        (OPENS - dt.timedelta(days=1), None),
    ],
)
def test_an_invitation_goes_out_when_it_opens_and_reminders_before_it_closes(on, kind):
    assert letter_on(OPENS, CLOSES, on) is kind


def test_a_campaign_that_closes_at_midnight_is_answered_until_the_day_before():
    assert last_day(dt.datetime(2026, 11, 14, tzinfo=OSLO)) == CLOSES


def _morning(made: Campaign, days: int = 0) -> dt.datetime:
    day = made.opens_at.astimezone(OSLO).date() + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(7, 30), OSLO)


@pytest.fixture
def made(db) -> Campaign:
    """A campaign of which only Jonas and Solveig have an address."""
    found = opened()
    Person.objects.exclude(given_name="").update(work_email="")
    return found


def _give_address(person, *keys: str) -> None:
    for key in keys:
        Person.objects.filter(pk=person(key).pk).update(work_email=f"{key}@fjordby.example")


def test_everybody_with_an_address_is_invited_once(made, person):
    _give_address(person, "jonas", "solveig")

    assert send_letters(_morning(made)) == 2
    assert send_letters(_morning(made) + dt.timedelta(hours=1)) == 0
    assert {letter.to[0] for letter in mail.outbox} == {"jonas@fjordby.example", "solveig@fjordby.example"}
    assert mail.outbox[0].subject == "Du er invitert: Slik har vi det 2026"
    assert f"/undersokelser/{made.pk}/" in mail.outbox[0].body


def test_only_those_who_have_not_collected_are_reminded(made, person):
    _give_address(person, "jonas", "solveig")
    collect(made, person("jonas").pk)
    days = (made.closes_at.astimezone(OSLO) - made.opens_at.astimezone(OSLO)).days - 2

    sent = send_letters(_morning(made, days)) + send_letters(_morning(made, days + 1))
    assert sent == 1
    assert [letter.to for letter in mail.outbox] == [["solveig@fjordby.example"]]
    assert mail.outbox[0].subject.startswith("Du kan fortsatt svare")


def test_a_letter_is_in_the_language_that_one_has_chosen(made, person):
    _give_address(person, "jonas")
    MailChoice.objects.update_or_create(person_id=person("jonas").pk, defaults={"language": "en"})

    send_letters(_morning(made))
    assert mail.outbox[0].subject.startswith("You are invited")


def test_nothing_is_noted_of_who_was_written_to(made, person):
    _give_address(person, "jonas")
    before = set(Invitation.objects.filter(campaign=made).values_list("person", "collected", "sent"))
    send_letters(_morning(made))

    assert set(Invitation.objects.filter(campaign=made).values_list("person", "collected", "sent")) == before
    assert Mailing.objects.count() == 1


def test_whoever_wants_no_mail_is_not_written_to(made, person):
    _give_address(person, "jonas", "solveig")
    MailChoice.objects.update_or_create(person_id=person("jonas").pk, defaults={"wanted": False})

    assert send_letters(_morning(made)) == 1
    assert [letter.to for letter in mail.outbox] == [["solveig@fjordby.example"]]


def test_whoever_has_left_is_not_written_to(made, person):
    _give_address(person, "jonas", "solveig")
    Employment.objects.filter(person_id=person("jonas").pk).delete()

    assert send_letters(_morning(made)) == 1
    assert [letter.to for letter in mail.outbox] == [["solveig@fjordby.example"]]
