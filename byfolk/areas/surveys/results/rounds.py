"""The page of all surveys: those that wait for the reader's answer, and those with results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.areas.surveys.results import words
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.campaigns.queries import Waiting
from byfolk.engines.questionnaires.campaigns.rules import last_day
from byfolk.engines.questionnaires.results.queries import Ready
from byfolk.lib import norwegian


def open_rows(waiting: Sequence[Waiting]) -> list[dict[str, Any]]:
    """Campaigns that wait for the reader's answer, each leading to where one answers."""
    return [
        {
            "title": one.title.in_language(words.language()),
            "url": reverse("survey", args=[one.campaign_id]),
            "text": _("Svar til og med %(day)s.")
            % {"day": norwegian.day(last_day(one.closes_at), words.language(), year=False)},
        }
        for one in waiting
    ]


def rounds_rows(ready: Sequence[Ready]) -> list[dict[str, Any]]:
    """Campaigns with results, each leading to the result nearest to the reader."""
    return [
        {
            "title": one.campaign.title.in_language(words.language()),
            "url": reverse("survey_result", args=[one.campaign.pk, one.unit.code]),
            "text": one.unit.name,
            "aside": words.answered_text(one.answered, one.invited),
        }
        for one in ready
    ]


def by_name_rows(campaigns: Sequence[Campaign]) -> list[dict[str, Any]]:
    """Campaigns by name whose answers the reader may open one by one."""
    return [
        {"title": one.title.in_language(words.language()), "url": reverse("signed_people", args=[one.pk])}
        for one in campaigns
    ]
