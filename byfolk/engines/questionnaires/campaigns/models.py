"""Campaigns, and what is frozen when one opens: the tree, the groups that answers are counted in, and who is invited.

Nothing about when somebody did something stands in an invitation, and it has no history.
"""

from __future__ import annotations

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from byfolk.engines.questionnaires.campaigns.audience import Audience
from byfolk.engines.questionnaires.instruments.content import Texts
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Person
from byfolk.lib.conditions import one_of

SMALLEST_TOTAL = 5
SMALLEST_BREAKDOWN = 10
KEEP_DAYS, KEEP_AT_MOST = 180, 1825


class Mode(models.TextChoices):
    """What is known of who answered what."""

    ANONYMOUS = "anonymous", _("Anonym")
    CONFIDENTIAL = "confidential", _("Fortrolig")
    NAMED = "named", _("Med navn")


class Stage(models.TextChoices):
    """Where a campaign stands. `SCHEDULED`: it opens by itself when its time comes."""

    DRAFT = "draft", _("Utkast")
    SCHEDULED = "scheduled", _("Planlagt")
    OPEN = "open", _("Åpen")
    CLOSED = "closed", _("Avsluttet")
    ARCHIVED = "archived", _("Arkivert")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Campaign(models.Model):
    """One round of asking. `titles` in three languages; `audience` as `Audience.plain`.

    `smallest_total` people must have answered before a group's result is shown, `smallest_breakdown` before it is
    broken down; both can only be raised. `leader_days`: the days for which a unit's leader has the result before
    others. `frozen_at`: when tree, groups and invited were frozen; `keys_destroyed_at`: since when nobody can sign
    a ballot. `leaders_read`: where it asks by name, the leader of whoever answers may read it, too. `keep_days`: so
    long after the close answers are kept; `destroyed_at`: when they and the invitations were destroyed. `invited`
    and `answered` count everybody, the latter at the close. `paper`: those without a work e-mail get a code on paper.
    """

    version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.ANONYMOUS)
    titles = models.JSONField()
    audience = models.JSONField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.DRAFT)
    smallest_total = models.IntegerField(default=SMALLEST_TOTAL)
    smallest_breakdown = models.IntegerField(default=SMALLEST_BREAKDOWN)
    leader_days = models.IntegerField(default=7)
    paper = models.BooleanField(default=False)
    leaders_read = models.BooleanField(default=False)
    keep_days = models.IntegerField(default=KEEP_DAYS)
    made_by_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    keys_destroyed_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    invited = models.IntegerField(null=True)
    answered = models.IntegerField(null=True)
    edition = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["stage", "closes_at"])]
        constraints = [
            models.CheckConstraint(condition=one_of("stage", Stage.values), name="campaign_stage_is_known"),
            models.CheckConstraint(condition=one_of("mode", Mode.values), name="campaign_mode_is_known"),
            models.CheckConstraint(condition=Q(titles__has_key="nb"), name="campaign_title_in_nb"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="campaign_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(smallest_total__gte=SMALLEST_TOTAL, smallest_breakdown__gte=SMALLEST_BREAKDOWN)
                & Q(smallest_breakdown__gte=F("smallest_total")),
                name="campaign_groups_only_larger",
            ),
            models.CheckConstraint(condition=Q(leader_days__range=(0, 60)), name="campaign_leader_days"),
            models.CheckConstraint(condition=Q(paper=False) | Q(mode="anonymous"), name="campaign_paper_is_anonymous"),
            models.CheckConstraint(condition=Q(keep_days__range=(1, KEEP_AT_MOST)), name="campaign_keep_days"),
            models.CheckConstraint(
                condition=Q(leaders_read=False) | Q(mode=Mode.NAMED), name="leaders_read_what_is_given_by_name"
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at=None) | Q(stage=Stage.ARCHIVED), name="campaign_destroyed_when_archived"
            ),
            models.CheckConstraint(
                condition=one_of("stage", ["draft", "scheduled"]) | Q(frozen_at__isnull=False),
                name="campaign_opens_frozen",
            ),
            models.CheckConstraint(
                condition=~one_of("stage", ["closed", "archived"])
                | Q(closed_at__isnull=False, keys_destroyed_at__isnull=False, answered__isnull=False),
                name="campaign_closed_without_keys",
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="what_it_is", fields=["unit", "made_by_id", "made_at"])]

    def __str__(self) -> str:
        return str(self.titles.get("nb", ""))

    @property
    def title(self) -> Texts:
        """Its title in three languages."""
        return Texts(**self.titles)

    @property
    def asked(self) -> Audience:
        """Whom it asks."""
        return Audience.from_plain(self.audience)


class Group(models.Model):
    """People of a campaign whose answers are counted together: those of a unit, and of units below that were too few.

    `public_key`: what ballots of the group are verified by (DER); empty where the campaign is not anonymous, or open to
    anyone: then `word` is the end of the address at which one answers for the unit, and `invited` is 0. When the
    campaign closes, `collected` and `answered` say how many fetched a ballot and how many answered; where too few
    answered, all of them were counted in `merged_into` instead, or, with `destroyed`, not at all.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="groups")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    invited = models.IntegerField()
    public_key = models.BinaryField(default=b"")
    word = models.TextField(blank=True, default="")
    collected = models.IntegerField(null=True)
    answered = models.IntegerField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    destroyed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="one_group_a_unit"),
            models.UniqueConstraint(fields=["word"], condition=~Q(word=""), name="one_address_a_group"),
            models.CheckConstraint(
                condition=Q(answered=None) | Q(collected=None) | Q(answered__lte=F("collected")),
                name="answers_never_exceed_ballots",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.unit_id}"


class FrozenUnit(models.Model):
    """A unit as it stood when the campaign opened: what it was called, where it lay, and the group of its people.

    `invited` counts those whose answers belong to the unit itself; leaders belong to the unit above. `group` is None
    where nobody at all was invited there or above.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    name_nb = models.TextField()
    name_nn = models.TextField(blank=True, default="")
    level = models.SmallIntegerField()
    invited = models.IntegerField()
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="units")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="unit_frozen_once")]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.name_nb}"


class GroupKey(models.Model):
    """The key that signs a group's ballots, sealed by the installation's secret. Gone when the campaign closes."""

    group = models.OneToOneField(Group, models.CASCADE, primary_key=True, related_name="+")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"key of {self.group_id}"


class Invitation(models.Model):
    """That a person is invited, and whether their ballot is collected. Not when: no time, no number in order.

    `sent`: SHA-256 of the blinded message that was signed, so that a lost answer can be asked for again. It tells
    nothing of the ballot, which is blinded by a number that never leaves the voter; it is emptied at the close.
    `paper`: one of those whose group gets a pile of codes; when the pile is made, all of them have collected.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    collected = models.BooleanField(default=False)
    sent = models.BinaryField(default=b"")
    paper = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["group", "collected"]),
            models.Index(fields=["group", "collected"], condition=models.Q(paper=True), name="invited_on_paper"),
        ]
        constraints = [models.UniqueConstraint(fields=["person", "campaign"], name="invited_once")]

    def __str__(self) -> str:
        return f"invitation to {self.campaign_id}"


class SignedAnswer(models.Model):
    """What a person has answered where the campaign knows who answers. Its group is the invitation's own (a trigger).

    It can be changed until the campaign closes, by the person alone.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    answers = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "campaign"], name="answers_once_by_name")]

    def __str__(self) -> str:
        return f"answers to {self.campaign_id}"


class Mailing(models.Model):
    """How far a day's letters about a campaign have come: everybody up to `after` has been written to.

    One row a campaign, and none a person: who was reminded, and when, would tell when a ballot was collected.
    """

    campaign = models.OneToOneField(Campaign, models.CASCADE, primary_key=True, related_name="+")
    on = models.DateField()
    after = models.BigIntegerField(default=0)
    done = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.campaign_id} on {self.on}"
