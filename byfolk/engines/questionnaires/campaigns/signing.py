"""Answers with a name, in campaigns that say so before the first question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from byfolk.engines.questionnaires.campaigns.models import Campaign, Mode, SignedAnswer, Stage
from byfolk.engines.questionnaires.campaigns.queries import invitation
from byfolk.engines.questionnaires.instruments.answers import Problem, checked
from byfolk.kernel.access.acting import action
from byfolk.kernel.rights import Actor


class AnswersRefused(ValueError):
    """The answers cannot be as they are. Nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("answers that cannot be")
        self.problems = problems


@action("campaigns.see")
def answer_with_name(*, actor: Actor, campaign: Campaign, posted: Mapping[str, Any]) -> SignedAnswer:
    """Keep the actor's answers, in place of those given before. Raises `AnswersRefused`, `PermissionError`."""
    invited = invitation(actor, campaign.pk)
    if invited is None or campaign.mode == Mode.ANONYMOUS or campaign.stage != Stage.OPEN:
        raise PermissionError("who answers with a name is invited to a campaign that asks for it")
    kept = checked(campaign.version.parsed, posted)
    if isinstance(kept, list):
        raise AnswersRefused(kept)
    made, new = SignedAnswer.objects.get_or_create(
        person_id=actor.own_id,
        campaign=campaign,
        defaults={"group_id": invited.group_id, "answers": kept.plain()},
    )
    if not new:
        made.answers = kept.plain()
        made.save(update_fields=["answers"])
    return made


def signed_answers(actor: Actor, campaign: Campaign) -> Mapping[str, Any]:
    """What the actor has answered so far, as `checked` keeps it; empty where nothing."""
    found = SignedAnswer.objects.filter(person=actor.own_id, campaign=campaign).first()
    if found is None:
        return {}
    kept = checked(campaign.version.parsed, found.answers)
    return {} if isinstance(kept, list) else kept.values
