"""Documents of the library: drafts are the owner's, what is published never changes, one version holds at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import Error, connection, transaction

from byfolk.demo.cast import CARE_AGENCY_CODE, ROOT_CODE
from byfolk.engines.library import actions, queries
from byfolk.engines.library.actions import EditedMeanwhile, LibraryRefused
from byfolk.engines.library.models import Document, Entry, Receipt, Version
from byfolk.engines.library.rules import Standing
from byfolk.kernel.organisation.models import Leadership, Unit
from byfolk.kernel.rights import Actor

AsActor = Callable[[str], AbstractContextManager[Actor]]
ON = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
SICK = "folg-opp-den-som-er-syk"
pytestmark = pytest.mark.django_db


def content(title: str = "Kaffe på jobb", text: str = "Kaffe er gratis.", **more: Any) -> dict[str, Any]:
    return {"title": {"nb": title}, "text": {"nb": text}, **more}


def started(actor: Actor, code: str = ROOT_CODE, **more: Any) -> Document:
    unit = Unit.objects.get(code=code)
    return actions.start_document(actor=actor, kind="guide", unit=unit, content=content(**more), on=ON)


def published(actor: Actor, code: str = ROOT_CODE, since: dt.date = ON, **more: Any) -> Document:
    made = started(actor, code, **more)
    actions.publish(actor=actor, document=made, since=since, review_on=None, on=ON)
    return made


def found(actor: Actor, text: str, language: str = "nb", on: dt.date = ON) -> list[str]:
    return [one.code for one in queries.search(actor, "guide", text, on, language=language, limit=20)]


def refused(sql: str, *values: Any) -> bool:
    """Whether the database refuses a statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            nothing = cursor.rowcount == 0
            cursor.execute("set constraints all immediate")
            return nothing
    except Error:
        return True


class TestDrafts:
    """What is being written."""

    def test_a_draft_is_seen_by_those_who_write_it_and_nobody_else(self, as_actor: AsActor) -> None:
        with as_actor("amir") as actor:
            made = started(actor, CARE_AGENCY_CODE)

        for key, sees in (("amir", True), ("mette", True), ("kari", True), ("solveig", False), ("jonas", False)):
            with as_actor(key) as actor:
                assert Version.objects.filter(document_id=made.pk).exists() is sees
                assert Document.objects.filter(pk=made.pk).exists() is sees
                assert found(actor, "kaffe") == []

    def test_a_new_version_says_what_the_newest_does_until_it_is_changed(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            made = published(actor, goals=["like-muligheter"])
            draft = actions.start_version(actor=actor, document=made)
            again = actions.start_version(actor=actor, document=made)

        assert (draft.number, draft.text, draft.goals) == (2, {"nb": "Kaffe er gratis."}, ["like-muligheter"])
        assert again.pk == draft.pk

    def test_whoever_comes_second_overwrites_nothing_unseen(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            made = started(actor)
            actions.edit_draft(actor=actor, document=made, edition=1, content=content(text="Te er gratis."))
            with pytest.raises(EditedMeanwhile) as meanwhile:
                actions.edit_draft(actor=actor, document=made, edition=1, content=content(text="Vann er gratis."))

        assert meanwhile.value.current.text == {"nb": "Te er gratis."}

    def test_a_draft_thrown_away_takes_an_unpublished_document_with_it(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            made, other = started(actor), published(actor, title="Te på jobb")
            actions.start_version(actor=actor, document=other)

            assert not actions.discard_draft(actor=actor, document=made)
            assert actions.discard_draft(actor=actor, document=other)
            assert [one.number for one, _ in queries.editions(actor, other, ON).every] == [1]
            assert not Document.objects.filter(pk=made.pk).exists()

    @pytest.mark.parametrize(("key", "code"), [("amir", ROOT_CODE), ("solveig", CARE_AGENCY_CODE)])
    def test_nobody_writes_for_a_unit_that_they_do_not_lead(self, as_actor: AsActor, key: str, code: str) -> None:
        with as_actor(key) as actor, pytest.raises(PermissionError):
            started(actor, code)

    def test_a_leader_of_another_unit_changes_nothing(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            made = published(actor)
            actions.start_version(actor=actor, document=made)
        for act in (
            lambda actor: actions.edit_draft(actor=actor, document=made, edition=1, content=content()),
            lambda actor: actions.publish(actor=actor, document=made, since=ON, review_on=None, on=ON),
            lambda actor: actions.retire(actor=actor, document=made, end=ON + DAY, on=ON),
            lambda actor: actions.set_review(actor=actor, document=made, review_on=ON + DAY, on=ON),
            lambda actor: actions.discard_draft(actor=actor, document=made),
        ):
            with as_actor("amir") as actor, pytest.raises((PermissionError, LookupError)):
                act(actor)

    def test_the_database_holds_it_too(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            made = published(actor)
            draft = actions.start_version(actor=actor, document=made)
        with as_actor("amir"):
            assert refused("update library_version set summary = '{}' where id = %s", draft.pk)
            assert refused("update library_document set review_on = null where id = %s", made.pk)
            assert refused("delete from library_version where id = %s", draft.pk)
            assert refused("update library_entry set name = 'x'")

    def test_nobody_puts_a_version_under_a_document_that_they_may_not_see(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            made = started(actor)
        care = Unit.objects.get(code=CARE_AGENCY_CODE)
        with as_actor("amir"):
            sql = """insert into library_version
                     (document_id, unit_id, number, state, title, summary, text, goals, indicators, asks, edition)
                     values (%s, %s, 9, 'draft', '{"nb": "x"}', '{}', '{}', '[]', '[]', '', 1)"""
            assert refused(sql, made.pk, care.pk)


class TestPublished:
    """What holds."""

    def test_it_never_changes_again(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            made = published(actor)
        row = Version.objects.get(document=made)
        for change in (
            'title = \'{"nb": "x"}\'',
            'text = \'{"nb": "x"}\'',
            "goals = '[\"a\"]'",
            "asks = 'leaders', asked_unit_id = unit_id",
            "state = 'draft', valid = null",
            "number = 7",
            "valid = daterange('2020-01-01', null)",
        ):
            assert refused(f"update library_version set {change} where id = %s", row.pk), change
        assert refused("delete from library_version where id = %s", row.pk)
        assert refused("delete from library_document where id = %s", made.pk)
        assert refused("update library_document set code = 'annet' where id = %s", made.pk)

    def test_its_end_is_set_once(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            made = published(actor)
            actions.retire(actor=actor, document=made, end=ON + 30 * DAY, on=ON)
        row = Version.objects.get(document=made)

        assert refused("update library_version set valid = daterange(lower(valid), null) where id = %s", row.pk)
        assert refused(
            "update library_version set valid = daterange(lower(valid), upper(valid) + 9) where id = %s", row.pk
        )

    def test_two_versions_never_hold_at_once(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            made = published(actor)
            draft = actions.start_version(actor=actor, document=made)

        sql = "update library_version set state = 'published', valid = daterange('2027-01-01', null) where id = %s"
        assert refused(sql, draft.pk)

    def test_a_new_version_ends_the_one_before_on_its_first_day(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            made = published(actor)
            actions.start_version(actor=actor, document=made)
            actions.publish(actor=actor, document=made, since=ON + 40 * DAY, review_on=None, on=ON)
            before = queries.editions(actor, made, ON)
            after = queries.editions(actor, made, ON + 40 * DAY)

        assert [(one.number, stands) for one, stands in before.every] == [(2, Standing.COMING), (1, Standing.HOLDS)]
        assert [(one.number, stands) for one, stands in after.every] == [(2, Standing.HOLDS), (1, Standing.OVER)]
        assert getattr(before.current, "number", 0) == 1
        assert getattr(after.current, "number", 0) == 2

    @pytest.mark.parametrize("since", [ON - DAY, ON])
    def test_it_cannot_begin_before_today_or_when_another_begins(self, as_actor: AsActor, since: dt.date) -> None:
        with as_actor("kari") as actor:
            made = published(actor)
            actions.start_version(actor=actor, document=made)
            with pytest.raises(LibraryRefused):
                actions.publish(actor=actor, document=made, since=since, review_on=None, on=ON)

    def test_a_draft_without_a_text_cannot_be_published(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor, pytest.raises(LibraryRefused):
            published(actor, text="  \n")

    def test_a_retired_one_is_out_of_lists_and_search_and_can_still_be_read(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            made = published(actor)
            actions.retire(actor=actor, document=made, end=ON + DAY, on=ON)

        with as_actor("jonas") as actor:
            assert found(actor, "kaffe", on=ON) == [made.code]
            assert found(actor, "kaffe", on=ON + DAY) == []
            assert made.code not in [one.code for one in queries.listed(actor, "guide", ON + DAY, language="nb").rows]
            assert queries.version(actor, made, 1).text == {"nb": "Kaffe er gratis."}

    def test_it_follows_its_document_to_another_owner(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            made = published(actor)
        care = Unit.objects.get(code=CARE_AGENCY_CODE)

        Document.objects.filter(pk=made.pk).update(unit=care)

        assert Version.objects.get(document=made).unit_id == care.pk
        assert Entry.objects.get(document=made).unit_id == care.pk


class TestSearch:
    """What is found."""

    def test_the_title_counts_more_than_the_summary_and_that_more_than_the_text(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            third = published(actor, title="C", text="Om kantiner.")
            second = published(actor, title="B", text="x", summary={"nb": "Om kantiner."})
            first = published(actor, title="Kantiner", text="x")

            assert found(actor, "kantine") == [first.code, second.code, third.code]

    @pytest.mark.parametrize("text", ["sykef", "SYKEFRAVÆR", "sykefraværet", "sykefravær oppfølg"])
    def test_the_beginning_of_a_compound_is_enough(self, as_actor: AsActor, text: str) -> None:
        with as_actor("kari") as actor:
            made = published(actor, title="Sykefraværsarbeid", text="Om oppfølging.")

            assert found(actor, text)[:1] == [made.code]

    def test_other_languages_are_searched_in_their_own_words_and_in_bokmal(self, as_actor: AsActor) -> None:
        with as_actor("jonas") as actor:
            assert SICK in found(actor, "deadlines doctor", "en")
            assert SICK in found(actor, "sykmelder", "en")
            assert SICK in found(actor, "sjukmeldaren", "nn")
            assert found(actor, "deadlines doctor", "nb") == []

    @pytest.mark.parametrize("text", ["", "  ", "' & | !", "***", ":*", "\\", "og"])
    def test_a_search_for_nothing_finds_nothing(self, as_actor: AsActor, text: str) -> None:
        with as_actor("jonas") as actor:
            assert found(actor, text) == []

    def test_where_nothing_has_every_word_the_list_shows_what_has_some(self, as_actor: AsActor) -> None:
        with as_actor("jonas") as actor:
            listed = queries.listed(actor, "guide", ON, language="nb", text="oppfølgingsplan romferge")

        assert not listed.exact
        assert SICK in [one.code for one in listed.rows]

    def test_the_list_takes_as_many_questions_however_many_there_are(
        self, as_actor: AsActor, django_assert_max_num_queries: Any
    ) -> None:
        with as_actor("kari") as actor:
            for number in range(30):
                published(actor, title=f"Nummer {number}")
            with django_assert_max_num_queries(2):
                listed = queries.listed(actor, "guide", ON, language="nb", limit=20)

        assert len(listed.rows) == 20
        assert listed.total >= 42


class TestReceipts:
    """Who confirms, and what the owner is told."""

    def asking(self, actor: Actor, asks: str = "leaders", code: str = CARE_AGENCY_CODE) -> Version:
        made = published(actor, CARE_AGENCY_CODE, asks=asks, asked_unit=code)
        return Version.objects.get(document=made)

    @pytest.mark.parametrize(
        ("asks", "asked"), [("leaders", ["amir", "solveig"]), ("everyone", ["amir", "solveig", "jonas"])]
    )
    def test_those_who_are_asked_are_those_who_lead_or_work_there(
        self, as_actor: AsActor, asks: str, asked: list[str]
    ) -> None:
        with as_actor("amir") as actor:
            version = self.asking(actor, asks)

        for key in ("amir", "solveig", "jonas", "ingrid", "per"):
            with as_actor(key) as actor:
                assert queries.is_asked(actor, version) is (key in asked), key
                waiting = [one.version_id for one in queries.waiting(actor, "guide", ON).to_confirm]
                assert (version.pk in waiting) is (key in asked), key

    def test_one_confirms_once_and_is_asked_no_more(self, as_actor: AsActor) -> None:
        with as_actor("amir") as actor:
            version = self.asking(actor)
        with as_actor("solveig") as actor:
            first = actions.confirm(actor=actor, version=version, now=NOW)
            assert actions.confirm(actor=actor, version=version, now=NOW + DAY).pk == first.pk
            assert version.pk not in [one.version_id for one in queries.waiting(actor, "guide", ON).to_confirm]

    def test_nobody_confirms_what_does_not_ask_them(self, as_actor: AsActor) -> None:
        with as_actor("amir") as actor:
            version = self.asking(actor)
        with as_actor("ingrid") as actor, pytest.raises(LookupError):
            actions.confirm(actor=actor, version=version, now=NOW)

    def test_a_receipt_is_seen_by_its_person_alone_and_never_changed(self, as_actor: AsActor) -> None:
        with as_actor("amir") as actor:
            version = self.asking(actor)
        with as_actor("solveig") as actor:
            actions.confirm(actor=actor, version=version, now=NOW)
            assert Receipt.objects.filter(version=version).count() == 1
            assert refused("update library_receipt set at = now() where version_id = %s", version.pk)
            assert refused("delete from library_receipt where version_id = %s", version.pk)
        for key in ("amir", "kari", "mette", "jonas", "per"):
            with as_actor(key):
                assert not Receipt.objects.filter(version=version).exists()

    def test_nobody_confirms_for_another(self, as_actor: AsActor, person: Callable[[str], Any]) -> None:
        solveig = person("solveig").pk
        with as_actor("amir") as actor:
            version = self.asking(actor)
            sql = "insert into library_receipt (version_id, person_id, at) values (%s, %s, now())"
            assert refused(sql, version.pk, solveig)

    def test_the_owner_is_told_how_many_and_others_nothing(self, as_actor: AsActor) -> None:
        with as_actor("kari") as actor:
            version = Version.objects.get(document=published(actor, asks="leaders", asked_unit=ROOT_CODE))
        leaders = set(Leadership.objects.filter(valid__contains=ON).values_list("person_id", flat=True))
        Receipt.objects.bulk_create(Receipt(version=version, person_id=pk, at=NOW) for pk in sorted(leaders)[:3])

        with as_actor("kari") as actor:
            counted = queries.receipt_counts(actor, version)
        assert (counted.asked, counted.read) == (len(leaders), 3)
        assert sum(one.asked for one in counted.rows) >= counted.asked
        assert all(one.asked >= 5 for one in counted.rows)
        for key in ("amir", "solveig", "jonas", "per"):
            with as_actor(key) as actor:
                assert queries.receipt_counts(actor, version).rows == []

    @pytest.mark.parametrize(("days", "due"), [(-1, True), (0, True), (30, True), (31, False)])
    def test_an_owner_is_told_a_month_before_a_document_is_to_be_looked_at(
        self, as_actor: AsActor, days: int, due: bool
    ) -> None:
        with as_actor("amir") as actor:
            made = published(actor, CARE_AGENCY_CODE)
            Document.objects.filter(pk=made.pk).update(review_on=ON + days * DAY)
            assert [one.document_id for one in queries.waiting(actor, "guide", ON).to_review] == [made.pk] * due

    def test_what_is_to_be_looked_at_is_told_to_those_of_the_unit_that_owns_it(self, as_actor: AsActor) -> None:
        with as_actor("amir") as actor:
            made = published(actor, CARE_AGENCY_CODE)
            actions.set_review(actor=actor, document=made, review_on=ON + 20 * DAY, on=ON)
            assert [one.document_id for one in queries.waiting(actor, "guide", ON).to_review] == [made.pk]
        with as_actor("mette") as actor:
            assert made.pk in [one.document_id for one in queries.waiting(actor, "guide", ON).to_review]
        for key in ("solveig", "jonas"):
            with as_actor(key) as actor:
                assert queries.waiting(actor, "guide", ON).to_review == []
