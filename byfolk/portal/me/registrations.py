"""What my page adds to navigation and home."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from byfolk.kernel.registry import HOME, NAVIGATION, HomeAsk, HomeCard, HomeSource, NavigationItem, Urgency
from byfolk.portal.first_steps.queries import progress
from byfolk.portal.me.queries import corrections_to_answer


def cards(asked: HomeAsk) -> Iterable[HomeCard]:
    """Someone in the actor's units has said that something is wrong, and waits for an answer."""
    actor = asked.actor
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
            urgency=Urgency.SOMEONE_WAITS,
            icon="pencil",
        )


def first_steps(asked: HomeAsk) -> Iterable[HomeCard]:
    """The administrator of a new installation is led to what is not done yet."""
    actor = asked.actor
    if not actor.may("installation.start"):
        return
    left = 4 - progress().done
    if left:
        text = ngettext("%(n)s steg gjenstår.", "%(n)s steg gjenstår.", left) % {"n": left}
        yield HomeCard(
            title=_("Kom i gang med Byfolk"),
            text=text,
            url=reverse("first_steps"),
            action=_("Se stegene"),
            urgency=Urgency.SOMEONE_WAITS,
            icon="compass",
        )


# Whoever holds a role has more in the head, and reaches it by their own name there.
NAVIGATION.append(NavigationItem(gettext_lazy("Mitt"), "me", 10, lambda actor: not actor.held))
HOME += [HomeSource("corrections", 5, cards), HomeSource("first_steps", 0, first_steps)]
