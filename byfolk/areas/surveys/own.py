"""Factors of a municipality's own instruments, and of those that it has changed, as indicators.

`declaring.py` says which there are.
"""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from byfolk.areas.surveys import facts
from byfolk.areas.surveys.indicators import About, factor_indicator, in_reader_language
from byfolk.areas.surveys.models import OwnFactor
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.definition import Indicator, UnitOfMeasure
from byfolk.engines.indicators.registry import Declared
from byfolk.engines.questionnaires.instruments.content import Texts
from byfolk.kernel.access.acting import acting_as_worker

_UNITS = {
    5: UnitOfMeasure.OF_FIVE,
    6: UnitOfMeasure.OF_SIX,
    7: UnitOfMeasure.OF_SEVEN,
    10: UnitOfMeasure.OF_TEN,
    100: UnitOfMeasure.OF_HUNDRED,
}
#: The goals that each tells of, by its code, as they were last read.
_GOALS: dict[str, tuple[str, ...]] = {}
_HOW = _("Tallet er snittet av svarene, og høyere er bedre.")


_FIELDS = ("key", "instrument", "factor", "top", "of_users", "titles", "abouts", "instrument_titles", "goals")


def read() -> list[Any]:
    """The own factors that are declared, as plain JSON. One query."""
    with acting_as_worker(why="figures"):
        return list(OwnFactor.objects.order_by("key").values(*_FIELDS))


def made_of(rows: list[Any]) -> Declared:
    """The indicators of own factors, and the tables that they are counted in. They are known by goal from here on."""
    asked: dict[str, list[facts.Asked]] = {}
    indicators = []
    _GOALS.clear()
    for row in rows:
        instrument, factor, top = row["instrument"], row["factor"], row["top"]
        title, about, of = (Texts(**row[field]) for field in ("titles", "abouts", "instrument_titles"))
        code = code_of(instrument, factor, top)
        _GOALS[code] = tuple(row["goals"])
        asked.setdefault(instrument, []).append(facts.Asked(code, factor, top))
        indicators.append(
            factor_indicator(
                About(
                    code, row["key"], in_reader_language(_with(title, of)), _definition(about), row["of_users"],
                    in_reader_language(of), _UNITS[top],
                )
            )
        )  # fmt: skip
    apart = [
        facts.table(f"survey_own_{instrument}".replace("-", "_"), instrument, factors, answers=False)
        for instrument, factors in asked.items()
    ]
    return Declared(tuple(indicators), tuple(apart))


def code_of(instrument: str, factor: str, top: int) -> str:
    """The code of an own factor's indicator."""
    return f"own_{instrument}__{factor}__{top}".replace("-", "_")


def _with(title: Texts, of: Texts) -> Texts:
    """Many instruments may have a factor of the same name: the title says which."""
    told = (f"{title.in_language(lang)} ({of.in_language(lang)})" for lang in ("nb", "nn", "en"))
    return Texts(*told)


def _definition(about: Texts) -> Promise:
    return format_lazy("{} {}", in_reader_language(about), _HOW)


def serving(goal: str) -> list[Indicator]:
    """The indicators of own factors that tell of a goal of the policy, by its stable id, as they were last read."""
    return [one for one in registry.indicators() if goal in _GOALS.get(one.code, ())]
