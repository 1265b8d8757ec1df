"""What is to be done, what is said about it, and who wants mail about it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import Direction
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Person
from byfolk.lib.conditions import one_of

models.TextField.register_lookup(Length)
LONGEST_TITLE = 200
LONGEST_SIGN = 300
LANGUAGES = ("nb", "nn", "en")


class State(models.TextChoices):
    """Where an action stands."""

    PLANNED = "planned", _("Planlagt")
    IN_PROGRESS = "in_progress", _("Pågår")
    DONE = "done", _("Ferdig")
    DROPPED = "dropped", _("Droppet")


OPEN = (State.PLANNED, State.IN_PROGRESS)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Action(models.Model):
    """Something to be done in a unit, which concerns everyone who works there.

    `source_kind` and `source_reference` say what it came of (`sources`). `indicator` and `figure_unit` name the figure
    that it should move, if any: `direction` is the way that is better, and `start_*` the published figure when it
    started (no `start_value`: it was hidden, or there was none yet). `sign` is what its people look for themselves, to
    see whether it works. `version` grows with each change, so that two who
    change the same are told apart.
    """

    title = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="actions")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_on = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    state_at = models.DateTimeField()
    # Why it was dropped.
    reason = models.TextField(blank=True, default="")
    source_kind = models.TextField(blank=True, default="")
    source_reference = models.TextField(blank=True, default="")
    indicator = models.TextField(blank=True, default="")
    figure_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    direction = models.CharField(max_length=8, blank=True, default="")
    start_value = models.FloatField(null=True)
    start_period = models.DateField(null=True)
    start_kind = models.SmallIntegerField(null=True, choices=PeriodKind.choices)
    staff_representative = models.BooleanField(default=False)
    safety_representative = models.BooleanField(default=False)
    union = models.BooleanField(default=False)
    participants = models.TextField(blank=True, default="")
    sign = models.TextField(blank=True, default="")
    # Whether leaders elsewhere may see what was done, once it is done: the text and how the figure moved, not where.
    shared = models.BooleanField(default=False)
    made_by_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "state", "due"]),
            models.Index(fields=["owner", "state"]),
            models.Index(fields=["figure_unit", "indicator"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & Q(title__length__lte=LONGEST_TITLE), name="action_says_what_in_short"
            ),
            models.CheckConstraint(condition=Q(due__gte=F("started_on")), name="action_is_due_after_it_starts"),
            models.CheckConstraint(condition=one_of("state", State.values), name="action_state_is_known"),
            models.CheckConstraint(
                condition=(Q(state=State.DROPPED) & ~Q(reason="")) | (~Q(state=State.DROPPED) & Q(reason="")),
                name="only_a_dropped_action_says_why",
            ),
            models.CheckConstraint(
                condition=Q(source_kind="", source_reference="") | (~Q(source_kind="") & ~Q(source_reference="")),
                name="action_source_has_kind_and_reference",
            ),
            models.CheckConstraint(
                condition=Q(
                    indicator="", direction="", figure_unit=None, start_value=None, start_period=None, start_kind=None
                )
                | (~Q(indicator="") & Q(figure_unit__isnull=False) & one_of("direction", Direction)),
                name="action_figure_is_whole_or_none",
            ),
            models.CheckConstraint(
                condition=Q(start_value=None) | Q(start_period__isnull=False, start_kind__isnull=False),
                name="action_start_value_has_its_period",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="action_version_counts_from_1"),
            models.CheckConstraint(
                condition=Q(shared=False) | Q(state=State.DONE), name="only_a_done_action_is_shared"
            ),
            models.CheckConstraint(condition=Q(sign__length__lte=LONGEST_SIGN), name="action_sign_in_short"),
            # What comments refer to, so that they follow the action to a new owner.
            models.UniqueConstraint(fields=["id", "unit", "owner"], name="action_with_unit_and_owner"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="where_it_came_from",
                fields=[
                    "unit", "started_on", "source_kind", "source_reference", "indicator", "figure_unit", "direction",
                    "start_value", "start_period", "start_kind", "made_by_id", "made_at",
                ],
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def owner_name(self) -> str:
        """Who answers for it, as read by `queries.visible`; empty: not in the directory."""
        return getattr(self, "owner_card_name", None) or ""

    @property
    def is_open(self) -> bool:
        """Whether something remains to be done."""
        return self.state in OPEN


class Comment(models.Model):
    """What somebody said about an action. It can be neither changed nor removed.

    `unit_id` and `owner_id` are the action's own, kept alike by the database, so that who may read it is known from
    the row.
    """

    action = models.ForeignKey(Action, models.CASCADE, related_name="comments")
    unit_id = models.BigIntegerField()
    owner_id = models.BigIntegerField()
    author_id = models.BigIntegerField()
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["action", "at"])]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="action_comment_says_something")]
        triggers = [pgtrigger.ReadOnly(name="said_is_said", fields=["action", "author_id", "at", "text"])]

    def __str__(self) -> str:
        return f"{self.author_id} about {self.action_id}"


class MailChoice(models.Model):
    """Whether a person wants mail about actions, and in which language. Without a row: yes, in bokmål."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    wanted = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="nb")

    class Meta:
        constraints = [models.CheckConstraint(condition=one_of("language", LANGUAGES), name="mail_language_is_known")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.wanted}"


class Mailed(models.Model):
    """A person was mailed on a day: once a day is enough."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="mailed_once_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.on}"
