"""Who is mailed about actions, when, and what stands in it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from byfolk.demo.cast import NURSING_HOME_CODE
from byfolk.engines.actions import actions
from byfolk.engines.actions.letters import letters_on, send_letters
from byfolk.engines.actions.models import Action, Comment, State
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Person
from byfolk.kernel.time import OSLO

MONDAY, TUESDAY = dt.date(2026, 11, 23), dt.date(2026, 11, 24)
STARTED = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)


def at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, 5), OSLO)


@pytest.fixture
def owned(person):
    """`owned(due)` is an open action of Jonas, and the only ones there are."""
    Comment.objects.all().delete()
    Action.objects.all().delete()
    jonas = person("jonas")
    Person.objects.filter(pk=jonas.pk).update(work_email="jonas@fjordby.example")

    def make(due: dt.date, **how) -> Action:
        home = Unit.objects.get(code=NURSING_HOME_CODE)
        return Action.objects.create(
            title="Fast samtale etter to uker", unit=home, owner=jonas, started_on=STARTED.date(), due=due,
            state=State.IN_PROGRESS, state_at=STARTED, made_at=STARTED, **how,
        )  # fmt: skip

    return make


def test_on_mondays_an_owner_gets_all_open_actions_in_one_letter(owned):
    owned(TUESDAY + dt.timedelta(days=100))
    owned(TUESDAY + dt.timedelta(days=200))
    assert send_letters(at(MONDAY, 7)) == 1
    (letter,) = mail.outbox
    assert letter.to == ["jonas@fjordby.example"]
    assert letter.subject == "Tiltakene dine denne uken"
    assert letter.body.count("Fast samtale etter to uker") == 2


def test_on_other_days_only_what_is_due_is_told(owned):
    owned(TUESDAY + dt.timedelta(days=100))
    assert send_letters(at(TUESDAY, 7)) == 0
    owned(TUESDAY + dt.timedelta(days=14))
    assert send_letters(at(TUESDAY, 7)) == 1
    assert mail.outbox[0].body.count("Fast samtale") == 1


def test_nobody_is_mailed_twice_a_day_nor_before_the_hour(owned, settings):
    settings.MAIL_HOUR = 9
    owned(TUESDAY + dt.timedelta(days=100))
    assert send_letters(at(MONDAY, 8)) == 0
    assert [send_letters(at(MONDAY, hour)) for hour in (9, 10, 23)] == [1, 0, 0]
    assert len(mail.outbox) == 1


def test_a_letter_names_nobody_and_links_to_the_action(owned, settings):
    settings.ADDRESS = "https://byfolk.example"
    made = owned(TUESDAY + dt.timedelta(days=100))
    send_letters(at(MONDAY, 7))
    (letter,) = mail.outbox
    assert f"https://byfolk.example/tiltak/{made.pk}" in letter.body
    assert "Jonas" not in letter.body + letter.subject
    assert "Bjerkelia" not in letter.body


def test_whoever_wants_no_mail_gets_none(owned, as_actor):
    owned(TUESDAY + dt.timedelta(days=100))
    with as_actor("jonas") as actor:
        actions.choose_mail(actor=actor, wanted=False, language="nb")
    assert letters_on(MONDAY) == []
    with as_actor("jonas") as actor:
        actions.choose_mail(actor=actor, wanted=True, language="nn")
    assert len(letters_on(MONDAY)) == 1


def test_what_is_done_or_dropped_is_told_no_more(owned):
    owned(MONDAY - dt.timedelta(days=7))
    Action.objects.update(state=State.DONE)
    assert letters_on(MONDAY) == []


def test_whoever_has_left_gets_no_mail(owned, person):
    owned(TUESDAY + dt.timedelta(days=100))
    person("jonas").employments.update(valid=(dt.date(2020, 1, 1), dt.date(2026, 11, 1)))
    assert letters_on(MONDAY) == []


def test_a_letter_that_could_not_be_sent_is_tried_again(owned, settings):
    owned(TUESDAY + dt.timedelta(days=100))
    settings.EMAIL_BACKEND = "tests.engines.actions.broken_mail.Backend"
    assert send_letters(at(MONDAY, 7)) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_letters(at(MONDAY, 8)) == 1
