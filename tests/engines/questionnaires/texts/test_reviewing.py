"""Whoever reviews hides and withholds, changes no word, and never sees texts of people whom they lead or work with."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE
from byfolk.engines.questionnaires.texts import finishing, reviewing
from byfolk.engines.questionnaires.texts.models import FreeText, Reason, TextBatch, TextState
from byfolk.kernel.access.models import Grant
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.time import now, today
from tests.engines.questionnaires.texts.batches import batch

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> TextBatch:
    return batch(unit=NURSING_HOME_CODE)


def _first(made: TextBatch) -> FreeText:
    return FreeText.objects.filter(batch=made).order_by("id")[0]


def _reviewed(made: TextBatch, as_actor) -> None:
    """All approved but the first two, of which one is withheld and one has a word hidden; and released."""
    with as_actor("mette") as mette:
        first, second, *rest = FreeText.objects.filter(batch=made).order_by("id")
        reviewing.withhold_text(actor=mette, text=first, reason=Reason.SOMEBODY)
        reviewing.approve_text(actor=mette, text=second, hidden=[2, 3])
        for text in rest:
            reviewing.approve_text(actor=mette, text=text, hidden=[])
        reviewing.release_texts(actor=mette, batch=made, now=now())


@pytest.mark.parametrize(
    ("who", "number"),
    [("mette", 12), ("kari", 12), ("solveig", 0), ("amir", 0), ("jonas", 0), ("tor", 0), ("lise", 0), ("ingrid", 0)],
)
def test_only_hr_of_the_campaigns_unit_sees_texts_before_they_are_out(made, as_actor, who, number) -> None:
    with as_actor(who):
        assert FreeText.objects.filter(batch=made).count() == number
        assert TextBatch.objects.filter(pk=made.pk).exists() == (number > 0)


def test_nobody_reviews_texts_of_the_unit_where_they_work(as_actor) -> None:
    own = batch(unit=CARE_AGENCY_CODE)
    with as_actor("mette"):
        assert not FreeText.objects.filter(batch=own).exists()
    with as_actor("kari"):
        assert FreeText.objects.filter(batch=own).count() == 12


@pytest.mark.parametrize("who", ["solveig", "amir"])
def test_a_leader_reviews_nothing_of_those_below_with_a_role_for_it_either(made, as_actor, person, who) -> None:
    Grant.objects.create(
        person=person(who), role="hr_adviser", unit=Unit.objects.get(code=CARE_AGENCY_CODE), valid=(today(), None)
    )
    with as_actor(who):
        assert not FreeText.objects.filter(batch=made).exists()


def test_a_decision_can_be_undone_until_they_are_released(made, as_actor) -> None:
    with as_actor("mette") as mette:
        text = reviewing.withhold_text(actor=mette, text=_first(made), reason=Reason.HEALTH)
        assert (text.state, text.reason) == (TextState.WITHHELD, Reason.HEALTH)
        text = reviewing.undo_review(actor=mette, text=text)
        assert (text.state, text.reason, text.text) == (TextState.WAITING, "", _first(made).text)
    _reviewed(made, as_actor)
    with as_actor("mette") as mette, pytest.raises(reviewing.ReviewRefused):
        reviewing.undo_review(actor=mette, text=_first(made))


def test_texts_that_wait_are_not_released(made, as_actor) -> None:
    with as_actor("mette") as mette, pytest.raises(reviewing.ReviewRefused):
        reviewing.release_texts(actor=mette, batch=made, now=now())


@pytest.mark.parametrize("hidden", [[-1], [99]])
def test_words_that_are_not_there_cannot_be_hidden(made, as_actor, hidden) -> None:
    with as_actor("mette") as mette, pytest.raises(reviewing.ReviewRefused):
        reviewing.approve_text(actor=mette, text=_first(made), hidden=hidden)


@pytest.mark.parametrize(
    ("model", "fields"),
    [(FreeText, {"text": "Noe annet"}), (TextBatch, {"shown_from": dt.date(2020, 1, 1)}), (TextBatch, {"written": 1})],
)
def test_the_database_lets_no_reviewer_change_a_word_or_a_day(made, as_actor, model, fields) -> None:
    where = {"batch": made} if model is FreeText else {"pk": made.pk}
    with as_actor("mette"), pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(**where).update(**fields)


def test_once_out_what_was_hidden_or_withheld_is_gone_from_the_database(made, as_actor) -> None:
    withheld, hidden = list(FreeText.objects.filter(batch=made).order_by("id")[:2])
    words = hidden.text.split()
    _reviewed(made, as_actor)
    assert finishing.publish_released(now()) == 1
    assert finishing.publish_released(now()) == 0
    withheld.refresh_from_db()
    hidden.refresh_from_db()
    assert withheld.text == ""
    assert hidden.text == " ".join([*words[:2], "[navn]", *words[4:]])
    assert hidden.hidden == []
    with connection.cursor() as cursor:
        cursor.execute("select max(ctid::text), count(*) from questionnaires_freetext where xmax::text <> '0'")
        assert cursor.fetchone()[1] == 0


def test_the_leader_has_them_first_and_then_those_who_work_there(made, as_actor) -> None:
    _reviewed(made, as_actor)
    finishing.publish_released(now())
    made.refresh_from_db()
    assert made.shown_from == today() + dt.timedelta(days=7)

    def seen(who: str) -> int:
        with as_actor(who):
            return FreeText.objects.filter(batch=made).count()

    assert [seen(who) for who in ("solveig", "amir", "mette", "jonas", "tor", "lise", "ingrid")] == [
        11, 11, 11, 0, 0, 0, 0,
    ]  # fmt: skip
    TextBatch.objects.filter(pk=made.pk).update(shown_from=today())
    assert [seen(who) for who in ("jonas", "tor", "lise", "ingrid")] == [11, 11, 11, 0]


def test_what_nobody_reviews_in_time_is_destroyed(made) -> None:
    assert finishing.destroy_waiting(now()) == 0
    assert finishing.destroy_waiting(now() + dt.timedelta(days=60)) >= 12
    assert not FreeText.objects.filter(batch=made).exists()
