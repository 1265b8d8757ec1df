"""Texts leave the answers, and are kept where at least ten people wrote."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from byfolk.engines.questionnaires.ballots.models import Answer
from byfolk.engines.questionnaires.campaigns.closing import close
from byfolk.engines.questionnaires.campaigns.models import Campaign, Group, Invitation, Mode, SignedAnswer
from byfolk.engines.questionnaires.results import computing, parameters
from byfolk.engines.questionnaires.texts.models import FreeText, TextBatch, TextState
from byfolk.engines.questionnaires.texts.placing import places
from byfolk.kernel.access.acting import acting_as_worker
from byfolk.kernel.time import now
from tests.engines.questionnaires.rounds import in_the_urn, opened

TREE = st.integers(1, 25).flatmap(
    lambda n: st.tuples(*(st.integers(0, max(place - 1, 0)) for place in range(n))).map(
        lambda above: {place: (None if place == 0 else parent) for place, parent in enumerate(above)}
    )
)


@given(TREE, st.data())
def test_no_difference_of_two_shown_sets_of_writers_is_one_to_nine(above, data) -> None:
    written = {
        item: [
            (unit, f"{item}-{unit}-{n}")
            for unit in above
            for n in range(data.draw(st.integers(0, 14), label=f"{item} in {unit}"))
        ]
        for item in ("one", "two")
    }
    placed = places(above, written, 10)
    for item, texts in written.items():
        sets = {unit: {text for code, text in found if code == item} for unit, found in placed.items()}
        shown = [one for one in sets.values() if one]
        assert all(len(one - other) == 0 or len(one - other) >= 10 for one in shown for other in [*shown, set()])
        kept = set().union(*shown) if shown else set()
        assert kept == ({text for _unit, text in texts} if len(texts) >= 10 else set())


@given(TREE, st.data())
def test_a_text_is_kept_where_it_was_written_or_above_and_a_unit_is_never_divided(above, data) -> None:
    counts = {unit: data.draw(st.integers(0, 14), label=str(unit)) for unit in above}
    placed = places(above, {"one": [(unit, f"{unit}") for unit, number in counts.items() for _n in range(number)]}, 10)
    seen: dict[str, int] = {}
    for unit, texts in placed.items():
        for _item, text in texts:
            assert seen.setdefault(text, unit) == unit
    top = 0
    for text, unit in seen.items():
        walker: int | None = int(text)
        path = []
        while walker is not None:
            path.append(walker)
            walker = above[walker]
        assert unit in path or unit == top


def test_the_threshold_can_only_be_raised() -> None:
    text = parameters.FILE.read_text(encoding="utf-8")
    assert parameters.parsed(text.replace("smallest: 10", "smallest: 25")).smallest_texts == 25
    with pytest.raises(ValueError, match="10 people"):
        parameters.parsed(text.replace("smallest: 10", "smallest: 9"))


def answered(made: Campaign, number: int, *, every: int = 1) -> None:
    """As if people had answered; one in `every` wrote something, naming somebody who works there."""
    table = "questionnaires_answer" if made.mode == Mode.ANONYMOUS else "questionnaires_signedanswer"
    invited = list(Invitation.objects.filter(campaign=made).order_by("person")[:number])
    with acting_as_worker(why="test"), connection.cursor() as cursor:
        for place, one in enumerate(invited):
            wrote = f', "ord": "Solveig Aas sa nei, {place}"' if place % every == 0 else ""
            answers = f'{{"rekker": {place % 5 + 1}{wrote}}}'
            if made.mode == Mode.ANONYMOUS:
                cursor.execute(
                    f"insert into {table} (id, group_id, answers) values (gen_random_uuid(), %s, %s)",
                    [one.group_id, answers],
                )
            else:
                SignedAnswer.objects.create(
                    campaign=made, person_id=one.person_id, group_id=one.group_id,
                    answers={"rekker": 3} | ({"ord": f"Solveig Aas sa nei, {place}"} if wrote else {}),
                )  # fmt: skip
        Invitation.objects.filter(pk__in=[one.pk for one in invited]).update(collected=True)


def closed(number: int, *, every: int = 1, mode: Mode = Mode.ANONYMOUS) -> Campaign:
    """A campaign that closed with so many answers, with its results."""
    made = opened(mode=mode)
    answered(made, number, every=every)
    assert close(made.pk, now())
    assert computing.compute(made.pk, now())
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [Mode.ANONYMOUS, Mode.CONFIDENTIAL])
def test_texts_leave_the_answers_and_are_masked(mode: Mode) -> None:
    made = closed(40, mode=mode)
    table = in_the_urn(made) if mode == Mode.ANONYMOUS else SignedAnswer.objects.filter(campaign=made)
    assert not table.filter(answers__has_key="ord").exists()
    assert table.filter(answers__has_key="rekker").count() == 40
    texts = FreeText.objects.filter(batch__campaign=made)
    assert texts.count() == 40
    assert all("Solveig" not in one.text and one.text.startswith("[navn] sa nei") for one in texts)
    assert set(texts.values_list("state", flat=True)) == {TextState.WAITING}


@pytest.mark.django_db
def test_what_too_few_wrote_is_destroyed() -> None:
    made = closed(36, every=4)
    assert in_the_urn(made).exists()
    assert not in_the_urn(made).filter(answers__has_key="ord").exists()
    assert not TextBatch.objects.filter(campaign=made).exists()


@pytest.mark.django_db
def test_answers_of_other_campaigns_are_left_as_they_were() -> None:
    def others(made: Campaign | None) -> dict[object, object]:
        found = Answer.objects.all() if made is None else Answer.objects.exclude(group__campaign=made)
        return dict(found.values_list("id", "answers"))

    before = others(None)
    assert others(closed(20)) == before


@pytest.mark.django_db
def test_computed_again_texts_stay_as_they_are() -> None:
    made = closed(20)
    FreeText.objects.filter(batch__campaign=made).update(state=TextState.APPROVED)
    before = set(FreeText.objects.values_list("id", "text", "state"))
    assert computing.compute(made.pk, now() + dt.timedelta(days=3))
    assert set(FreeText.objects.values_list("id", "text", "state")) == before


@pytest.mark.django_db
def test_nothing_in_a_text_leads_to_an_answer_or_a_person() -> None:
    assert {field.name for field in FreeText._meta.fields} == {
        "id", "batch", "owner", "item", "text", "hidden", "state", "reason",
    }  # fmt: skip
    closed(40)
    with connection.cursor() as cursor:
        cursor.execute("select count(distinct xmin::text) from questionnaires_freetext")
        assert cursor.fetchone() == (1,)
        cursor.execute("select id, text from questionnaires_freetext order by ctid")
        rows = cursor.fetchall()
    written = [int(text.rsplit(" ", 1)[1]) for _id, text in rows if "sa nei" in text]
    assert written != sorted(written)
    assert [id_ for id_, _text in rows] != sorted(id_ for id_, _text in rows)


@pytest.mark.django_db
def test_a_campaign_by_name_keeps_texts_where_they_are_read_one_by_one() -> None:
    made = closed(20, mode=Mode.NAMED)
    assert SignedAnswer.objects.filter(campaign=made, answers__has_key="ord").count() == 20
    assert not TextBatch.objects.filter(campaign=made).exists()


@pytest.mark.django_db
def test_every_batch_stands_where_a_group_is() -> None:
    made = closed(40)
    groups = set(Group.objects.filter(campaign=made, merged_into=None, destroyed=False).values_list("unit", flat=True))
    for one in TextBatch.objects.filter(campaign=made):
        assert one.unit_id in groups or one.unit_id == made.unit_id
