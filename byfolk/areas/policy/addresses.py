"""The addresses of the data pages, with what the reader has chosen."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.areas.policy.choices import Choice
from byfolk.areas.policy.places import Place
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.organisation.queries import root
from byfolk.kernel.rights import Actor


def board_url(code: str, choice: Choice | None = None, **more: Any) -> str:
    """The steering board of a unit."""
    return reverse("board_unit", args=[code]) + (choice.query(**more) if choice else "")


def own_unit(actor: Actor) -> tuple[str, str]:
    """The unit that the reader is shown figures of: where they hold a role, else the municipality. Its code and name;
    empty before there is one.
    """
    if actor.held:
        return actor.held[0].unit_code, actor.held[0].unit_name
    top = root()
    return (top.code, top.name) if top else ("", "")


def figure_url(indicator: str, code: str, choice: Choice | None = None, **more: Any) -> str:
    """The page of an indicator in a unit."""
    return reverse("figure", args=[indicator, code]) + (choice.query(**more) if choice else "")


class FigureLinks:
    """Addresses of many figures: each indicator's is looked up once, for tables with hundreds of links."""

    def __init__(self, choice: Choice) -> None:
        self._query = choice.query()
        self._starts: dict[str, str] = {}

    def of(self, indicator: str, code: str) -> str:
        """The page of an indicator in a unit. Unit codes go into addresses as they are (`quote` where they need it)."""
        start = self._starts.get(indicator)
        if start is None:
            start = self._starts[indicator] = reverse("figure", args=[indicator, "0"])[: -len("0")]
        return f"{start}{quote(code)}{self._query}"

    def targets(self, indicator: str, code: str) -> str:
        """The page of an indicator's targets for a unit."""
        return f"{self.of(indicator, code).removesuffix(self._query)}/mal"


def targets_url(indicator: str, code: str) -> str:
    """The page of an indicator's targets for a unit."""
    return reverse("targets", args=[indicator, code])


def actions_url(code: str) -> str:
    """The board of a unit's actions."""
    return reverse("unit_actions", args=[code])


def start_url(code: str, indicator: str = "") -> str:
    """Where an action is started in a unit, to move an indicator."""
    return reverse("start_action", args=[code]) + (f"?tall={indicator}" if indicator else "")


def unit_url(code: str) -> str:
    """The page of a unit."""
    return reverse("unit", args=[code])


def relations_url(code: str) -> str:
    """What goes together among the units below one."""
    return reverse("relations", args=[code])


def crumbs(place: Place, last: str = "") -> list[dict[str, str]]:
    """The way down to a unit by unit pages, and what this page is, if it is not the unit's own."""
    items = [{"label": unit.name, "url": unit_url(unit.code)} for unit in place.path]
    return [*items, {"label": last}] if last else items


def unit_tabs(place: Place, current: str, *, actions: bool = False) -> list[dict[str, Any]]:
    """The pages of one unit: overview, goals and figures, what goes together below it (from divisions up), the actions
    for those who see them, and the people in it.
    """
    code = place.unit.code
    doing = [{"label": _("Tiltak"), "url": actions_url(code), "current": current == "actions"}] if actions else []
    together = [{"label": _("Sammenhenger"), "url": relations_url(code), "current": current == "relations"}]
    together = together if place.unit.level <= Level.DIVISION else []
    return [
        {"label": _("Oversikt"), "url": unit_url(code), "current": current == "unit"},
        {"label": _("Mål og tall"), "url": board_url(code), "current": current == "board"},
        *together,
        *doing,
        {"label": _("Ansatte"), "url": f"{reverse('directory')}?unit={code}", "current": False},
    ]
