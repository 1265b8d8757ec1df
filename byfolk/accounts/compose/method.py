"""The last chapter: where the figures come from, how they are made, what is hidden and when it was published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.accounts.compose.numbering import Numbering
from byfolk.accounts.compose.unit_year import UnitYear
from byfolk.accounts.compose.wording import language, lower
from byfolk.accounts.compose.written import hidden_passage
from byfolk.accounts.content import Aside, Block, Cell, Chapter, Column, Link, Passage, Table, Terms
from byfolk.engines.goals.sentences import joined
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.disclosure.rules import HEALTH_ABSENT, HEALTH_N
from byfolk.kernel.time import day_of
from byfolk.lib import norwegian


def method_chapter(unit: UnitYear, codes: Sequence[str], number: int) -> Chapter:
    """The chapter. It is composed last: it counts what the others have shown. `codes` are the figures that they tell
    of."""
    numbering = Numbering(number)
    hidden = len(unit.tally.hidden)
    if hidden:
        finding = ngettext(
            "Kilder, regnemåter og %(n)s skjult tall", "Kilder, regnemåter og %(n)s skjulte tall", hidden
        ) % {"n": norwegian.number(hidden, 0, language())}
    else:
        finding = _("Kilder og regnemåter")
    blocks: list[Block] = [
        _sources(unit, codes),
        _hiding(unit),
        _dates(unit),
        _years(unit),
        _definitions(codes, numbering),
    ]
    if board := _board(unit):
        blocks.insert(-1, board)
    if since := hidden_passage(unit):
        blocks.insert(2, since)
    return Chapter(number, "slik-er-det-laget", _("Slik er regnskapet laget"), finding, _lead(unit), (), tuple(blocks))


def _lead(unit: UnitYear) -> str:
    shown = norwegian.number(len(unit.tally.shown), 0, language())
    return _(
        "Regnskapet bygger på %(n)s publiserte tall. Hvert tall har en side med forklaring, historie og grunnlag."
    ) % {"n": shown}


def _sources(unit: UnitYear, codes: Sequence[str]) -> Terms:
    # Sources are named "system: what of it": one row a system.
    systems: dict[str, list[str]] = {}
    for source in sorted({str(registry.indicator(code).source) for code in codes}):
        system, _colon, what = source.partition(": ")
        systems.setdefault(system, []).append(what)
    rows = [(system, norwegian.sentence("; ".join(filter(None, whats))) or system) for system, whats in systems.items()]
    counted = []
    for title, number, rounded in unit.basis.inputs.get(unit.place.id, ()):
        words = {"source": lower(title), "n": norwegian.number(number, 0, language())}
        counted.append((_("%(source)s, omtrent %(n)s rader") if rounded else _("%(source)s, %(n)s rader")) % words)
    if counted:
        rows.append((_("Rader bak tallene"), norwegian.sentence("; ".join(counted))))
    rows.append(
        (_("Regnet ut"), _("Ingen har skrevet inn tall for hånd. De samme radene gir alltid det samme regnskapet."))
    )
    return Terms(_("Kilder"), tuple(rows))


def _hiding(unit: UnitYear) -> Terms:
    hidden = norwegian.number(len(unit.tally.hidden), 0, language())
    return Terms(
        _("Hva som er skjult"),
        (
            (
                _("Skjulte tall"),
                _("%(n)s av tallene som hører hjemme her, er skjult. Der står det hvorfor.") % {"n": hidden},
            ),
            (
                _("Små grupper"),
                _("Et tall vises bare når gruppen er så stor at ingen kan kjenne igjen enkeltpersoner."),
            ),
            (
                _("Fravær"),
                _("Sykefravær vises når det er minst %(n)d ansatte, og minst %(absent)d av dem har vært borte.")
                % {"n": HEALTH_N, "absent": HEALTH_ABSENT},
            ),
            (_("Lønn"), _("Lønn vises bare for kommunen og virksomhetene, og bare i prosent.")),
            (_("Naboen"), _("Noen ganger er naboen skjult også. Ellers kunne noen trukket fra og regnet seg fram.")),
            (_("Endringer"), _("Et nytt tall holdes tilbake når endringen kunne pekt på enkeltpersoner.")),
        ),
    )


def _dates(unit: UnitYear) -> Terms:
    made = unit.basis.publication
    at = day_of(made.at)
    return Terms(
        _("Publisering"),
        (
            (_("Tall per"), norwegian.day(dt.date(unit.year, 12, 31), language())),
            (_("Publisert"), norwegian.day(at, language())),
            (_("Publisering nummer"), norwegian.number(made.id, 0, language())),
            (_("Neste tall"), norwegian.day(made.next_on, language())),
            (_("Kjennemerke"), made.facts_hash[:12]),
        ),
    )


def _years(unit: UnitYear) -> Passage:
    first, count = unit.years[0], len(unit.years)
    texts = [
        _("Historien går fra %(first)d til %(last)d.") % {"first": first, "last": unit.year}
        if count > 1
        else _("Det finnes bare tall for %(year)d. Historien kommer år for år.") % {"year": unit.year}
    ]
    if 1 < count < 5:
        texts.append(_("Det er de årene som finnes. Regnskapet viser opptil fem."))
    lacking = [year for year in unit.years if unit.basis.figures.of(unit.place.id, "headcount", year) is None]
    if lacking:
        texts.append(
            _("%(name)s har ikke tall for %(years)s.")
            % {"name": unit.place.name, "years": joined([str(year) for year in lacking])}
        )
    texts.append(_("Hver enhet er med slik den var da året sluttet, med navnet den hadde da."))
    return Passage(_("Historie og organisasjon"), (" ".join(texts),))


def _definitions(codes: Sequence[str], numbering: Numbering) -> Table:
    rows = []
    for code in codes:
        indicator = registry.indicator(code)
        note = _("versjon %(n)d") % {"n": indicator.version} if indicator.version > 1 else ""
        rows.append((Cell(str(indicator.title), note=note), Cell(str(indicator.definition))))
    columns = (Column(_("Tall")), Column(_("Hva det er")))
    return Table(
        numbering.table(),
        _("Hva hvert tall betyr"),
        _("Definisjonene som gjaldt da tallene ble laget."),
        columns,
        tuple(rows),
        sheet=_("Definisjoner"),
    )


def _board(unit: UnitYear) -> Aside | None:
    try:
        path = reverse("board_unit", args=[unit.place.code])
    except NoReverseMatch:
        return None
    return Aside(_("Hva som skjer nå."), _("Nyere tall og tiltak står på"), Link(_("styringstavlen"), path))
