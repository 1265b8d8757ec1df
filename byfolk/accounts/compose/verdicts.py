"""The first lines of the accounts: how many goals are reached, against the year before, and what moved."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from byfolk.accounts.compose.unit_year import UnitYear
from byfolk.accounts.compose.wording import change_sentence, moved
from byfolk.engines.goals.queries import GoalStanding
from byfolk.engines.goals.rules import Status
from byfolk.engines.goals.sentences import verdict as verdict_of_goals
from byfolk.engines.goals.sentences import without_figures

MEASURED = (Status.REACHED, Status.NEAR, Status.FAR)
#: The figures that the summary tells of, where they can be shown.
TOLD = ("sick_leave", "full_time")


def verdict(unit: UnitYear) -> str:
    """One sentence: more, as many or fewer goals reached than the year before, and whether sick leave went the same
    way."""
    now = unit.standing_now
    before = unit.standings(unit.year - 1) if unit.year - 1 in unit.years else []
    if not _measured(now) or not _measured(before):
        return verdict_of_goals([(one.goal.short, one.status) for one in now])
    # Only goals with figures in both years are compared.
    both = [
        (one, other)
        for one, other in zip(now, before, strict=True)
        if one.status in MEASURED and other.status in MEASURED
    ]
    reached = sum(one.status is Status.REACHED for one, _other in both)
    reached_before = sum(other.status is Status.REACHED for _one, other in both)
    return _sentence(reached - reached_before, _sick_leave(unit))


def _sentence(more: int, sick_leave: int) -> str:
    """`more`: goals reached against the year before; `sick_leave`: 1 when it fell, -1 when it rose, 0 when neither is
    known."""
    if more > 0:
        texts = (
            _("Flere mål er nådd enn året før."),
            _("Flere mål er nådd enn året før, og sykefraværet gikk ned."),
            _("Flere mål er nådd enn året før, men sykefraværet gikk opp."),
        )
    elif more < 0:
        texts = (
            _("Færre mål er nådd enn året før."),
            _("Færre mål er nådd enn året før, men sykefraværet gikk ned."),
            _("Færre mål er nådd enn året før, og sykefraværet gikk opp."),
        )
    else:
        texts = (
            _("Like mange mål er nådd som året før."),
            _("Like mange mål er nådd som året før, og sykefraværet gikk ned."),
            _("Like mange mål er nådd som året før, men sykefraværet gikk opp."),
        )
    return texts[sick_leave]


def _sick_leave(unit: UnitYear) -> int:
    step = moved(unit.figure("sick_leave"), unit.figure("sick_leave", unit.year - 1))
    return 0 if not step else 1 if step < 0 else -1


def summary(unit: UnitYear) -> str:
    """Goals reached in figures, what moved, and what has no figures."""
    now = unit.standing_now
    sentences = []
    measured = _measured(now)
    if measured:
        reached = sum(one.status is Status.REACHED for one in measured)
        near = sum(one.status is Status.NEAR for one in measured)
        words = {
            "year": unit.year,
            "reached": reached,
            "total": len(measured),
            "near": near,
            "far": len(measured) - reached - near,
        }
        if reached:
            sentences.append(_("Ved utgangen av %(year)d var %(reached)d av %(total)d mål med tall nådd.") % words)
        else:
            sentences.append(_("Ved utgangen av %(year)d var ingen av %(total)d mål med tall nådd.") % words)
        if words["near"] and words["far"]:
            sentences.append(_("%(near)d var nær, og %(far)d langt unna.") % words)
        elif words["near"]:
            sentences.append(_("%(near)d var nær.") % words)
        elif words["far"]:
            sentences.append(_("%(far)d var langt unna.") % words)
    for code in TOLD:
        figure = unit.figure(code)
        if figure is not None and figure.value is not None:
            sentences.append(change_sentence(figure, unit.figure(code, unit.year - 1)) + ".")
    sentences.append(without_figures([one.status for one in now]))
    return " ".join(sentence for sentence in sentences if sentence)


def _measured(standings: Sequence[GoalStanding]) -> list[GoalStanding]:
    return [one for one in standings if one.status in MEASURED]
