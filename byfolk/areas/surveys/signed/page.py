"""One person's answers as a page shows them, and what is said of who reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.engines.questionnaires.campaigns.models import Campaign, Mode
from byfolk.engines.questionnaires.campaigns.reading_signed import Own
from byfolk.engines.questionnaires.campaigns.rules import last_day
from byfolk.engines.questionnaires.instruments.content import Content, Item, Kind
from byfolk.kernel.time import day_of
from byfolk.lib import norwegian


def _language() -> str:
    return (get_language() or "nb").split("-")[0]


def title_of(campaign: Campaign) -> str:
    """Its title in the reader's language."""
    return campaign.title.in_language(_language())


def who_reads(campaign: Campaign) -> list[str]:
    """What is true of a campaign that knows who answers, in sentences; said before the first question and after."""
    last = last_day(campaign.closes_at) + dt.timedelta(days=campaign.keep_days)
    gone = _("Svarene slettes senest %(day)s.") % {"day": norwegian.day(last, _language())}
    if campaign.mode == Mode.CONFIDENTIAL:
        return [
            _("Svarene lagres med navnet ditt, men ingen leser dem enkeltvis, heller ikke HR eller lederen din."),
            _("Byfolk teller dem sammen med andres. Bare den som driver databasen, kan se dem, og skal la være."),
            gone,
        ]
    told = {"unit": campaign.unit.name}
    stored = _("Svarene lagres med navnet ditt.")
    if campaign.leaders_read:
        who = _("Når undersøkelsen er avsluttet, kan HR for %(unit)s og lederen din lese dem.") % told
    else:
        who = _("Når undersøkelsen er avsluttet, kan HR for %(unit)s lese dem.") % told
    return [f"{stored} {who}", _("De må si hvorfor hver gang, og du ser hvem som har lest, og når."), gone]


def answer_rows(content: Content, answers: Mapping[str, Any]) -> list[dict[str, str]]:
    """What was asked and answered, in order: {label, value}; what was not answered is left out."""
    rows = []
    for item in content.items():
        given = answers.get(item.code)
        if given is None:
            continue
        if item.kind is Kind.MATRIX and isinstance(given, Mapping):
            rows += [
                {"label": row.text.in_language(_language()), "value": _step(content, item, given[row.code])}
                for row in item.rows
                if row.code in given
            ]
            continue
        rows.append({"label": item.text.in_language(_language()), "value": _said(content, item, given)})
    return rows


def _said(content: Content, item: Item, given: Any) -> str:
    if item.kind is Kind.SCALE:
        return _step(content, item, given)
    if item.kind in (Kind.SINGLE, Kind.MULTIPLE):
        names = {option.code: option.text.in_language(_language()) for option in item.options}
        return ", ".join(names.get(one, str(one)) for one in (given if isinstance(given, list) else [given]))
    return str(given)


def _step(content: Content, item: Item, given: Any) -> str:
    scale = content.scale(item.scale)
    steps = {step.value: step.label.in_language(_language()) for step in scale.steps} if scale else {}
    return f"{given} {steps.get(given, '')}".strip()


def own_context(own: Own, wrong: str = "") -> dict[str, Any]:
    """What `surveys/signed/own.html` needs: one's own answers when all is over, and who has read them."""
    return {
        "campaign": own.campaign, "survey_title": title_of(own.campaign), "wrong": wrong,
        "rows": answer_rows(own.campaign.version.parsed, own.answers), "promises": who_reads(own.campaign),
        "looks": [
            {"title": one.name or _("En som har sluttet"), "text": one.why, "aside": _day(one.at)} for one in own.looks
        ],
        "apart": own.campaign.mode == Mode.CONFIDENTIAL,
    }  # fmt: skip


def _day(at: dt.datetime) -> str:
    return norwegian.day(day_of(at), _language())


def crumbs(campaign: Campaign, name: str = "") -> list[dict[str, str]]:
    """The way to a page of answers."""
    found = [
        {"label": _("Resultater"), "url": reverse("survey_results")},
        {"label": title_of(campaign), "url": reverse("signed_people", args=[campaign.pk]) if name else ""},
    ]
    return found + ([{"label": name, "url": ""}] if name else [])
