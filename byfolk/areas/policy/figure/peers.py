"""Units of like size on one scale."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.addresses import figure_url
from byfolk.areas.policy.figure.queries import FigurePage
from byfolk.areas.policy.places import kind_of
from byfolk.areas.policy.wording import bare_text, target_text, value_text
from byfolk.engines.indicators.definition import Direction
from byfolk.lib import charts


def peers_of(page: FigurePage) -> dict[str, Any] | None:
    """The dot plot as its component takes it; None where there is nobody to stand beside."""
    peers = page.peers
    if peers is None:
        return None
    indicator, own = page.indicator, page.place.unit.pk
    values = [row.figure.value for row in peers.rows if row.figure.value is not None]
    target = float(page.measured.goalpost.value) if page.measured.goalpost else None
    parent = _parent(page)
    reach = values + [value for value in (target, parent) if value is not None]
    low, high = min(reach), max(reach)
    return {
        "title": _title(page),
        "lead": _lead(page),
        "caption": _("%(figure)s i enheter ved siden av") % {"figure": indicator.title},
        "scale": charts.dot_scale(
            low=low, high=high, target=target, parent=parent,
            target_label=_("Mål %(target)s") % {"target": target_text(indicator, target)} if target is not None else "",
            parent_label=_parent_label(page, parent),
        ),
        "rows": [
            {
                "name": row.name,
                "url": figure_url(indicator.code, row.code, page.choice),
                "svg": charts.dot(
                    row.figure.value or 0, low=low, high=high, target=target, parent=parent, own=row.unit_id == own
                ),
                "value": value_text(indicator, row.figure.value or 0),
                "own": row.unit_id == own,
            }
            for row in peers.rows
        ],
        "unseen": _unseen(peers.unseen),
    }  # fmt: skip


def _parent(page: FigurePage) -> float | None:
    above = page.place.above
    figure = page.above.get(above.pk) if above else None
    return figure.value if figure and figure.published else None


def _parent_label(page: FigurePage, value: float | None) -> str:
    return "" if value is None else _("Enheten over %(value)s") % {"value": bare_text(page.indicator, value)}


def _title(page: FigurePage) -> str:
    peers = page.peers
    assert peers is not None
    kinds = kind_of([page.place.unit]).many
    place = next(number for number, row in enumerate(peers.rows, start=1) if row.unit_id == page.place.unit.pk)
    words = {"place": place, "n": len(peers.rows), "kinds": kinds}
    if page.indicator.direction is Direction.NEITHER:
        return (_("%(n)d like store %(kinds)s") if peers.like_size else _("%(n)d %(kinds)s")) % words
    return (
        _("Nummer %(place)d av %(n)d like store %(kinds)s")
        if peers.like_size
        else _("Nummer %(place)d av %(n)d %(kinds)s")
    ) % words


def _lead(page: FigurePage) -> str:
    peers = page.peers
    assert peers is not None
    order = "" if page.indicator.direction is Direction.NEITHER else _("De beste står øverst.")
    size = _("De som ligner mest i størrelse.") if peers.like_size else ""
    return " ".join(part for part in (size, order, _("Velg et navn for å gå dit.")) if part)


def _unseen(n: int) -> str:
    text = ngettext(
        "%(n)d enhet vises ikke: tallet er skjult eller finnes ikke.",
        "%(n)d enheter vises ikke: tallene er skjult eller finnes ikke.",
        n,
    )
    return text % {"n": n} if n else ""
