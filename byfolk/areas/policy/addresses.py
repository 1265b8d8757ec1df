"""The addresses of the data pages, with what the reader has chosen."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from byfolk.areas.policy.choices import Choice
from byfolk.areas.policy.places import Place


def board_url(code: str, choice: Choice | None = None, **more: Any) -> str:
    """The steering board of a unit."""
    return reverse("board_unit", args=[code]) + (choice.query(**more) if choice else "")


def figure_url(indicator: str, code: str, choice: Choice | None = None, **more: Any) -> str:
    """The page of an indicator in a unit."""
    return reverse("figure", args=[indicator, code]) + (choice.query(**more) if choice else "")


def unit_url(code: str) -> str:
    """The page of a unit."""
    return reverse("unit", args=[code])


def crumbs(place: Place, last: str = "") -> list[dict[str, str]]:
    """The way down to a unit by unit pages, and what this page is, if it is not the unit's own."""
    items = [{"label": unit.name, "url": unit_url(unit.code)} for unit in place.path]
    return [*items, {"label": last}] if last else items


def unit_tabs(place: Place, current: str) -> list[dict[str, Any]]:
    """The pages of one unit: overview, goals and figures, and the people in it."""
    from django.utils.translation import gettext as _

    code = place.unit.code
    return [
        {"label": _("Oversikt"), "url": unit_url(code), "current": current == "unit"},
        {"label": _("Mål og tall"), "url": board_url(code), "current": current == "board"},
        {"label": _("Ansatte"), "url": f"{reverse('directory')}?enhet={code}", "current": False},
    ]
