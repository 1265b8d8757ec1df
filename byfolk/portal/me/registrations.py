"""What my page adds to navigation and home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from byfolk.kernel.registry import HOME, NAVIGATION, HomeCard, HomeSource, NavigationItem
from byfolk.kernel.rights import Actor
from byfolk.portal.me.queries import corrections_to_answer


def cards(actor: Actor, today: dt.date) -> Iterable[HomeCard]:
    """Someone in the actor's units has said that something is wrong, and waits for an answer."""
    if not actor.may("corrections.answer"):
        return
    waiting = corrections_to_answer(actor).filter(answered_at=None).count()
    if waiting:
        text = ngettext("%(n)s venter på svar fra deg.", "%(n)s venter på svar fra deg.", waiting) % {"n": waiting}
        yield HomeCard(
            title=_("Noen har meldt feil i opplysningene sine"),
            text=text,
            url=reverse("corrections"),
            action=_("Svar dem"),
            urgency=1,
            icon="pencil",
        )


# Whoever holds a role has more in the head, and reaches it by their own name there.
NAVIGATION.append(NavigationItem(gettext_lazy("Mitt"), "me", 10, lambda actor: not actor.held))
HOME.append(HomeSource("corrections", cards))
