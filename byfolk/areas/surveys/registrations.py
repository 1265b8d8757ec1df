"""What surveys add to every page: navigation, what matters now, and what an action can come of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from byfolk.areas.surveys.answering import home
from byfolk.areas.surveys.results import registered
from byfolk.engines.actions import sources
from byfolk.kernel.registry import HOME, NAVIGATION, HomeSource, NavigationItem

NAVIGATION.append(
    NavigationItem(
        _("Undersøkelser"),
        "survey_results",
        24,
        lambda actor: actor.may("results.see"),
        covers=("instruments", "campaigns"),
    )
)
HOME += [HomeSource("survey_results", 15, registered.cards), HomeSource("surveys", 16, home.cards)]
sources.register(sources.SourceKind("survey", _("Undersøkelse"), registered.describe))
