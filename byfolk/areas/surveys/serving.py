"""Surveys on the page of a goal: the factors that tell of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.areas.surveys import own
from byfolk.areas.surveys.indicators import serving
from byfolk.engines.goals.serving import Asked, ServingRow
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators.definition import UNIT_TITLES
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import month_start
from byfolk.lib import norwegian


def rows(actor: Actor, asked: Asked) -> Sequence[ServingRow]:
    """The factors of surveys that tell of the goal, with what the unit's people or users answered last. Two queries."""
    wanted = [*serving(asked.goal), *own.serving(asked.goal)][: asked.at_most]
    if not wanted:
        return []
    unit = asked.path[-1]
    code = Unit.objects.values_list("code", flat=True).get(pk=unit)
    found = indicators.unit_values(actor, [one.code for one in wanted], [unit], month_start(asked.on))[unit]
    told = []
    for one in wanted:
        figure = found.get(one.code)
        if figure is None:
            continue
        value = norwegian.number(figure.value, one.decimals, get_language() or "nb") if figure.value is not None else ""
        scale = {"value": value, "top": UNIT_TITLES[one.unit]}
        note = _("%(value)s %(top)s") % scale if value else _("Vises ikke her")
        told.append(ServingRow(str(one.title), reverse("figure", args=[one.code, code]), note=note))
    return told
