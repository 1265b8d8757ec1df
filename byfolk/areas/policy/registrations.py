"""What the policy area adds to every page: navigation, the one search, and what matters now."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from byfolk.areas.policy.action import registered, serving
from byfolk.areas.policy.addresses import own_unit
from byfolk.areas.policy.document.searching import find_paragraphs
from byfolk.areas.policy.guides import beside as guides
from byfolk.areas.policy.home import doing, hearings, red
from byfolk.engines.actions import sources
from byfolk.engines.goals.serving import SERVING, ServingSource
from byfolk.engines.indicators import registry
from byfolk.engines.library import kinds
from byfolk.kernel.registry import HOME, NAVIGATION, SEARCH, HomeSource, NavigationItem, SearchHit, SearchProvider
from byfolk.kernel.rights import Actor


def find_figures(actor: Actor, query: str, limit: int) -> Sequence[SearchHit]:
    """Indicators whose name or definition holds every word, in the reader's own unit, else in the municipality."""
    if not actor.may("figures.see"):
        return []
    words = query.lower().split()
    found = [i for i in registry.indicators() if all(word in f"{i.title} {i.definition}".lower() for word in words)]
    found.sort(key=lambda i: (not all(word in str(i.title).lower() for word in words), i.number))
    code, name = own_unit(actor)
    if not words or not found or not code:
        return []
    return [SearchHit(str(i.title), reverse("figure", args=[i.code, code]), name) for i in found[:limit]]


NAVIGATION.append(
    NavigationItem(_("Personalpolitikk"), "policy", 18, lambda actor: actor.may("policy.see"), covers=("guides",))
)
NAVIGATION.append(NavigationItem(_("Styring"), "board", 20, lambda actor: actor.may("figures.see")))
SEARCH.append(SearchProvider("figures", _("Tall"), 30, find_figures))
SEARCH.append(SearchProvider("policy", _("Personalpolitikk"), 32, find_paragraphs))
SEARCH.append(SearchProvider("guides", _("Veiledere"), 25, guides.find))
SEARCH.append(SearchProvider("actions", _("Tiltak"), 35, registered.find_actions))
HOME += [
    HomeSource("own_actions", 10, doing.own),
    HomeSource("red_figures", 20, red.cards),
    HomeSource("late_actions", 30, doing.late_in_units),
    HomeSource("hearings", 40, hearings.cards),
    HomeSource("actions_with_part", 50, doing.taking_part),
    HomeSource("guides", 55, guides.cards),
    HomeSource("actions_where_one_works", 60, doing.new_where_one_works),
]
SERVING.append(ServingSource("actions", _("Tiltak i gang"), 10, serving.rows, serving.start))
kinds.register(kinds.Kind("guide", _("Veileder"), "guide"))
SERVING.append(ServingSource("guides", _("Veiledere"), 20, guides.rows, guides.add))
sources.register(sources.SourceKind("goal", _("Mål"), registered.describe_goal))
sources.register(sources.SourceKind("figure", _("Tall"), registered.describe_figure))
