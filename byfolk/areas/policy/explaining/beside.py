"""A unit's explanations on the pages of its figures: plain data, which can be part of what a page is kept under."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.areas.policy.choices import Choice
from byfolk.areas.policy.places import Place
from byfolk.areas.policy.wording import language, moment_text
from byfolk.engines.indicators import notes
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import Indicator
from byfolk.engines.indicators.notes import Explanation
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of
from byfolk.lib import norwegian
from byfolk.lib.charts import Flag

#: As many as a figure's page shows, the newest first.
AT_MOST = 6


@dataclass(frozen=True)
class Said:
    """One explanation in words: of which figure, when that is, what is said, and by whom."""

    indicator: str
    kind: PeriodKind
    period: dt.date
    when: str
    text: str
    signed: str

    def is_about(self, figure: FigureValue | None) -> bool:
        """Whether it is about this very figure."""
        return (
            figure is not None
            and (figure.indicator.code, figure.kind, figure.period) == (self.indicator, self.kind, self.period)
        )  # fmt: skip


@dataclass(frozen=True)
class Explained:
    """The explanations of a page, newest first, and where the reader may write one (empty: nowhere)."""

    said: tuple[Said, ...]
    write_url: str = ""

    def of(self, figure: FigureValue | None) -> Said | None:
        """What is said of a figure."""
        return next((one for one in self.said if one.is_about(figure)), None)

    def flags(self, kind: PeriodKind, *, since: dt.date) -> list[Flag]:
        """The explanations of a span as flags of a chart that begins in a period, the oldest first."""
        return [Flag(one.period, _("Forklaring")) for one in self._drawn(kind, since)]

    def notes(self, kind: PeriodKind, *, since: dt.date) -> list[str]:
        """What stands beneath a chart with those flags."""
        return [_("Forklaring fra enheten, %(when)s") % {"when": one.when} for one in self._drawn(kind, since)]

    def _drawn(self, kind: PeriodKind, since: dt.date) -> list[Said]:
        return [one for one in reversed(self.said) if one.kind is kind and one.period >= since]


def on_figure(actor: Actor, indicator: Indicator, place: Place, choice: Choice) -> Explained:
    """What the unit says of a figure, up to the period of the page. Two queries at most."""
    found = notes.explanations(actor, [place.unit.pk], indicators=[indicator.code], until=choice.period)[:AT_MOST]
    url = explain_url(indicator.code, place.unit.code, choice) if actor.steers(place.ids) else ""
    return Explained(tuple(_said(one) for one in found), url)


def on_unit(actor: Actor, place: Place, choice: Choice | None) -> Explained:
    """What the unit says of its figures, up to the period of the page. Two queries at most."""
    if choice is None:
        return Explained(())
    since = choice.period.replace(year=choice.period.year - 2)
    found = notes.explanations(actor, [place.unit.pk], since=since, until=choice.period)
    return Explained(tuple(_said(one) for one in found))


def explain_url(indicator: str, code: str, choice: Choice | None = None, **more: Any) -> str:
    """Where a unit's figure is explained."""
    return reverse("explain", args=[indicator, code]) + (choice.query(**more) if choice else "")


def _said(one: Explanation) -> Said:
    return Said(
        one.indicator, one.kind, one.period, moment_text(one.period, one.kind), one.text,
        signed(one.author, one.on, corrected=one.corrected),
    )  # fmt: skip


def signed(author: str, at: dt.datetime, *, corrected: bool = False) -> str:
    """Who said it, and when: "Solveig Aas, 3. november 2026, rettet"."""
    day = norwegian.day(day_of(at), language())
    parts = [author or _("En som ikke står i adresseboka"), day]
    return ", ".join([*parts, _("rettet")] if corrected else parts)


def note_of(explained: Explained, figure: FigureValue | None) -> dict[str, Any]:
    """What is said of a figure, for its row on a board or its place on a unit's page; nothing where nothing is."""
    said = explained.of(figure)
    return {"explained": {"text": said.text, "signed": said.signed}} if said else {}


def figure_context(explained: Explained, shown: FigureValue | None) -> dict[str, Any]:
    """What the page of a figure shows of its explanations."""
    return {
        "explained": explained.said,
        "explain_url": explained.write_url if shown is not None else "",
        "explain_label": _("Rett forklaringen") if explained.of(shown) else _("Forklar tallet"),
    }
