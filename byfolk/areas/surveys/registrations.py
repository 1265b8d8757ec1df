"""What surveys add to every page: navigation, what matters now, figures, what serves a goal, and what an action can
come of.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from byfolk.areas.surveys import facts, own
from byfolk.areas.surveys.answering import home
from byfolk.areas.surveys.campaigns import home as campaigns_home
from byfolk.areas.surveys.indicators import APART, INDICATORS
from byfolk.areas.surveys.plans import figures
from byfolk.areas.surveys.results import registered
from byfolk.areas.surveys.serving import rows as serving_rows
from byfolk.engines.actions import sources
from byfolk.engines.goals.serving import SERVING, ServingSource
from byfolk.engines.indicators import registry
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
HOME += [
    HomeSource("survey_results", 15, registered.cards),
    HomeSource("surveys", 16, home.cards),
    HomeSource("survey_plans", 17, registered.plan_cards),
    HomeSource("paper_piles", 18, campaigns_home.cards),
]
sources.register(sources.SourceKind("survey", _("Undersøkelse"), registered.describe))
registry.register(INDICATORS, apart=APART, sources={facts.SOURCE: facts.RESULTS})
registry.register(figures.INDICATORS, apart=(figures.TABLE,), sources={figures.SOURCE: figures.PLANS})
registry.declared_in_database("surveys", own.read, own.made_of)
SERVING.append(ServingSource("surveys", _("Undersøkelser"), 40, serving_rows))
