"""What the portal itself makes findable: people, units and pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.organisation.queries import find_units
from byfolk.kernel.registry import NAVIGATION, SearchHit
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import today
from byfolk.portal.directory.queries import colleagues

PAGES = (
    (_("Hvem kan se hva om meg?"), "who_sees", _("Se hvem som kan se hva, og hvem som har sett")),
    (_("Min side"), "me", _("Det Byfolk vet om deg")),
    (_("Personvern"), "privacy", _("Hva vi tar vare på, og hvorfor")),
    (_("Tilgjengelighet"), "accessibility", _("Slik skal Byfolk virke for alle")),
    (_("Hjelp"), "help", _("Slik bruker du Byfolk")),
)


def find_people(actor: Actor, text: str, limit: int) -> Sequence[SearchHit]:
    """Colleagues whose name or title begins so."""
    return [
        SearchHit(card.name, reverse("colleague", args=[card.person_id]), f"{card.title}, {card.unit.name}")
        for card in colleagues(actor, text=text)[:limit]
        if any(character.isalnum() for character in text)
    ]


def find_organisation(actor: Actor, text: str, limit: int) -> Sequence[SearchHit]:
    """Open units by name or code, those that begin with the text first."""
    wanted = text.lower()
    units = sorted(
        find_units(text, today(), limit * 3),
        key=lambda unit: (
            not (unit.name_nb.lower().startswith(wanted) or unit.name_nn.lower().startswith(wanted)),
            unit.level,
        ),
    )
    return [
        SearchHit(unit.name, reverse("unit", args=[unit.code]), str(unit.get_level_display())) for unit in units[:limit]
    ]


def find_pages(actor: Actor, text: str, limit: int) -> Sequence[SearchHit]:
    """Pages by title, in the reader's language."""
    known = [(str(title), name, str(detail)) for title, name, detail in PAGES]
    known += [(str(item.title), item.url_name, "") for item in NAVIGATION if item.shown(actor)]
    wanted = text.lower()
    hits = [
        SearchHit(title, reverse(name), detail)
        for title, name, detail in known
        if wanted in f"{title} {detail}".lower()
    ]
    return hits[:limit]
