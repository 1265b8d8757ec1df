"""Versions of the policy: written as drafts, heard, adopted, and never changed again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import Error, IntegrityError, connection, transaction

from byfolk.demo.cast import CARE_AGENCY_CODE
from byfolk.engines.goals import editing, hearing, markdown, owning, queries, versions
from byfolk.engines.goals.document import Document, Paragraph, by_key
from byfolk.engines.goals.editing import EditedMeanwhile, PolicyRefused
from byfolk.engines.goals.models import Comment, Element, FocusArea, Goal, OwnMeasure, PolicyVersion, Target
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import VISITOR, Actor, Role

AsActor = Callable[[str], AbstractContextManager[Actor]]
ON = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def copy_of_adopted(actor: Actor) -> PolicyVersion:
    current = versions.adopted(actor)
    assert current is not None
    return editing.start_draft(actor=actor, document=versions.document(actor, current), on=ON)


def texts(nb: str) -> dict[str, dict[str, str]]:
    return {"title": {"nb": nb}}


def test_the_demo_has_one_version_adopted_and_the_next_on_hearing(as_actor: AsActor) -> None:
    with as_actor("jonas") as actor:
        found = [(one.number, one.state) for one in versions.versions(actor)]

    assert found == [(2, "hearing"), (1, "adopted")]


def test_a_draft_is_the_hr_directions_own(as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        draft = copy_of_adopted(actor)

    for key in ("jonas", "amir", "tor"):
        with as_actor(key) as actor:
            assert draft.number not in [one.number for one in versions.versions(actor)]
            assert not PolicyVersion.objects.filter(pk=draft.pk).exists()
            assert not Element.objects.filter(version_id=draft.pk).exists()
            with pytest.raises(LookupError):
                versions.version(actor, draft.number)


def test_adopting_keeps_the_rows_whose_id_stays_with_their_targets(as_actor: AsActor) -> None:
    rows, targets = dict(Goal.objects.values_list("key", "pk")), Target.objects.count()
    with as_actor("kari") as actor:
        draft = copy_of_adopted(actor)
        editing.move_element(actor=actor, version=draft, key="like-muligheter", up=True)
        editing.edit_element(
            actor=actor, version=draft, key="verdibasert-kultur", edition=1, above="ledelse",
            content={"title": {"nb": "Kultur bygd på verdier"}, "indicators": ["sick_leave"]},
        )  # fmt: skip
        gone = versions.element(actor, draft, "apen-kommune")
        editing.delete_element(actor=actor, version=draft, key=gone.key, edition=gone.edition)
        editing.add_element(actor=actor, version=draft, kind="goal", above="kompetanse", content=texts("Et nytt mål"))
        editing.adopt(actor=actor, version=draft, on=ON)
        areas = queries.policy(actor, "nb")

    now = dict(Goal.objects.values_list("key", "pk"))
    assert {key: pk for key, pk in now.items() if key in rows} == {
        key: pk for key, pk in rows.items() if key != "apen-kommune"
    }
    numbers = dict(Goal.objects.values_list("key", "number"))
    assert (numbers["like-muligheter"], numbers["godt-og-inkluderende-arbeidsmiljo"]) == ("3.1", "3.2")
    assert (numbers["verdibasert-kultur"], numbers["et-nytt-mal"]) == ("2.3", "5.3")
    assert [goal.indicators for _area, goal in queries.goals_served_by("sick_leave", areas)] == [
        ("sick_leave",),
        ("sick_leave", "retained_62"),
    ]
    assert Target.objects.count() == targets


def test_areas_may_change_places_and_be_replaced_at_once(as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        draft = copy_of_adopted(actor)
        editing.move_element(actor=actor, version=draft, key="ledelse", up=True)
        editing.delete_element(actor=actor, version=draft, key="kompetanse", edition=1)
        area = editing.add_element(actor=actor, version=draft, kind="area", above=None, content=texts("Teknologi"))
        editing.add_element(actor=actor, version=draft, kind="goal", above=area.key, content=texts("Trygg teknologi"))
        editing.adopt(actor=actor, version=draft, on=ON)

    found = dict(FocusArea.objects.values_list("number", "key"))
    assert (found[1], found[2], found[5], found[6]) == (
        "ledelse",
        "organisasjonskultur",
        "utvikling-og-omstilling",
        "teknologi",
    )


def test_there_is_one_adopted_version_and_the_one_before_is_retired(as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        editing.adopt(actor=actor, version=copy_of_adopted(actor), on=ON)

    states = dict(PolicyVersion.objects.values_list("number", "state"))
    assert states == {1: "retired", 2: "hearing", 3: "adopted"}
    assert PolicyVersion.objects.get(number=1).retired_on == ON


def test_a_version_without_goals_is_not_adopted(as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        empty = editing.start_draft(actor=actor, document=Document({"nb": "Tom"}), on=ON)
        with pytest.raises(PolicyRefused):
            editing.adopt(actor=actor, version=empty, on=ON)


@pytest.mark.parametrize(
    "sql",
    [
        'update goals_element set title = \'{"nb": "x"}\' where version_id = %s',
        "delete from goals_element where version_id = %s",
        'update goals_policyversion set title = \'{"nb": "x"}\' where id = %s',
        "update goals_policyversion set state = 'draft', adopted_on = null where id = %s",
        "delete from goals_policyversion where id = %s",
        'insert into goals_element (version_id, key, kind, "order", title, short, text, planned, indicators, edition)'
        " values (%s, 'x', 'value', 99, '{\"nb\": \"x\"}', '{}', '{}', '{}', '[]', 1)",
    ],
)
def test_the_database_keeps_an_adopted_version_as_it_is(sql: str) -> None:
    adopted = PolicyVersion.objects.get(state="adopted")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [adopted.pk])


def test_what_is_on_hearing_is_not_changed_until_the_hearing_is_ended(as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        heard = versions.version(actor, 2)
        with pytest.raises(PolicyRefused):
            editing.add_element(actor=actor, version=heard, kind="value", above=None, content=texts("Mot"))
        hearing.end_hearing(actor=actor, version=heard)
        editing.add_element(actor=actor, version=heard, kind="value", above=None, content=texts("Mot"))
        said = len(versions.comments(actor, heard))

    assert said == 4


@pytest.mark.parametrize(
    ("kind", "above"), [("measure", "ledelse"), ("goal", None), ("challenge", "like-muligheter"), ("goal", "no-such")]
)
def test_a_paragraph_lies_where_its_kind_may(kind: str, above: str | None, as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        draft = copy_of_adopted(actor)
        with pytest.raises(PolicyRefused):
            editing.add_element(actor=actor, version=draft, kind=kind, above=above, content=texts("Noe"))


def test_the_database_refuses_a_measure_that_lies_under_an_area(as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        draft = copy_of_adopted(actor)
        area = versions.element(actor, draft, "ledelse")
        with pytest.raises(IntegrityError), transaction.atomic():
            Element.objects.create(
                version=draft, key="x", kind="measure", parent=area, order=1, title={"nb": "x"}
            )  # fmt: skip


def test_the_second_of_two_writers_is_told_and_nothing_is_overwritten(as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        draft = copy_of_adopted(actor)
        key = "like-muligheter"
        first = {"title": {"nb": "Først"}}
        editing.edit_element(actor=actor, version=draft, key=key, edition=1, above=_area(key), content=first)
        with pytest.raises(EditedMeanwhile) as told:
            editing.edit_element(
                actor=actor, version=draft, key=key, edition=1, above=_area(key), content={"title": {"nb": "Sist"}}
            )
        with pytest.raises(EditedMeanwhile):
            editing.delete_element(actor=actor, version=draft, key=key, edition=1)

    assert told.value.current.title == {"nb": "Først"}
    assert Element.objects.get(version=draft, key=key).title == {"nb": "Først"}


def _area(key: str) -> str:
    return str(Element.objects.get(version__number=1, key=key).parent.key)  # type: ignore[union-attr]


def test_a_new_paragraph_gets_an_id_that_no_version_has_used(as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        draft = editing.start_draft(actor=actor, document=Document({"nb": "Ny"}), on=ON)
        made = editing.add_element(actor=actor, version=draft, kind="value", above=None, content=texts("Respekt"))

    assert made.key == "respekt-2"


def test_a_missing_translation_stops_nobody(as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        draft = copy_of_adopted(actor)
        editing.add_element(actor=actor, version=draft, kind="value", above=None, content=texts("Mot"))
        adopted = editing.adopt(actor=actor, version=draft, on=ON)

    assert adopted.state == "adopted"


def test_a_paragraph_without_bokmaal_is_refused(as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        draft = copy_of_adopted(actor)
        with pytest.raises(PolicyRefused):
            editing.add_element(
                actor=actor, version=draft, kind="value", above=None, content={"title": {"nn": "Mot", "nb": " "}}
            )


def test_what_is_stored_is_what_was_written(as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        current = versions.adopted(actor)
        assert current is not None
        written = markdown.write(versions.document(actor, current))
        again = markdown.write(versions.document(actor, copy_of_adopted(actor)))

    assert again == written


def test_leaders_of_agencies_and_unions_speak_in_a_hearing_and_others_do_not(as_actor: AsActor) -> None:
    care = Unit.objects.get(code=CARE_AGENCY_CODE)
    for key in ("amir", "tor"):
        with as_actor(key) as actor:
            heard = versions.version(actor, 2)
            hearing.comment(actor=actor, version=heard, key="respekt", unit=care, text="Bra.", now=NOW)
    for key in ("solveig", "jonas", "kari", "mette"):
        with as_actor(key) as actor, pytest.raises(PermissionError):
            hearing.comment(actor=actor, version=heard, key="respekt", unit=care, text="Bra.", now=NOW)

    assert sorted(Comment.objects.filter(key="respekt").values_list("side", flat=True)) == ["agency", "union"]


def test_nobody_speaks_for_another_agency(as_actor: AsActor) -> None:
    other = Unit.objects.filter(level=2).exclude(code=CARE_AGENCY_CODE).first()
    assert other is not None
    with as_actor("amir") as actor:
        heard = versions.version(actor, 2)
        with pytest.raises(PermissionError):
            hearing.comment(actor=actor, version=heard, key="respekt", unit=other, text="Bra.", now=NOW)
        whose = {"unit": other, "side": "agency", "person_id": actor.own_id}
        with pytest.raises(Error), transaction.atomic():
            Comment.objects.create(version=heard, key="respekt", about={}, text="x", at=NOW, **whose)


def test_when_the_hearing_is_over_nothing_more_is_said(as_actor: AsActor) -> None:
    care = Unit.objects.get(code=CARE_AGENCY_CODE)
    with as_actor("tor") as actor:
        heard = versions.version(actor, 2)
        assert heard.hearing_until is not None
        late = dt.datetime.combine(heard.hearing_until, dt.time(12), tzinfo=dt.UTC)
        with pytest.raises(PolicyRefused):
            hearing.comment(actor=actor, version=heard, key="respekt", unit=care, text="Sent.", now=late)


def test_an_answer_is_added_and_what_was_said_stays(as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        heard = versions.version(actor, 2)
        said = next(one for one in versions.comments(actor, heard) if not one.answer)
        hearing.answer_comment(actor=actor, said=said, answer="Takk.", now=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=said.pk).update(text="Noe annet")

    assert Comment.objects.get(pk=said.pk).answer == "Takk."


def test_a_draft_that_has_been_heard_is_not_thrown_away(as_actor: AsActor) -> None:
    with as_actor("kari") as actor:
        heard = versions.version(actor, 2)
        hearing.end_hearing(actor=actor, version=heard)
        with pytest.raises(PolicyRefused):
            editing.delete_draft(actor=actor, version=heard)
        editing.delete_draft(actor=actor, version=copy_of_adopted(actor))

    assert PolicyVersion.objects.count() == 2


def test_a_leader_writes_own_measures_for_the_own_agency_only(as_actor: AsActor) -> None:
    care = Unit.objects.get(code=CARE_AGENCY_CODE)
    other = Unit.objects.filter(level=2).exclude(code=CARE_AGENCY_CODE).first()
    assert other is not None
    with as_actor("amir") as actor:
        given = {"actor": actor, "goal_key": "apen-kommune", "now": NOW}
        made = owning.add_own_measure(**given, unit=care, text="Åpen dag på sykehjemmene")
        again = owning.add_own_measure(**given, unit=care, text="Åpen dag  på sykehjemmene")
        with pytest.raises(PermissionError):
            owning.add_own_measure(**given, unit=other, text="Noe")
        with pytest.raises(LookupError):
            owning.add_own_measure(actor=actor, goal_key="no-such-goal", unit=care, text="Noe", now=NOW)
    with as_actor("solveig") as actor, pytest.raises(PermissionError):
        owning.remove_own_measure(actor=actor, measure=made)

    assert made == again
    assert OwnMeasure.objects.filter(goal_key="apen-kommune").count() == 1


def test_an_owner_is_a_role_in_a_unit_and_perhaps_a_person(as_actor: AsActor) -> None:
    care = Unit.objects.get(code=CARE_AGENCY_CODE)
    with as_actor("kari") as actor:
        given = {"actor": actor, "role": Role.LEADER, "unit": care}
        owning.set_owner(**given, key="apen-kommune", person_id=None)
        owner = versions.owners(actor, ["apen-kommune"])["apen-kommune"]
        with pytest.raises(LookupError):
            owning.set_owner(**given, key="ledelse", person_id=None)

    assert (owner.role, owner.unit.code, owner.person_id) == ("leader", CARE_AGENCY_CODE, None)


def test_a_policy_read_from_a_file_is_a_draft_with_the_same_ids(as_actor: AsActor) -> None:
    goal = Paragraph("like-muligheter", "goal", {"nb": "Like muligheter for alle"})
    document = Document({"nb": "Ny"}, (Paragraph("omrade", "area", {"nb": "Område"}, children=(goal,)),))
    with as_actor("kari") as actor:
        made = editing.start_draft(actor=actor, document=document, on=ON)
        found = by_key(versions.document(actor, made))

    assert (made.state, made.number) == ("draft", 3)
    assert found["like-muligheter"].number == "1.1"


def test_a_visitor_reads_no_policy() -> None:
    with pytest.raises(PermissionError):
        versions.versions(VISITOR)
