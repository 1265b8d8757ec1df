"""What surveys add to every page: navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.registry import NAVIGATION, NavigationItem

NAVIGATION.append(NavigationItem(_("Undersøkelser"), "instruments", 24, lambda actor: actor.may("instruments.build")))
