"""The whole accounts of a unit, chapter by chapter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from byfolk.accounts.compose.agencies import agencies_chapter
from byfolk.accounts.compose.assignment import EQUALITY_ONLY, by_area
from byfolk.accounts.compose.cover import cover
from byfolk.accounts.compose.equality import equality_chapter
from byfolk.accounts.compose.measures import measures_chapter
from byfolk.accounts.compose.method import method_chapter
from byfolk.accounts.compose.plan import plan_chapter
from byfolk.accounts.compose.sealing import Signature, seal
from byfolk.accounts.compose.themes import area_chapter, workforce_chapter
from byfolk.accounts.compose.unit_year import UnitYear
from byfolk.accounts.compose.verdicts import summary, verdict
from byfolk.accounts.compose.written import with_text
from byfolk.accounts.content import Chapter, Fact, Report
from byfolk.accounts.drafted import Draft
from byfolk.accounts.parameters import equality_duty
from byfolk.accounts.queries import Basis, Place
from byfolk.engines.indicators import registry
from byfolk.kernel.time import OSLO, day_of
from byfolk.lib import norwegian


def report(
    basis: Basis,
    place: Place,
    language: str,
    *,
    sectors: Mapping[str, int] | None = None,
    draft: Draft | None = None,
    signature: Signature | None = None,
) -> Report:
    """The accounts of the city (`place` is the root) or of an agency, in a language. `sectors`: see `compose.cover`.

    `draft`: with what people have written; `signature`: as they are frozen.
    """
    with translation.override(language):
        return _report(UnitYear(basis, place, draft), language, sectors or {}, signature)


def _report(unit: UnitYear, language: str, sectors: Mapping[str, int], signature: Signature | None) -> Report:
    made_cover = cover(unit, sectors)
    chapters = _chapters(unit)
    made = unit.basis.publication
    path = (
        reverse("accounts_year", args=[unit.year])
        if unit.is_city
        else reverse("accounts_agency", args=[unit.year, unit.place.code])
    )
    return Report(
        language=language,
        year=unit.year,
        unit_code=unit.place.code,
        unit_name=unit.place.name,
        whole_city=unit.is_city,
        municipality=unit.basis.municipality,
        demo_note=_("Alle tall og navn i regnskapet er oppdiktet.") if unit.basis.demo else "",
        title=_("Personalregnskap"),
        cover=made_cover,
        verdict=verdict(unit),
        summary=summary(unit),
        facts=(*_facts(unit), _state(signature)),
        chapters=chapters,
        published_at=made.at.astimezone(OSLO),
        path=path,
        seal=seal(signature) if signature else None,
        draft_note=_("Dette er et utkast. Tall og tekst kan endre seg til regnskapet er frosset.")
        if unit.draft is not None and signature is None
        else "",
    )


def _state(signature: Signature | None) -> Fact:
    if signature is None:
        return Fact(_("Utgave"), _("Ikke frosset"), _("kan endre seg"))
    day = norwegian.day(day_of(signature.at), translation.get_language() or "nb")
    version = _("Versjon %(version)d") % {"version": signature.version}
    return Fact(_("Utgave"), version, _("frosset %(day)s") % {"day": day})


def _chapters(unit: UnitYear) -> tuple[Chapter, ...]:
    placed, rest = by_area(unit.basis.areas)
    chapters = [workforce_chapter(unit, rest, 1)]
    for area in sorted(unit.basis.areas, key=lambda area: area.number):
        chapter = area_chapter(unit, area, placed[area.number], len(chapters) + 1)
        if chapter:
            chapters.append(chapter)
    if unit.is_city and (agencies := agencies_chapter(unit, len(chapters) + 1)):
        chapters.append(agencies)
    chapters.append(equality_chapter(unit, len(chapters) + 1))
    for make in (measures_chapter, plan_chapter):
        if made := make(unit, len(chapters) + 1):
            chapters.append(made)
    # Before the last chapter, which counts the figures that the others name.
    chapters = [with_text(unit, chapter) for chapter in chapters]
    told = [
        code
        for code in (*rest, *(code for codes in placed.values() for code in codes), *sorted(EQUALITY_ONLY))
        if unit.known(code)
    ]
    # In the order of the list of indicators, for whoever looks one up.
    told.sort(key=lambda code: (registry.indicator(code).number, registry.indicator(code).key))
    chapters.append(method_chapter(unit, told, len(chapters) + 1))
    return tuple(chapters)


def _facts(unit: UnitYear) -> tuple[Fact, ...]:
    language = translation.get_language() or "nb"
    duty = equality_duty(unit.year)
    made = day_of(unit.basis.publication.at)
    shown, hidden = len(unit.tally.shown), len(unit.tally.hidden)
    facts = [
        Fact(_("Tall per"), norwegian.day(dt.date(unit.year, 12, 31), language)),
        Fact(_("Publisert"), norwegian.day(made, language)),
        Fact(_("Tall i regnskapet"), norwegian.number(shown, 0, language), _("alle kan spores til kilden")),
        Fact(_("Skjulte tall"), norwegian.number(hidden, 0, language), _("for å verne enkeltpersoner")),
        Fact(_("Frist for likestilling"), norwegian.day(duty.due, language), duty.due_section),
    ]
    return tuple(facts)
