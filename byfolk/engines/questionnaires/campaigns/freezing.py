"""What happens to a campaign by itself, as background work: it is frozen, its keys are made, it opens.

Each step can be cut off and begun again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from byfolk.engines.questionnaires.ballots.blind import PrivateKey, make_key
from byfolk.engines.questionnaires.ballots.codes import new_word
from byfolk.engines.questionnaires.ballots.keeping import sealed_key
from byfolk.engines.questionnaires.campaigns.models import (
    Campaign,
    FrozenUnit,
    Group,
    GroupKey,
    Invitation,
    Mode,
    Stage,
)
from byfolk.engines.questionnaires.campaigns.placing import Placing, concerned, placed
from byfolk.engines.questionnaires.campaigns.reading import addressed, people_of, tree
from byfolk.engines.questionnaires.campaigns.rules import FREEZE_BEFORE
from byfolk.kernel.access.acting import acting_as_worker
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Person

KEYS_AT_A_TIME = 50
AT_A_TIME = 5000


def open_what_is_due(now: dt.datetime, *, new_key: Callable[[], PrivateKey] = make_key) -> int:
    """Freeze, give keys to and open every campaign whose time has come; answers how many opened."""
    with acting_as_worker(why="open_campaign"):
        due = list(Campaign.objects.filter(stage=Stage.SCHEDULED, opens_at__lte=now + FREEZE_BEFORE))
    opened = 0
    for campaign in due:
        if freeze(campaign.pk, now):
            make_keys(campaign.pk, new_key)
            opened += _open(campaign.pk, now)
    return opened


def freeze(campaign_id: int, now: dt.datetime) -> bool:
    """Freeze tree, groups and invited, once. Where there are too few for even one group it becomes a draft again."""
    with acting_as_worker(why="freeze_campaign"):
        campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
        if campaign.stage != Stage.SCHEDULED:
            return False
        if campaign.frozen_at is not None:
            return True
        invited = _freeze_open(campaign) if campaign.asked.openly else _freeze_people(campaign)
        if invited is None:
            Campaign.objects.filter(pk=campaign_id).update(stage=Stage.DRAFT)
            return False
        Campaign.objects.filter(pk=campaign_id).update(frozen_at=now, invited=invited)
    return True


def _freeze_open(campaign: Campaign) -> int | None:
    """A group and an address for each unit, and nobody invited; None where there is no unit."""
    places = [unit.pk for unit in addressed(campaign.asked)]
    if not places:
        return None
    parents = concerned(tree(), campaign.asked.units)
    groups = Group.objects.bulk_create(
        [Group(campaign=campaign, unit_id=unit, invited=0, word=new_word()) for unit in places]
    )
    _write_units(campaign, Placing(parents, (), {}, {unit: unit for unit in places}), groups)
    return 0


def _freeze_people(campaign: Campaign) -> int | None:
    """Groups and invitations; answers how many are invited, None where they are too few for even one group."""
    placing = placed(people_of(campaign.asked), tree(), campaign.asked.units, campaign.smallest_total)
    if not placing.groups:
        return None
    groups = Group.objects.bulk_create(
        [Group(campaign=campaign, unit_id=unit, invited=n) for unit, n in placing.groups.items()]
    )
    _write_units(campaign, placing, groups)
    _invite(campaign, placing, {group.unit_id: group for group in groups})
    return placing.total


def _write_units(campaign: Campaign, placing: Placing, made: list[Group]) -> None:
    groups = {group.unit_id: group for group in made}
    names = Unit.objects.in_bulk(list(placing.parents))
    FrozenUnit.objects.bulk_create(
        [
            FrozenUnit(
                campaign=campaign, unit_id=unit, parent_id=above, name_nb=names[unit].name_nb,
                name_nn=names[unit].name_nn, level=names[unit].level, invited=placing.invited.get(unit, 0),
                group=groups.get(placing.group.get(unit) or 0),
            )
            for unit, above in placing.parents.items()
        ],
        batch_size=AT_A_TIME,
    )  # fmt: skip


def _invite(campaign: Campaign, placing: Placing, groups: dict[int, Group]) -> None:
    on_paper = set(Person.objects.filter(work_email="").values_list("pk", flat=True)) if campaign.paper else set()
    Invitation.objects.bulk_create(
        [
            Invitation(
                campaign=campaign, group=groups[placing.group[place] or 0], person_id=one.person or 0,
                paper=one.person in on_paper,
            )
            for one, place in placing.counted_in
        ],
        batch_size=AT_A_TIME,
    )  # fmt: skip


def make_keys(campaign_id: int, new_key: Callable[[], PrivateKey] = make_key) -> None:
    """Give every group of an anonymous campaign its key, some at a time: what is made stays made."""
    with acting_as_worker(why="make_keys"):
        campaign = Campaign.objects.get(pk=campaign_id)
        lacking = list(Group.objects.filter(campaign=campaign, public_key=b"").values_list("pk", flat=True))
    if campaign.mode != Mode.ANONYMOUS or campaign.asked.openly:
        return
    for start in range(0, len(lacking), KEYS_AT_A_TIME):
        made = {group: new_key() for group in lacking[start : start + KEYS_AT_A_TIME]}
        with acting_as_worker(why="make_keys"), transaction.atomic():
            for group, key in made.items():
                if Group.objects.filter(pk=group, public_key=b"").update(public_key=key.public()):
                    GroupKey.objects.create(group_id=group, sealed=sealed_key(key, group))


def _open(campaign_id: int, now: dt.datetime) -> int:
    with acting_as_worker(why="open_campaign"):
        ready = Campaign.objects.filter(pk=campaign_id, stage=Stage.SCHEDULED, opens_at__lte=now)
        return ready.update(stage=Stage.OPEN)
