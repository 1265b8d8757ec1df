"""Answers by name: who may read them is what was said before the first question, and every look is written down."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from byfolk.engines.questionnaires.campaigns.closing import close
from byfolk.engines.questionnaires.campaigns.models import Campaign, Invitation, Mode, SignedAnswer
from byfolk.engines.questionnaires.results.computing import compute
from byfolk.engines.questionnaires.results.models import UnitResult
from byfolk.kernel.audit.models import ReadLog
from byfolk.kernel.rights import Role
from byfolk.kernel.time import now
from tests.engines.questionnaires.rounds import answered_by_name, opened

pytestmark = pytest.mark.django_db
EVERYBODY = ("kari", "amir", "solveig", "jonas", "ingrid", "mette", "tor", "lise", "per", "nora", "anne")


def over(person, mode: Mode = Mode.NAMED, *, leaders: bool = False) -> Campaign:
    """A campaign of the agency that is closed; Jonas answered."""
    made = opened(mode=mode)
    group = Invitation.objects.get(campaign=made, person=person("jonas")).group
    SignedAnswer.objects.create(
        campaign=made, person=person("jonas"), group=group, answers={"rekker": 4, "ord": "Vi mangler <b>lift</b>"}
    )
    others = Invitation.objects.filter(campaign=made).exclude(person=person("jonas"))[:8]
    for one in others:
        SignedAnswer.objects.create(campaign=made, person=one.person, group=one.group, answers={"rekker": 2})
    Campaign.objects.filter(pk=made.pk).update(leaders_read=leaders)
    assert close(made.pk, now())
    return Campaign.objects.get(pk=made.pk)


def _read(client, made: Campaign, person_id: int, **posted: str):
    address = reverse("signed_person", args=[made.pk, person_id])
    return client.post(address, {"purpose": "duty", **posted})


@pytest.mark.parametrize(("mode", "reads"), [(Mode.NAMED, {"kari", "mette"}), (Mode.CONFIDENTIAL, set())])
def test_hr_of_the_campaigns_unit_reads_answers_by_name_and_nobody_those_of_a_confidential_one(
    as_persona, person, mode, reads
) -> None:
    made = over(person, mode)
    jonas = person("jonas").pk
    for who in EVERYBODY:
        expected = 200 if who in reads else 404
        client = as_persona(who)
        assert client.get(reverse("signed_people", args=[made.pk])).status_code == expected, who
        assert _read(client, made, jonas).status_code == expected, who


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEADER])
def test_no_role_reads_the_table_of_answers_by_name(as_actor, person, role) -> None:
    from byfolk.kernel.access.models import Grant
    from byfolk.kernel.organisation.models import Unit

    top, jonas = Unit.objects.get(parent=None), person("jonas").pk
    Grant.objects.create(person=person("ingrid"), role=role, unit=top, valid=(now().date(), None))
    for mode in (Mode.CONFIDENTIAL, Mode.NAMED):
        made = answered_by_name(jonas, mode=mode, code=f"rolle-{mode}")
        with as_actor("ingrid"), connection.cursor() as cursor:
            assert not SignedAnswer.objects.filter(campaign=made).exists()
            if mode == Mode.CONFIDENTIAL:
                cursor.execute("select count(*) from byfolk_signed_people(%s)", [made.pk])
                assert cursor.fetchone() == (0,)
                cursor.execute("select byfolk_read_signed(%s, %s, 'duty', '', now())", [made.pk, jonas])
                assert cursor.fetchone() == (None,)


def test_the_nearest_leader_reads_only_where_the_campaign_says_so(as_persona, person) -> None:
    jonas = person("jonas").pk
    made = over(person)
    assert _read(as_persona("solveig"), made, jonas).status_code == 404
    Campaign.objects.filter(pk=made.pk).update(leaders_read=True)
    nearest = [who for who in ("solveig", "amir") if _read(as_persona(who), made, jonas).status_code == 200]
    assert nearest in ([], ["solveig"])
    with connection.cursor() as cursor:
        cursor.execute(
            "select l.person_id from people_person p join organisation_closure c on c.descendant_id = p.unit_id"
            " join organisation_leadership l on l.unit_id = c.ancestor_id and l.valid @> current_date"
            " where p.id = %s order by c.depth limit 1",
            [jonas],
        )
        assert (cursor.fetchone()[0] == person("solveig").pk) == (nearest == ["solveig"])


def test_answers_are_shown_after_a_purpose_and_as_text(as_persona, person) -> None:
    made, client = over(person), as_persona("mette")
    address = reverse("signed_person", args=[made.pk, person("jonas").pk])
    assert "lift" not in client.get(address).content.decode()
    assert "lift" not in client.post(address, {}).content.decode()
    with CaptureQueriesContext(connection) as queries:
        page = _read(client, made, person("jonas").pk).content.decode()
    assert len(queries) <= 25
    assert "4 Litt enig" in page
    assert "Vi mangler &lt;b&gt;lift&lt;/b&gt;" in page


def test_every_look_is_written_down_and_seen_by_whoever_answered(as_persona, person) -> None:
    made = over(person)
    client, jonas = as_persona("mette"), person("jonas")
    client.get(reverse("signed_people", args=[made.pk]))
    client.get(reverse("signed_person", args=[made.pk, jonas.pk]))
    assert not ReadLog.objects.filter(person_id=jonas.pk, kind="signed_answers").exists()
    _read(client, made, jonas.pk, purpose="asked", details="Vi snakket om det")
    look = ReadLog.objects.get(person_id=jonas.pk, kind="signed_answers")
    assert (look.reader_id, look.purpose, look.details) == (person("mette").pk, "asked", "Vi snakket om det")
    page = as_persona("jonas").get(reverse("survey", args=[made.pk])).content.decode()
    for words in ("4 Litt enig", "Mette Vik", "Vi snakket om det", "Dette ser bare du"):
        assert words in page


def test_nobody_reads_before_the_close(as_persona, person) -> None:
    made = opened(mode=Mode.NAMED)
    group = Invitation.objects.get(campaign=made, person=person("jonas")).group
    SignedAnswer.objects.create(campaign=made, person=person("jonas"), group=group, answers={"rekker": 4})
    assert as_persona("mette").get(reverse("signed_people", args=[made.pk])).status_code == 404


@pytest.mark.parametrize(
    ("mode", "leaders", "language", "says", "not_said"),
    [
        (Mode.NAMED, False, "nb", "kan HR for Omsorgsetaten lese dem", "lederen din lese"),
        (Mode.NAMED, True, "nb", "kan HR for Omsorgsetaten og lederen din lese dem", "ingen leser dem enkeltvis"),
        (Mode.NAMED, False, "nn", "kan HR for Omsorgsetaten lese dei", "leiaren din lese"),
        (Mode.NAMED, True, "en", "and your leader can read them", "nobody reads them"),
        (Mode.CONFIDENTIAL, False, "nb", "ingen leser dem enkeltvis, heller ikke HR eller lederen din", "kan HR for"),
        (Mode.CONFIDENTIAL, False, "nn", "ingen les dei kvar for seg, heller ikkje HR eller leiaren din", "kan HR for"),
        (Mode.CONFIDENTIAL, False, "en", "nobody reads them one by one, not HR or your leader either", "can read them"),
    ],
)
def test_who_reads_is_said_before_the_first_question(as_persona, mode, leaders, language, says, not_said) -> None:
    made = opened(mode=mode)
    Campaign.objects.filter(pk=made.pk).update(leaders_read=leaders)
    page = as_persona("jonas").get(reverse("survey", args=[made.pk]), headers={"accept-language": language})
    page = " ".join(page.content.decode().split())
    assert says in page
    assert not_said not in page
    assert page.index(says) < page.index("Jeg rekker å gjøre jobben")


def test_after_an_anonymous_close_whoever_was_invited_is_led_to_the_urn(as_persona) -> None:
    made, client = opened(), as_persona("jonas")
    close(made.pk, now())
    assert client.get(reverse("survey", args=[made.pk])).url == reverse("answering", args=[made.pk])


def test_when_answers_are_gone_their_page_is_too(as_persona, person) -> None:
    made = over(person)
    Campaign.objects.filter(pk=made.pk).update(stage="archived", destroyed_at=now() + dt.timedelta(seconds=1))
    assert as_persona("mette").get(reverse("signed_people", args=[made.pk])).status_code == 404
    assert as_persona("jonas").get(reverse("survey", args=[made.pk])).status_code == 404


def test_one_answer_by_name_is_read_and_not_counted_and_a_confidential_one_destroyed(as_persona, person) -> None:
    for mode, status in ((Mode.NAMED, 200), (Mode.CONFIDENTIAL, 404)):
        made = opened(mode=mode, code=f"en-{mode}")
        group = Invitation.objects.get(campaign=made, person=person("jonas")).group
        SignedAnswer.objects.create(campaign=made, person=person("jonas"), group=group, answers={"rekker": 4})
        assert close(made.pk, now())
        assert compute(made.pk, now())
        assert not UnitResult.objects.filter(campaign=made, answered__isnull=False).exists()
        assert SignedAnswer.objects.filter(campaign=made).exists() == (mode == Mode.NAMED)
        assert _read(as_persona("mette"), made, person("jonas").pk).status_code == status
