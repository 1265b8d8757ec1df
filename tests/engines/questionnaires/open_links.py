"""A campaign that anyone may answer, for tests."""

from __future__ import annotations

from byfolk.demo.cast import CARE_AGENCY_CODE
from byfolk.engines.questionnaires.campaigns import freezing
from byfolk.engines.questionnaires.campaigns.audience import Audience, Openly
from byfolk.engines.questionnaires.campaigns.models import Campaign, Group, Stage
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.time import now
from tests.engines.questionnaires.rounds import campaign


def opened_to_all(
    *, coded: bool = False, named: str = "", level: Level = Level.WORKPLACE, code: str = "slik-for-alle"
) -> tuple[Campaign, list[Group]]:
    """A campaign of the care agency with an address for each of its workplaces, open; and their groups."""
    made = campaign(stage=Stage.SCHEDULED, unit=CARE_AGENCY_CODE, code=code)
    care = Unit.objects.get(code=CARE_AGENCY_CODE)
    audience = Audience((care.pk,), now().date(), openly=Openly(level.value, named, coded))
    Campaign.objects.filter(pk=made.pk).update(audience=audience.plain(), paper=coded)
    assert freezing.open_what_is_due(now()) == 1
    found = Campaign.objects.select_related("version").get(pk=made.pk)
    return found, list(Group.objects.filter(campaign=made).order_by("pk"))
