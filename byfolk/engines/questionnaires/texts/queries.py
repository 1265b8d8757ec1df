"""Reads of texts: those that one may review, and those that are shown. The database gives no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from byfolk.engines.questionnaires.campaigns.models import Campaign, FrozenUnit
from byfolk.engines.questionnaires.texts.models import FreeText, TextBatch, TextState
from byfolk.kernel.organisation.names import in_language
from byfolk.kernel.rights import Actor


@dataclass(frozen=True)
class Reviewed:
    """A batch that the actor may review: what its unit was called, and how many texts are in which state."""

    batch: TextBatch
    code: str
    name: str
    states: Mapping[str, int]

    @property
    def waiting(self) -> int:
        """How many texts nobody has decided on."""
        return self.states.get(TextState.WAITING, 0)

    @property
    def left(self) -> int:
        """How many texts there are."""
        return sum(self.states.values())


def to_review(actor: Actor, campaign: Campaign) -> list[Reviewed]:
    """The batches of a campaign that the actor may review, those that wait first. Three queries."""
    if not actor.may("texts.review"):
        raise PermissionError("texts are reviewed by HR of the campaign's unit")
    found_here = TextBatch.objects.filter(campaign=campaign).select_related("unit")
    batches = list(found_here.order_by("unit__level", "unit__sort_key"))
    states: dict[int, Counter[str]] = {}
    counts = FreeText.objects.filter(batch__in=[one.pk for one in batches]).values_list("batch", "state")
    for batch, state, number in counts.annotate(n=Count("pk")):
        states.setdefault(batch, Counter())[state] = number
    names = _names(campaign, [one.unit_id for one in batches])
    found = [
        Reviewed(one, one.unit.code, names.get(one.unit_id, one.unit.name), states.get(one.pk, {})) for one in batches
    ]
    return sorted(found, key=lambda one: (one.batch.published_at is not None, one.waiting == 0))


def _names(campaign: Campaign, units: list[int]) -> dict[int, str]:
    rows = FrozenUnit.objects.filter(campaign=campaign, unit__in=units)
    return {row.unit_id: in_language(row.name_nb, row.name_nn) for row in rows}


def batch_to_review(actor: Actor, campaign: Campaign, code: str) -> Reviewed | None:
    """One batch, by its unit's code; None where there is none that the actor may review."""
    return next((one for one in to_review(actor, campaign) if one.code == code), None)


def texts_to_review(actor: Actor, reviewed: Reviewed) -> QuerySet[FreeText]:
    """The texts of a batch, in the order of their random ids."""
    if not actor.may("texts.review"):
        raise PermissionError("texts are reviewed by HR of the campaign's unit")
    return FreeText.objects.filter(batch=reviewed.batch).order_by("id")


@dataclass(frozen=True)
class Shown:
    """The texts that a reader may see of a unit: in an order of chance, the same for everybody. `batch` None: none were
    placed here, or they are not shown yet; `elsewhere`: code and name of the nearest unit above that has some.
    """

    texts: QuerySet[FreeText] = field(repr=False)
    batch: TextBatch | None
    elsewhere: tuple[str, str] | None


def shown_texts(actor: Actor, campaign_id: int, path: list[tuple[int, str, str]]) -> Shown:
    """What people of a unit wrote. `path`: number, code and name of units from the top down to it. One query, and
    those of the texts.
    """
    if not actor.may("results.see"):
        raise PermissionError("results are seen by those who work here")
    batches = {
        one.unit_id: one
        for one in TextBatch.objects.filter(
            campaign=campaign_id, unit__in=[unit for unit, _code, _name in path], published_at__isnull=False
        )
    }
    own = batches.get(path[-1][0])
    above = next(((code, name) for unit, code, name in reversed(path[:-1]) if unit in batches), None)
    texts = FreeText.objects.filter(batch=own, state=TextState.APPROVED) if own else FreeText.objects.none()
    return Shown(texts.order_by("item", "id"), own, None if own else above)
