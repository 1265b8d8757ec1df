"""What a draft lacks before it is frozen. It stops nobody: whoever signs is told first, and the text says it too."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from byfolk.accounts import marks
from byfolk.accounts.compose.unit_year import UnitYear
from byfolk.accounts.compose.written import figure_name, figure_words, hidden_since, lacks_figure, without_figure
from byfolk.accounts.content import Report
from byfolk.accounts.drafted import Draft, Text
from byfolk.accounts.queries import Basis, Place
from byfolk.engines.indicators import registry
from byfolk.lib import norwegian

#: The chapter that Byfolk writes alone: how the accounts are made.
OWN_CHAPTER = "slik-er-det-laget"


class What(enum.StrEnum):
    """What is lacking."""

    TEXT = "text"
    HIDDEN = "hidden"
    NO_FIGURE = "no_figure"
    RETIRED = "retired"
    CHAPTER_GONE = "chapter_gone"


@dataclass(frozen=True)
class Lack:
    """One thing that is lacking, said in a sentence. `anchor`: the chapter to mend it in; empty where there is none."""

    what: What
    text: str
    anchor: str = ""


def lacks(basis: Basis, place: Place, report: Report, draft: Draft) -> tuple[Lack, ...]:
    """What the draft that `report` was made of lacks, in its language: hidden figures first, missing texts last."""
    with translation.override(report.language):
        unit = UnitYear(basis, place, draft)
        return (*_hidden(unit, report), *_named(unit, report), *_figures(unit), *_retired(unit), *_texts(report, draft))


def _hidden(unit: UnitYear, report: Report) -> list[Lack]:
    found = []
    for code, year in hidden_since(unit):
        chapter = next((c for c in report.chapters if any(line.code == code for line in c.lines)), None)
        name = norwegian.sentence(figure_name(code, year))
        text = _("%(figure)s er skjult nå, men ble vist da utkastet ble begynt.") % {"figure": name}
        written = unit.draft.texts.get(chapter.anchor) if unit.draft and chapter else None
        if chapter and written and written.says_something:
            text += " " + _("Les teksten i «%(chapter)s» på nytt.") % {"chapter": chapter.title}
        found.append(Lack(What.HIDDEN, text, chapter.anchor if chapter else ""))
    return found


def _named(unit: UnitYear, report: Report) -> list[Lack]:
    """Figures that a text names and that have no value."""
    found = []
    for chapter in report.chapters:
        text = unit.draft.texts.get(chapter.anchor, Text()) if unit.draft else Text()
        for code, year in marks.named_figures("\n".join([text.text, *text.points])):
            words = figure_words(unit, code, year)
            if words.startswith("("):
                what = What.RETIRED if code not in {one.code for one in registry.indicators()} else What.HIDDEN
                said = _("Teksten i «%(chapter)s» nevner et tall uten verdi. Der kommer det til å stå %(words)s.")
                found.append(Lack(what, said % {"chapter": chapter.title, "words": words}, chapter.anchor))
    return found


def _figures(unit: UnitYear) -> list[Lack]:
    codes = dict.fromkeys(code for area in unit.basis.areas for goal in area.goals for code in goal.indicators)
    return [Lack(What.NO_FIGURE, without_figure(unit, code)) for code in codes if lacks_figure(unit, code)]


def _retired(unit: UnitYear) -> list[Lack]:
    return [
        Lack(
            What.RETIRED,
            _("Et mål i personalpolitikken følges av tallet «%(code)s», som er avviklet.") % {"code": code},
        )
        for code in unit.basis.retired
    ]


def _texts(report: Report, draft: Draft) -> list[Lack]:
    found = [
        Lack(What.TEXT, _("Kapitlet «%(chapter)s» har ingen tekst.") % {"chapter": chapter.title}, chapter.anchor)
        for chapter in report.chapters
        if chapter.anchor != OWN_CHAPTER and not draft.texts.get(chapter.anchor, Text()).says_something
    ]
    known = {chapter.anchor for chapter in report.chapters}
    return found + [
        Lack(What.CHAPTER_GONE, _("En tekst hører til et kapittel som ikke er med lenger. Den blir ikke med."), anchor)
        for anchor, text in draft.texts.items()
        if anchor not in known and text.says_something
    ]
