"""The one page on which a unit works with its result, as its template takes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.areas.surveys.indicators import KEYS, code_of
from byfolk.areas.surveys.plans import words as said
from byfolk.areas.surveys.plans.forms import ChooseForm, MakeForm
from byfolk.areas.surveys.plans.ideas import ideas_for
from byfolk.areas.surveys.results import page as results
from byfolk.areas.surveys.results import sentences, words
from byfolk.engines.actions import queries as actions
from byfolk.engines.actions.models import Action
from byfolk.engines.goals import queries as goals
from byfolk.engines.indicators import registry
from byfolk.engines.questionnaires.instruments.content import Factor
from byfolk.engines.questionnaires.plans import queries
from byfolk.engines.questionnaires.plans.models import Plan
from byfolk.engines.questionnaires.plans.rules import Standing, Suggestion, reference, suggestions
from byfolk.engines.questionnaires.results.queries import Result
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of

SOURCE = "survey"
#: As many of others' actions as a form has room for.
ELSEWHERE = 3


@dataclass(frozen=True)
class Planning:
    """A unit's result, what it has chosen of it, and what it does. `over`: the next campaign has its result."""

    found: Result
    plan: Plan | None
    actions: Mapping[str, Sequence[Action]]
    over: bool
    on: dt.date

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The days on which one may have met about the result."""
        return day_of(self.found.results.computed_at), self.on

    def url(self) -> str:
        """The page's own address."""
        return reverse("survey_plan", args=[self.found.campaign.pk, self.found.place.code])


def planning(actor: Actor, found: Result, on: dt.date) -> Planning:
    """What a unit has chosen after a campaign, and its actions by factor. Two to three queries."""
    campaign, unit = found.campaign.pk, found.place.pk
    plan = queries.plans_of(actor, [campaign], unit).get(campaign)
    over = queries.is_over(actor, campaign, unit)
    return Planning(found, plan, actions_of(actor, found, plan), over, on)


def actions_of(actor: Actor, found: Result, plan: Plan | None) -> dict[str, list[Action]]:
    """The actions of a plan by factor, as far as the reader sees them. One query where there is a plan."""
    if plan is None:
        return {}
    named = {reference(plan.campaign_id, factor): factor for factor in plan.factors}
    by_factor: dict[str, list[Action]] = {factor: [] for factor in plan.factors}
    for one in actions.of_source(actor, SOURCE, list(named), plan.unit_id):
        by_factor[named[one.source_reference]].append(one)
    return by_factor


def standings(found: Result) -> list[Standing]:
    """The factors that are shown of a unit, as the rule of suggestions takes them."""
    rows = [found.factors[factor.code] for factor in found.shown]
    return [Standing(row.factor, row.mean, row.change, row.uncertainty) for row in rows if row.mean is not None]


def _steps(number: int) -> list[dict[str, Any]]:
    """The five steps from a result to an effect; `number` is where one is."""
    names = [_("Forstå"), _("Snakk sammen"), _("Velg og avtal"), _("Gjør"), _("Se om det virket")]
    return [{"label": name, "number": place, "state": _state(place, number)} for place, name in enumerate(names, 1)]


def _state(place: int, number: int) -> str:
    if place == number:
        return "now"
    return "done" if place < number else "next"


def _frame(planned: Planning) -> dict[str, Any]:
    found = planned.found
    title = found.campaign.title.in_language(words.language())
    back = reverse("survey_result", args=[found.campaign.pk, found.place.code])
    return {
        "campaign_title": title, "unit": found.place, "back_url": back, "steps": _steps(5 if planned.over else 3),
        "crumbs": [
            {"label": _("Resultater"), "url": reverse("survey_results")},
            {"label": f"{title}, {found.place.name}", "url": back},
            {"label": _("Velg og avtal"), "url": ""},
        ],
    }  # fmt: skip


def hidden_context(planned: Planning) -> dict[str, Any]:
    """For a unit that is not shown: it has no numbers of its own to choose from."""
    return _frame(planned) | {
        "title": _("Hva vil dere gjøre noe med?"),
        "hidden": results.context_of(planned.found)["hidden"],
    }


def choose_context(planned: Planning, form: ChooseForm) -> dict[str, Any]:
    """Choosing one or two areas: two that are suggested, the others behind a link."""
    found, chosen = planned.found, set(form["factors"].value() or [])
    suggested = {one.standing.factor: one for one in suggestions(standings(found))}
    cards = [_card(found, factor, suggested, chosen) for factor in found.shown]
    order = list(suggested)
    first = sorted((one for one in cards if one["code"] in suggested), key=lambda one: order.index(one["code"]))
    others = [one for one in cards if one["code"] not in suggested]
    return _frame(planned) | {
        "title": _("Hva vil dere gjøre noe med?"),
        "lead": _("Velg ett eller to. Det er bedre å få til litt enn å love alt."),
        "form": form, "suggested": first, "others": others, "open": any(one["chosen"] for one in others),
        "others_label": _("Se de andre områdene"), "changing": planned.plan is not None,
        "together": _together(planned),
    }  # fmt: skip


def _card(found: Result, factor: Factor, suggested: Mapping[str, Suggestion], chosen: set[str]) -> dict[str, Any]:
    mean = found.mean(factor.code)
    if factor.code in suggested:
        text = said.why_text(suggested[factor.code])
    else:
        moved, year = sentences.moved_of(found, factor), sentences.year_before(found)
        parts = [words.mean_text(mean) + "." if mean is not None else ""]
        parts += [words.since_text(moved, year) + "."] if moved is not None and year is not None else []
        text = " ".join(parts)
    about = factor.about.in_language(words.language())
    return {
        "code": factor.code, "title": factor.title.in_language(words.language()),
        "text": f"{text} {about}".strip(), "chosen": factor.code in chosen,
    }  # fmt: skip


def _together(planned: Planning) -> str:
    shown_from = planned.found.results.shown_from
    if planned.on < shown_from:
        day = words.day_text(shown_from)
        return _("Tillitsvalgt og verneombud ser resultatet fra %(day)s. Da kan de være med på valget.") % {"day": day}
    return _("Tillitsvalgt og verneombud ser det samme som deg nå, og er med på valget.")


def plan_context(actor: Actor, planned: Planning, factor: str, form: MakeForm | None) -> dict[str, Any]:
    """What is chosen and done; and, with a form, making an action for one of the areas."""
    found, plan = planned.found, planned.plan
    assert plan is not None
    chosen = [
        {
            "code": one, "title": said.title_of(found.content, one), "current": one == factor,
            "text": _standing_text(found, one), "rows": said.action_rows(planned.actions[one], planned.on),
            "url": f"{planned.url()}?omrade={one}#lag",
        }
        for one in plan.factors
    ]  # fmt: skip
    known = _frame(planned) | {
        "title": _("Dette har dere valgt"), "lead": said.present_text(plan), "chosen": chosen, "plan": plan,
        "over": planned.over, "change_url": "" if planned.over else f"{planned.url()}?endre=1",
    }  # fmt: skip
    if form is None:
        return known
    return known | {
        "form": form, "area": said.title_of(found.content, factor),
        "make_url": reverse("survey_plan_action", args=[found.campaign.pk, found.place.code, factor]),
        "ideas": _ideas(planned, factor, str(form["title"].value() or "")),
        "elsewhere": _elsewhere(actor, planned, factor),
        "saving": _saving(planned),
        "sight": _sight(actor, planned, factor),
    }  # fmt: skip


def _standing_text(found: Result, factor: str) -> str:
    mean, about = found.mean(factor), found.content.factor(factor)
    if mean is None or about is None:
        return ""
    moved, year = sentences.moved_of(found, about), sentences.year_before(found)
    since = f" {words.since_text(moved, year)}." if moved is not None and year is not None else ""
    return f"{words.mean_text(mean)}.{since}"


def _ideas(planned: Planning, factor: str, written: str) -> list[dict[str, Any]]:
    instrument = planned.found.campaign.version.instrument.code
    language = words.language()
    return [
        {
            "title": one.title.in_language(language), "text": one.text.in_language(language),
            "url": f"{planned.url()}?omrade={factor}&ide={one.code}#lag",
            "current": written == one.text.in_language(language),
        }
        for one in ideas_for(instrument, factor)
    ]  # fmt: skip


def idea_text(found: Result, factor: str, code: str) -> str:
    """The text of an idea by its code; empty where there is none."""
    known = {one.code: one for one in ideas_for(found.campaign.version.instrument.code, factor)}
    return known[code].text.in_language(words.language()) if code in known else ""


def _elsewhere(actor: Actor, planned: Planning, factor: str) -> list[dict[str, str]]:
    instrument = planned.found.campaign.version.instrument.code
    found = queries.done_where_it_rose(actor, instrument, factor, planned.found.place.pk, at_most=ELSEWHERE)
    return [
        {
            "title": one.title,
            "text": _("%(kind)s. Området var klart høyere året etter.") % {"kind": Level(one.level).label},
        }
        for one in found
    ]


def _saving(planned: Planning) -> list[dict[str, str]]:
    plan, unit = planned.plan, planned.found.place.name
    assert plan is not None
    rows = [
        {
            "icon": "person-group", "title": _("Alle ved %(unit)s ser tiltaket") % {"unit": unit},
            "text": _("På siden med resultatet, med hvem som har ansvaret."),
        }
    ]  # fmt: skip
    if plan.union or plan.safety_representative:
        rows.append(
            {
                "icon": "chat", "title": _("De som var med, følger det"),
                "text": _("Tillitsvalgt og verneombud ser det på hjemmesiden sin."),
            }
        )  # fmt: skip
    rows.append(
        {
            "icon": "bell", "title": _("Den som har ansvaret, får en påminnelse"),
            "text": _("To uker før dere ser på det igjen, og tre dager før."),
        }
    )  # fmt: skip
    return rows


def figure_of(found: Result, factor: str) -> str:
    """The code of the figure that tells of a factor in this unit; empty where there is none."""
    instrument = found.campaign.version.instrument.code
    if factor not in KEYS.get(instrument, {}):
        return ""
    code = code_of(instrument, factor)
    return code if registry.indicator(code).cadences(found.place.level) else ""


def _sight(actor: Actor, planned: Planning, factor: str) -> list[dict[str, Any]]:
    found = planned.found
    steps: list[dict[str, Any]] = []
    about, mean = found.content.factor(factor), found.mean(factor)
    assert about is not None
    wanted = about.goals[0] if about.goals else ""
    for goal in (goal for area in goals.policy(actor, words.language()) for goal in area.goals if wanted):
        if goal.key == wanted:
            url = reverse("policy_goal", args=[goal.key])
            steps.append({"kind": _("Kommunens mål"), "label": goal.title, "url": url})
    code, value = figure_of(found, factor), f": {words.mean_text(mean)}" if mean is not None else ""
    back = reverse("survey_result", args=[found.campaign.pk, found.place.code])
    url = reverse("figure", args=[code, found.place.code]) if code else back
    steps.append({"kind": _("Tall"), "label": f"{about.title.in_language(words.language())}{value}", "url": url})
    steps.append({"kind": _("Deres tiltak"), "label": _("Det dere lagrer nå"), "current": True})
    steps.append({"kind": _("Virket det?"), "label": _("Svaret kommer med neste undersøkelse")})
    return steps


def first_sign(found: Result, factor: str) -> str:
    """How one may notice that it works, until somebody writes it otherwise: that the factor is higher next time."""
    mean = found.mean(factor)
    if mean is None:
        return ""
    return _("Neste undersøkelse: «%(area)s» er høyere enn %(mean)s.") % {
        "area": said.title_of(found.content, factor), "mean": words.mean_text(mean),
    }  # fmt: skip
