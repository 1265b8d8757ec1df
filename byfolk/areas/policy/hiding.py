"""Why a figure is not shown, in words that fit where they stand. A hidden figure has no number anywhere."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.wording import reason_text
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.breakdowns import Dimension
from byfolk.engines.indicators.definition import AGENCY, PART_AT_LEAST, Indicator
from byfolk.engines.indicators.states import State


def group_rule(indicator: Indicator) -> str:
    """How large a group must be for the figure to be shown."""
    if indicator.of_each_gender:
        return _("Tallet vises når det er minst %(n)d kvinner og %(n)d menn.") % {"n": indicator.minimum_group}
    return _("Tallet vises når gruppen er på minst %(n)d.") % {"n": indicator.minimum_group}


def part_rule(indicator: Indicator) -> str:
    """How large a part must be, where the figure itself is always shown; else nothing."""
    if indicator.minimum_group > 1 or not indicator.breakdowns:
        return ""
    return _("En gruppe vises når den er på minst %(n)d.") % {"n": PART_AT_LEAST}


def too_few(indicator: Indicator) -> str:
    """What a hidden group has fewer of."""
    text = _("færre enn %(n)d av ett kjønn") if indicator.of_each_gender else _("færre enn %(n)d")
    return text % {"n": indicator.minimum_group}


def short_reason(indicator: Indicator, figure: FigureValue | None, level: int) -> str:
    """The reason in a table's cell: "Skjult: færre enn 10".

    None and no cadence for the level: published higher up only.
    """
    if figure is None:
        return _level_reason(indicator, level)
    if figure.state is State.HIDDEN_SMALL:
        # Women and men are shown together or not at all.
        of_each = indicator.of_each_gender or figure.group.dimension is Dimension.GENDER
        text = _("Skjult: færre enn %(n)d av ett kjønn") if of_each else _("Skjult: færre enn %(n)d")
        return text % {"n": indicator.smallest(figure.group)}
    return reason_text(figure)


def _level_reason(indicator: Indicator, level: int) -> str:
    if indicator.cadences(level):
        return _("Ingen tall ennå")
    if indicator.cadences(AGENCY):
        return _("Vises bare for kommunen og virksomhetene")
    return _("Vises bare for hele kommunen")


def long_reason(
    indicator: Indicator, figure: FigureValue | None, *, name: str, people: int | None, above: str, level: int
) -> str:
    """The reason on the figure's own page: the rule in words, the group's size where that is open, and where it
    still counts.
    """
    if figure is None:
        sentences = [_level_reason(indicator, level) + "."]
    elif figure.state is State.HIDDEN_SMALL:
        sentences = []
        if people is not None and people < indicator.minimum_group:
            sentences.append(
                ngettext("%(name)s har %(n)d ansatt.", "%(name)s har %(n)d ansatte.", people)
                % {"name": name, "n": people}
            )
        sentences.append(group_rule(indicator))
    elif figure.state is State.HIDDEN_SECONDARY:
        sentences = [_("Tallet er skjult for å verne enkeltpersoner, her eller i en gruppe ved siden av.")]
    elif figure.state is State.WITHHELD:
        sentences = [_("Det nye tallet er holdt tilbake, fordi endringen kunne pekt på enkeltpersoner.")]
    else:
        sentences = [reason_text(figure) + "."]
    if above:
        sentences.append(_("Det er med i summen for %(above)s.") % {"above": above})
    return " ".join(sentences)
