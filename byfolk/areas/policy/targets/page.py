"""The page of an indicator's targets as its template takes it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.addresses import board_url, crumbs, figure_url, targets_url
from byfolk.areas.policy.board.page import closed_note
from byfolk.areas.policy.places import Place
from byfolk.areas.policy.targets.forms import TargetForm
from byfolk.areas.policy.targets.queries import TargetsPage
from byfolk.areas.policy.wording import distance_text, figure_text, language, span_text, target_text
from byfolk.engines.goals.queries import TargetChange
from byfolk.engines.goals.rules import Goalpost
from byfolk.engines.indicators.definition import Direction, Indicator
from byfolk.kernel.time import OSLO, day_of
from byfolk.lib import norwegian

#: More units than this are not listed, only counted.
BELOW_AT_MOST = 50


def context_of(page: TargetsPage, form: TargetForm | None, year: int) -> dict[str, Any]:
    """Everything that `policy/targets.html` needs. `form`: None for those who may not set targets here; `year`: the one
    that the form is about.
    """
    place, indicator = page.place, page.indicator
    code, now = place.unit.code, page.on.year
    suffix = (_("ved %(unit)s") if place.above else _("i %(unit)s")) % {"unit": place.unit.name}
    title = _("Mål for %(figure)s") % {"figure": norwegian.inside(str(indicator.title))}
    return {
        "place": place,
        "name": title,
        "suffix": suffix,
        "title": f"{title} {suffix}",
        "crumbs": [
            *crumbs(place),
            {"label": str(indicator.title), "url": figure_url(indicator.code, code)},
            {"label": _("Mål")},
        ],
        "closed": closed_note(place, page.on),
        "verdict": _verdict(page, now),
        "lead": f"{_from_where(page, page.target(now))} {_newest(page)}".strip(),
        "columns": _columns(form is not None),
        "rows": [_row(page, one, form is not None, year) for one in page.years],
        "form": form,
        "form_title": _("Sett mål for %(unit)s") % {"unit": place.unit.name},
        "sees": _sees(page),
        "own": _own(page, year) if form is not None and page.is_own(year) else None,
        "below": _below(page),
        "changes": _changes(page),
        "figure_url": figure_url(indicator.code, code),
        "board_url": board_url(code),
    }


def told(page: TargetsPage, change: TargetChange) -> dict[str, Any]:
    """What was just done, and the way to take it back."""
    title = _("Målet for %(year)d er fjernet.") if change.after is None else _("Målet for %(year)d er satt.")
    applies = page.target(change.year)
    text = _at(page.indicator, applies.value) if applies else ""
    detail = {"value": text, "unit": _name(page, applies)}
    if applies is None:
        note = _("Nå er det ikke noe mål for dette året.")
    elif change.after is None:
        note = _("Nå gjelder målet for %(unit)s: %(value)s.") % detail
    else:
        note = _("Det er %(value)s.") % detail
    undo = ""
    if change.is_latest:
        undo = reverse("undo_target", args=[page.indicator.code, page.place.unit.code, change.id])
    return {"title": title % {"year": change.year}, "text": note, "undo_url": undo}


def initial(page: TargetsPage, year: int) -> dict[str, Any]:
    """What the form begins with: the target that applies in the year, else that of the nearest year before."""
    years = [year, *sorted((one for one in page.years if one < year), reverse=True)]
    found = next((target for one in years if (target := page.target(one)) is not None), None)
    if found is None:
        return {"year": year}
    return {"year": year, "value": _written(found.value), "tolerance": _written(found.tolerance)}


def _written(value: Decimal) -> str:
    decimals = max(0, -int(value.normalize().as_tuple().exponent))
    return norwegian.number(value, decimals, language()).replace(norwegian.NBSP, "")


def _verdict(page: TargetsPage, year: int) -> str:
    found = page.target(year)
    if found is None:
        return _("Det er ikke satt noe mål for %(year)d") % {"year": year}
    return _("Målet for %(year)d er %(value)s") % {"year": year, "value": _at(page.indicator, found.value)}


def _at(indicator: Indicator, value: Decimal) -> str:
    text = target_text(indicator, value)
    if indicator.direction is Direction.DOWN:
        return _("høyst %(bound)s") % {"bound": text}
    return _("minst %(bound)s") % {"bound": text}


def _name(page: TargetsPage, found: Goalpost | None) -> str:
    if found is None:
        return ""
    return next((unit.name for unit in page.place.path if unit.pk == found.unit_id), "")


def _from_where(page: TargetsPage, found: Goalpost | None) -> str:
    if found is None:
        return _("Uten mål kan vi ikke si om tallet er godt nok.")
    near = _("Inntil %(distance)s unna er nær.") % {"distance": _distance(page.indicator, found.tolerance)}
    if found.unit_id == page.place.unit.pk:
        text = _("Det er satt for enheten selv, og gjelder alt under den.") if _has_below(page.place) else ""
        return f"{text or _('Det er satt for enheten selv.')} {near}"
    return _("Det er satt for %(unit)s, og gjelder alle enheter under.") % {"unit": _name(page, found)} + f" {near}"


def _newest(page: TargetsPage) -> str:
    """The newest figure that is shown, to set a target by."""
    shown = [figure for _year, figure in sorted(page.figures.items()) if figure_text(figure)]
    if not shown:
        return ""
    return _("Siste tall er %(value)s, %(span)s.") % {"value": figure_text(shown[-1]), "span": span_text(shown[-1])}


def _has_below(place: Place) -> bool:
    return place.unit.level < 5


def _distance(indicator: Indicator, tolerance: Decimal) -> str:
    """A tolerance with as many decimals as it needs, at least those of the indicator."""
    needed = max(0, -int(tolerance.normalize().as_tuple().exponent))
    return distance_text(replace(indicator, decimals=max(indicator.decimals, needed)), tolerance)


def _columns(edits: bool) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = [
        {"label": _("År")},
        {"label": _("Mål"), "numeric": True},
        {"label": _("Nær innenfor"), "numeric": True, "wide_only": True},
        {"label": _("Tallet ble"), "numeric": True, "wide_only": True},
        {"label": _("Satt for")},
    ]
    return [*columns, {"label": _("Endre")}] if edits else columns


def _row(page: TargetsPage, year: int, edits: bool, chosen: int) -> dict[str, Any]:
    found, figure = page.target(year), page.figures.get(year)
    result = figure_text(figure)
    value = {"value": target_text(page.indicator, found.value), "strong": True} if found else {"value": _("Ikke satt")}
    near = _distance(page.indicator, found.tolerance) if found else ""
    cells: list[dict[str, Any]] = [
        {"value": str(year)},
        {**value, "numeric": True},
        {"value": near, "numeric": True, "wide_only": True},
        {"value": result, "numeric": True, "wide_only": True, "note": span_text(figure) if figure and result else ""},
        {"value": _("Enheten selv") if page.is_own(year) else _name(page, found)},
    ]
    if edits and year in page.may_set_years:
        label = _("Endre %(year)d") if page.is_own(year) else _("Sett for %(year)d")
        url = f"{targets_url(page.indicator.code, page.place.unit.code)}?ar={year}#sett"
        cells.append({"value": label % {"year": year}, "url": url})
    elif edits:
        cells.append({"value": ""})
    return {"cells": cells, "chosen": edits and year == chosen}


def _sees(page: TargetsPage) -> str:
    text = _("Alle som jobber her, ser målet, og at det er du som satte det.")
    return f"{text} {_('Det gjelder alt under enheten, uten der noen har satt et eget mål.')}"


def _own(page: TargetsPage, year: int) -> dict[str, Any]:
    """The way to take away the unit's own target, and what applies then."""
    above = page.above(year)
    if above is None:
        after = _("Da er det ikke noe mål for %(year)d.") % {"year": year}
    else:
        detail = {"unit": _name(page, above), "value": _at(page.indicator, above.value)}
        after = _("Da gjelder målet for %(unit)s: %(value)s.") % detail
    return {"year": year, "button": _("Fjern målet for %(year)d") % {"year": year}, "after": after}


def _below(page: TargetsPage) -> dict[str, Any] | None:
    """Units below with targets of their own, for the years from now on."""
    if not page.below:
        return None
    units = len({unit.pk for unit, *_rest in page.below})
    return {
        "title": ngettext("%(n)s enhet under har eget mål", "%(n)s enheter under har eget mål", units)
        % {"n": norwegian.sentence(norwegian.in_words(units, language()))},
        "rows": [
            {
                "label": unit.name,
                "note": f"{year}: {target_text(page.indicator, value)}",
                "url": targets_url(page.indicator.code, unit.code),
            }
            for unit, year, value, _tolerance in page.below[:BELOW_AT_MOST]
        ],
        "more": len(page.below) > BELOW_AT_MOST,
    }


def _changes(page: TargetsPage) -> dict[str, Any]:
    units = {unit.pk: unit.name for unit in page.place.path}
    labels = (_("Når"), _("Hvem"), _("Hva"), _("Enhet"))
    return {
        "columns": [{"label": label} for label in labels],
        "rows": [
            {
                "cells": [
                    {"value": value, "label": label}
                    for value, label in zip(
                        (
                            _moment(change),
                            _who(page, change),
                            _what(page.indicator, change),
                            units.get(change.unit_id, ""),
                        ),
                        labels,
                        strict=True,
                    )
                ]
            }
            for change in page.changes
        ],
    }


def _moment(change: TargetChange) -> str:
    at = change.at.astimezone(OSLO)
    return f"{norwegian.day(day_of(at), language())} {norwegian.clock(at, language())}"


def _who(page: TargetsPage, change: TargetChange) -> str:
    if change.by_person_id is None:
        return _("Systemet")
    return page.names.get(change.by_person_id) or _("En som ikke står i adresseboka")


def _what(indicator: Indicator, change: TargetChange) -> str:
    def said(target: tuple[Decimal, Decimal]) -> str:
        value, tolerance = target
        words = {"value": target_text(indicator, value), "distance": _distance(indicator, tolerance)}
        return _("%(value)s (nær: inntil %(distance)s)") % words

    if change.after is None:
        before = said(change.before) if change.before else ""
        return _("%(year)d: fjernet %(before)s") % {"year": change.year, "before": before}
    if change.before is None:
        return _("%(year)d: satt til %(after)s") % {"year": change.year, "after": said(change.after)}
    words = {"year": change.year, "before": said(change.before), "after": said(change.after)}
    return _("%(year)d: endret fra %(before)s til %(after)s") % words
