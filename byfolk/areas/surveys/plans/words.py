"""Plans and their actions in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.areas.surveys.results import words
from byfolk.engines.actions.models import Action, State
from byfolk.engines.actions.rules import is_overdue
from byfolk.engines.questionnaires.instruments.content import Content
from byfolk.engines.questionnaires.plans.models import Plan
from byfolk.engines.questionnaires.plans.rules import Suggestion, Why
from byfolk.lib import norwegian

_TONES = {State.PLANNED: "plain", State.IN_PROGRESS: "own", State.DONE: "good"}


def title_of(content: Content, factor: str) -> str:
    """What a factor is called; its code where the instrument does not have it."""
    found = content.factor(factor)
    return found.title.in_language(words.language()) if found else factor


def titles_of(content: Content, plan: Plan) -> str:
    """What is chosen, in a line: "Tid og ro og Trygt å si fra"."""
    return _(" og ").join(f"«{title_of(content, one)}»" for one in plan.factors)


def why_text(suggestion: Suggestion) -> str:
    """Why a factor is suggested."""
    one = suggestion.standing
    mean = words.mean_text(one.mean)
    if suggestion.why is Why.FELL_MOST and one.change is not None:
        return _("Falt mest: fra %(before)s til %(mean)s.") % {
            "before": words.mean_text(one.mean - one.change), "mean": mean,
        }  # fmt: skip
    if suggestion.why is Why.LOWEST:
        return _("Lavest av alt: %(mean)s.") % {"mean": mean}
    return _("Nest lavest: %(mean)s.") % {"mean": mean}


def present_text(plan: Plan) -> str:
    """When it was chosen, and who was there."""
    there = [
        word
        for flag, word in (
            (plan.union, _("tillitsvalgt")),
            (plan.safety_representative, _("verneombud")),
            (plan.staff_representative, _("ansattrepresentant")),
            (bool(plan.participants), plan.participants),
        )
        if flag
    ]
    day = norwegian.day(plan.met_on, words.language())
    if not there:
        return _("Valgt %(day)s. Ingen representanter var med.") % {"day": day}
    return _("Valgt %(day)s. Med var %(who)s.") % {"day": day, "who": _listed(there)}


def _listed(words_of: Sequence[str]) -> str:
    """Some words as a list: "a, b og c"."""
    return _(" og ").join(one for one in (", ".join(words_of[:-1]), words_of[-1]) if one)


def action_rows(actions: Sequence[Action], on: dt.date) -> list[dict[str, Any]]:
    """Actions as rows of a card: what, who, when, and where they stand."""
    rows = []
    for one in actions:
        state = State(one.state)
        late = is_overdue(one.due, on, is_open=one.is_open)
        when = norwegian.day(one.due, words.language(), year=False)
        rows.append(
            {
                "title": one.title,
                "url": reverse("action", args=[one.pk]),
                "text": _("%(who)s. Dere ser på det %(day)s.")
                % {"who": one.owner_name or _("En som ikke står i adresseboka"), "day": when},
                "tag": {"tone": "warn", "word": _("Over fristen")}
                if late
                else {"tone": _TONES.get(state, "plain"), "word": state.label},
            }
        )
    return rows
