"""Import and data quality, beside each other for whoever brings files in."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.kernel.rights import Actor


def tabs(actor: Actor, current: str) -> list[dict[str, Any]]:
    """The two pages as tabs; nothing for those who may open only the one."""
    if not (actor.may("imports.manage") and actor.may("data_quality.see")):
        return []
    names = {"imports": _("Import"), "data_quality": _("Datakvalitet")}
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in names.items()]
