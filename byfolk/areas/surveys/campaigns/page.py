"""What the pages of campaigns show, in words and rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.areas.surveys.results.words import answered_text
from byfolk.engines.questionnaires.ballots.openly import Address, addresses, addresses_in_short
from byfolk.engines.questionnaires.campaigns.models import Campaign, Mode, Stage
from byfolk.engines.questionnaires.campaigns.placing import Placing
from byfolk.engines.questionnaires.campaigns.queries import Collected, ResponseSoFar, is_anonymous
from byfolk.engines.questionnaires.campaigns.reading import addressed
from byfolk.engines.questionnaires.campaigns.rules import last_day
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of
from byfolk.lib import norwegian
from byfolk.lib.listed import Listed

#: A list longer than this helps nobody to see which units are small.
AT_MOST = 60
#: So many places are on a page, and have their posters in one file.
PLACES = 50


def title_of(campaign: Campaign) -> str:
    """Its title in the reader's language."""
    return campaign.title.in_language(get_language() or "nb")


def day(date: dt.date) -> str:
    """A date in the reader's language."""
    return norwegian.day(date, get_language() or "nb")


def number(count: int) -> str:
    """A count as the reader's language writes it."""
    return norwegian.number(count, 0, get_language() or "nb")


def days_of(campaign: Campaign) -> tuple[str, str]:
    """The first and the last day on which one can answer."""
    return day(day_of(campaign.opens_at)), day(last_day(campaign.closes_at))


def listed(campaigns: Sequence[Campaign]) -> list[dict[str, Any]]:
    """Campaigns as rows of a table."""
    rows = []
    for campaign in campaigns:
        opens, closes = days_of(campaign)
        rows.append(
            {
                "cells": [
                    {
                        "value": title_of(campaign),
                        "url": reverse("campaign", args=[campaign.pk]),
                        "note": campaign.unit.name,
                    },
                    {"value": campaign.get_stage_display()},
                    {"value": opens},
                    {"value": closes},
                ]
            }
        )
    return rows


def verdict(campaign: Campaign, placing: Placing | None, so_far: ResponseSoFar | None) -> str:
    """How it stands, in a sentence."""
    opens, closes = days_of(campaign)
    if campaign.stage in (Stage.DRAFT, Stage.SCHEDULED) and placing is not None:
        told = {"people": number(placing.total), "groups": number(len(placing.groups))}
        if not placing.groups:
            return _("For få å spørre: det blir ingen gruppe som er stor nok")
        if campaign.stage == Stage.DRAFT:
            return _("%(people)s blir spurt, i %(groups)s grupper. Ingenting er sendt ennå.") % told
        return _("%(people)s blir spurt, i %(groups)s grupper. Den åpner %(day)s.") % (told | {"day": opens})
    if campaign.stage == Stage.OPEN and so_far is not None:
        told_now = {
            "collected": number(so_far.unit.collected), "invited": number(so_far.unit.invited), "day": closes,
        }  # fmt: skip
        if not is_anonymous(campaign):
            return _("%(collected)s av %(invited)s har svart. Den er åpen til og med %(day)s.") % told_now
        return _("%(collected)s av %(invited)s har hentet stemmeseddel. Den er åpen til og med %(day)s.") % told_now
    told = {"answered": number(campaign.answered or 0), "invited": number(campaign.invited or 0)}
    if not is_anonymous(campaign):
        return _("%(answered)s av %(invited)s svarte.") % told
    return _("%(answered)s av %(invited)s svarte. Nøklene er slettet.") % told


def whom(campaign: Campaign) -> str:
    """Who may answer, in words."""
    openly = campaign.asked.openly
    if openly is None:
        return (
            _("De som arbeider her, og får kode på papir om de ikke har e-post")
            if campaign.paper
            else _("De som arbeider her")
        )
    return _("Brukere og innbyggere med kode fra en lapp") if openly.coded else _("Brukere og innbyggere")


def places(actor: Actor, campaign: Campaign, text: str = "") -> Listed[Address] | list[Unit]:
    """The places with an address of their own whose name has a text in it: units before it opens, addresses while it is
    open, and none after.
    """
    if campaign.stage == Stage.OPEN:
        return addresses(actor, campaign, text)
    if campaign.stage in (Stage.DRAFT, Stage.SCHEDULED):
        return [unit for unit in addressed(campaign.asked) if text.lower() in unit.name.lower()]
    return []


def places_page(actor: Actor, campaign: Campaign, asked: Mapping[str, str]) -> tuple[str, Page[Any]]:
    """What was searched for (`q`), and the page (`page`) of the places found."""
    text = asked.get("q", "").strip()[:80]
    found: Any = places(actor, campaign, text)
    return text, Paginator(found, PLACES).get_page(asked.get("page"))


def place_row(campaign: Campaign, one: Address | Unit) -> dict[str, Any]:
    """A place: {name}; with an address also {group, url, said (how many have answered, or that they are few)}."""
    if isinstance(one, Unit):
        return {"name": one.name}
    few = _("Færre enn %(k)d") % {"k": campaign.smallest_total}
    return {
        "name": one.name,
        "group": one.group_id,
        "url": settings.ADDRESS + reverse("open_link", args=[one.word]),
        "said": few if one.answered is None else answered_text(one.answered, 0),
    }


def open_verdict(actor: Actor, campaign: Campaign, many: int) -> str:
    """How a campaign that anyone may answer stands, in a sentence. `many`: so many places, before it opens."""
    opens, closes = days_of(campaign)
    told: dict[str, Any] = {
        "places": number(many), "opens": opens, "closes": closes, "number": number(campaign.answered or 0),
    }  # fmt: skip
    if campaign.stage in (Stage.DRAFT, Stage.SCHEDULED):
        if not many:
            return _("Ingen steder passer. Velg et annet nivå, eller noe annet i navnet.")
        if campaign.stage == Stage.DRAFT:
            return _("%(places)s steder får hver sin adresse. Ingenting er åpnet ennå.") % told
        return _("%(places)s steder får hver sin adresse. Den åpner %(opens)s.") % told
    if campaign.stage == Stage.OPEN:
        short = addresses_in_short(actor, campaign)
        told |= {
            "places": number(short.places), "number": number(short.answered), "enough": number(short.enough),
        }  # fmt: skip
        return (
            _("%(enough)s av %(places)s steder har nok svar, til sammen %(number)s. Den er åpen til og med %(closes)s.")
            % told
        )
    return _("%(number)s svarte. Ingen var invitert, så det er ingen svarprosent.") % told


def kept(campaign: Campaign) -> list[dict[str, str]]:
    """What is gone, what is left, and until when, once a campaign is closed."""
    if campaign.closed_at is None:
        return []
    closed, gone = last_day(campaign.closed_at), campaign.destroyed_at
    until = _("Slettes senest %(day)s") % {"day": day(closed + dt.timedelta(days=campaign.keep_days))}
    left = _("Slettet %(day)s") % {"day": day(day_of(gone))} if gone else until
    rows = [{"label": _("Svarene"), "value": left}, {"label": _("Invitasjonene"), "value": left}]
    if campaign.mode != Mode.NAMED:
        rows.append({"label": _("Tekster som ikke er frigitt"), "value": left})
    if is_anonymous(campaign) and campaign.keys_destroyed_at is not None:
        keys = day(day_of(campaign.keys_destroyed_at))
        copies = day(closed + dt.timedelta(days=settings.BACKUP_DAYS))
        rows.insert(0, {"label": _("Nøklene"), "value": _("Slettet %(day)s") % {"day": keys}})
        rows.append({"label": _("Stemmesedlene"), "value": left})
        rows.append(
            {"label": _("Sikkerhetskopier fra svartiden"), "value": _("Slettet innen %(day)s") % {"day": copies}}
        )
    return [*rows, {"label": _("Resultatene og tekster som er frigitt"), "value": _("Blir stående")}]


def too_small(placing: Placing) -> list[dict[str, str]]:
    """The units that are counted with the one above, by name: {title, text}."""
    units = Unit.objects.in_bulk(placing.too_small)
    heads = Unit.objects.in_bulk({placing.group[unit] or 0 for unit in units})
    found = []
    for number, unit in units.items():
        head = heads.get(placing.group[number] or 0)
        if head is not None:
            found.append({"title": unit.name, "text": _("Telles med %(unit)s") % {"unit": head.name}})
    return sorted(found, key=lambda row: row["title"])[:AT_MOST]


def response(found: ResponseSoFar, here: str) -> dict[str, Any]:
    """How many have collected, of a unit and those right below it: a table, and the way up.

    `here`: the page's address.
    """
    own = found.unit.unit_id
    above = found.path[-1] if found.path else None
    return {
        "title": found.unit.name,
        "up": {"label": above[1], "url": f"{here}?enhet={above[0]}#svar"} if above else None,
        "rows": [_collected(one, here, own=own) for one in found.below],
        "foot": _collected(found.unit, here, whole=True),
    }


def _collected(one: Collected, here: str, *, own: int = 0, whole: bool = False) -> dict[str, Any]:
    language = get_language() or "nb"
    share = norwegian.percent(100 * one.collected / one.invited, 0, language) if one.invited else ""
    name: dict[str, Any] = {"value": one.name}
    if whole:
        name = {"value": _("Til sammen")}
    elif one.unit_id == own:
        name["note"] = _("De som hører til enheten selv, og de som telles sammen med dem")
    elif one.divided:
        name["url"] = f"{here}?enhet={one.code}#svar"
    numbers = (number(one.invited), number(one.collected), share)
    return {"cells": [name, *({"value": value, "numeric": True} for value in numbers)]}
