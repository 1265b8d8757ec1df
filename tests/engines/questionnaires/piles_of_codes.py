"""A campaign with codes on paper, for tests: some people of one unit have no e-mail."""

from __future__ import annotations

from django.db.models import Count

from byfolk.demo.cast import CARE_AGENCY_CODE, CAST
from byfolk.engines.questionnaires.ballots.piles import draw_pile
from byfolk.engines.questionnaires.campaigns import freezing
from byfolk.engines.questionnaires.campaigns.models import Campaign, Group, Invitation, Stage
from byfolk.kernel.access.acting import acting
from byfolk.kernel.organisation.models import Leadership
from byfolk.kernel.people.models import Employment, Person
from byfolk.kernel.time import now
from tests.engines.questionnaires.rounds import campaign, keys


def without_email(number: int) -> list[int]:
    """So many people of one unit of the care agency, who lead nothing, lose their e-mail; answers who."""
    cast = [one.employee_number for one in CAST.values() if one.employee_number]
    there = Employment.objects.filter(
        valid__contains=now().date(), main=True, unit__above__ancestor__code=CARE_AGENCY_CODE
    ).exclude(person__employee_number__in=cast)
    there = there.exclude(person_id__in=Leadership.objects.values("person_id"))
    largest = there.values_list("unit").annotate(n=Count("pk")).order_by("-n", "unit")[0][0]
    chosen = list(there.filter(unit=largest).order_by("person").values_list("person", flat=True)[:number])
    assert len(chosen) == number
    Person.objects.filter(pk__in=chosen).update(work_email="")
    return chosen


def opened_on_paper(number: int = 6, code: str = "slik-paa-papir") -> tuple[Campaign, Group]:
    """A campaign of the care agency, open, and the group of those who get codes on paper."""
    people = without_email(number)
    made = campaign(stage=Stage.SCHEDULED, unit=CARE_AGENCY_CODE, code=code)
    Campaign.objects.filter(pk=made.pk).update(paper=True)
    assert freezing.open_what_is_due(now(), new_key=keys()) == 1
    found = Invitation.objects.select_related("group").get(campaign=made, person=people[0])
    return Campaign.objects.select_related("version").get(pk=made.pk), found.group


def drawn(group: Group, person_id: int) -> list[str]:
    """A group's pile, made by a person."""
    with acting(person_id) as actor:
        codes: list[str] = draw_pile(actor=actor, group=group)
    return codes
