"""The page of a unit as its template takes it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.action.beside import Beside, unit_context
from byfolk.areas.policy.addresses import board_url, crumbs, figure_url, unit_tabs, unit_url
from byfolk.areas.policy.board.page import closed_note, published_text
from byfolk.areas.policy.board.rows import status_word
from byfolk.areas.policy.choices import period_field
from byfolk.areas.policy.explaining.beside import Explained, note_of
from byfolk.areas.policy.hiding import short_reason
from byfolk.areas.policy.places import kind_of
from byfolk.areas.policy.unit import people, services, sub_units
from byfolk.areas.policy.unit.queries import SERVICES, UnitPage
from byfolk.areas.policy.wording import bare_text, figure_text, language, span_text, target_text, unit_word
from byfolk.engines.goals.queries import Measured
from byfolk.engines.goals.rules import Status, count
from byfolk.engines.goals.sentences import joined
from byfolk.engines.indicators.answers import PublicationAbout
from byfolk.kernel.organisation.models import Succession
from byfolk.lib import charts, norwegian

FIGURES = 9
ROWS = 30


def context_of(
    page: UnitPage,
    *,
    publication: PublicationAbout | None,
    on: dt.date,
    number: str,
    doing: Beside,
    explained: Explained,
) -> dict[str, Any]:
    """Everything that `policy/unit.html` needs. `number` is the page of the list of units below."""
    place = page.place
    rows = Paginator(sub_units.ordered(page), ROWS).get_page(number)
    figures = chosen_figures(page)
    return {
        "title": place.unit.name,
        "place": place,
        "unit": place.unit,
        "crumbs": crumbs(place),
        "lead": lead(page),
        "leader_url": reverse("colleague", args=[page.leader.person_id]) if page.leader else "",
        "tabs": unit_tabs(place, "unit", actions=bool(doing.board_url)),
        "closed": closed_note(place, on),
        "fields": [period_field(page.choice)] if page.choice else [],
        "published": published_text(publication),
        "figures": [_figure(page, one) | note_of(explained, one.figure) for one in figures],
        "figures_lead": _figures_lead(page, figures),
        "services": services.services_of(page),
        "sub_units": _below(page, rows),
        "pages": rows,
        "query": _query(page),
        "age": people.age_of(page),
        "positions": people.positions_of(page),
        "changes": _changes(page),
        **unit_context(doing),
        "board_url": board_url(place.unit.code, page.choice),
        "staff_url": f"{reverse('directory')}?unit={place.unit.code}",
        "csv_url": _download(page, "csv"),
        "xlsx_url": _download(page, "xlsx"),
    }


def _download(page: UnitPage, kind: str) -> str:
    query = page.choice.query(last=kind) if page.choice else f"?last={kind}"
    return unit_url(page.place.unit.code) + query


def _query(page: UnitPage) -> str:
    chosen = page.choice.query().lstrip("?") if page.choice else ""
    return f"{chosen}&" if chosen else ""


def lead(page: UnitPage) -> str:
    """Who and how many, in two short sentences."""
    sentences = []
    head, fte = page.shown("headcount"), page.shown("fte")
    if head and head.published and head.value:
        n = int(head.value)
        text = ngettext("%(n)s ansatt", "%(n)s ansatte", n) % {"n": norwegian.number(n, 0, language())}
        if fte and fte.published and fte.value is not None:
            text = _("%(people)s i %(fte)s årsverk") % {
                "people": text,
                "fte": norwegian.number(fte.value, 1, language()),
            }
        sentences.append(text + ".")
    if page.leader:
        sentences.append(_("%(name)s leder enheten.") % {"name": page.leader.name})
    return " ".join(sentences)


def chosen_figures(page: UnitPage) -> list[Measured]:
    """At most nine of the board's figures: those that are there first, in the policy's order. The services' stand by
    themselves.
    """
    there = sorted((one for one in page.served if one.indicator.area != SERVICES), key=lambda one: one.figure is None)
    return there[:FIGURES]


def _figures_lead(page: UnitPage, figures: list[Measured]) -> str:
    if not figures or page.choice is None:
        return ""
    text = ngettext(
        "%(n)s tall fra styringstavlen, til og med %(month)s.",
        "%(n)s tall fra styringstavlen, til og med %(month)s.",
        len(figures),
    )
    words = {
        "n": norwegian.sentence(_few(len(figures))),
        "month": norwegian.month(page.choice.period, language()),
    }
    counts = count(one.status for one in figures)
    said = []
    if counts[Status.REACHED]:
        said.append(_("%(n)s har nådd målet") % {"n": _few(counts[Status.REACHED])})
    if counts[Status.NEAR]:
        said.append(_("%(n)s er nær") % {"n": _few(counts[Status.NEAR])})
    if counts[Status.FAR]:
        said.append(_("%(n)s er langt unna") % {"n": _few(counts[Status.FAR])})
    second = f" {norwegian.sentence(joined(said))}." if said else ""
    return text % words + second


def _few(n: int) -> str:
    """A number of figures in words: "tall" is neuter, so one of them is "ett"."""
    return _("ett") if n == 1 else norwegian.in_words(n, language())


def _figure(page: UnitPage, measured: Measured) -> dict[str, Any]:
    indicator, figure = measured.indicator, measured.figure
    about = page.figures[indicator.code]
    card: dict[str, Any] = {
        "name": indicator.title,
        "url": figure_url(indicator.code, page.place.unit.code, page.choice),
        "status": measured.status,
        "word": status_word(measured),
    }
    if figure is None or not figure_text(figure):
        hidden = measured.status is Status.HIDDEN
        reason = short_reason(indicator, figure, page.place.unit.level) if hidden else _("Ingen tall ennå")
        return card | {"reason": reason, "value": ""}
    target = float(measured.goalpost.value) if measured.goalpost else None
    published = figure.published and figure.value is not None
    return card | {
        "value": bare_text(indicator, figure.value or 0) if published else figure_text(figure),
        "unit": unit_word(indicator) if published else "",
        "note": _note(measured, about.last_year.value if about.last_year else None),
        "spark": charts.sparkline([point.value for point in about.history], target=target),
    }


def _note(measured: Measured, before: float | None) -> str:
    indicator = measured.indicator
    parts = [span_text(measured.figure)] if measured.figure else []
    if measured.goalpost:
        parts.append(_("mål %(target)s") % {"target": target_text(indicator, measured.goalpost.value)})
    if before is not None:
        parts.append(_("i fjor %(value)s") % {"value": bare_text(indicator, before)})
    return norwegian.sentence(" · ".join(parts))


def _below(page: UnitPage, rows: Page) -> dict[str, Any] | None:
    if not page.sub_units:
        return None
    title = kind_of([one.unit for one in page.sub_units]).these
    return sub_units.table_of(page, list(rows), last=not rows.has_next()) | {"title": norwegian.sentence(title)}


def _changes(page: UnitPage) -> list[dict[str, Any]]:
    """What the unit came from and what took over from it, oldest first."""
    lines = [_change(row, row.unit.code, row.unit.name, _("Overtok for")) for row in page.predecessors]
    return lines + [_change(row, row.successor.code, row.successor.name, _("Videreført i")) for row in page.successors]


def _change(row: Succession, code: str, name: str, kind: str) -> dict[str, Any]:
    return {"label": name, "url": unit_url(code), "note": f"{kind}, {norwegian.day(row.on, language())}"}
