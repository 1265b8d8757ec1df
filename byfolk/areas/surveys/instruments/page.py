"""What the pages of instruments show: the list, and one version as a document that can be read from the top."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.surveys.asking import condition_sentence
from byfolk.areas.surveys.instruments.forms import scale_words
from byfolk.areas.surveys.instruments.words import (
    KIND_NAMES,
    LANGUAGE_NAMES,
    TONES,
    address,
    crumbs,
    here,
    lacking_languages,
    lacking_sentence,
    language,
    size_sentence,
    state_sentence,
    url,
)
from byfolk.engines.goals import queries as goals
from byfolk.engines.goals.sentences import joined
from byfolk.engines.questionnaires.instruments import queries
from byfolk.engines.questionnaires.instruments.checking import FIELDS, bounds, missing_texts
from byfolk.engines.questionnaires.instruments.content import Content, Factor, Item, Kind, Section
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion, State
from byfolk.kernel.rights import Actor


def index(actor: Actor) -> dict[str, Any]:
    """The instruments that the reader may read, one row each: the version in use, and the draft beside it."""
    rows = []
    for _code, group in groupby(queries.versions(actor), key=lambda one: one.instrument_id):
        rows.append(_instrument_row(list(group)))
    columns = (_("Skjema"), _("Handler om"), _("Står"), _("Spørsmål"), _("Språk som mangler"), _("Eier"))
    return {
        "columns": [{"label": label, "numeric": label == _("Spørsmål")} for label in columns],
        "rows": rows,
        "may_build": actor.may("instruments.build"),
        "crumbs": crumbs(),
    }


def _instrument_row(versions: list[InstrumentVersion]) -> dict[str, Any]:
    """One instrument of the list: what is in use stands first, else the newest."""
    used = next((one for one in versions if one.state == State.IN_USE), versions[0])
    draft = next((one for one in versions if one.state == State.DRAFT and one is not used), None)
    content = used.parsed
    state = {"word": str(used.get_state_display()), "tone": TONES[State(used.state)]}
    lacks = lacking_languages(content)
    note = _("Utkast til versjon %(number)d") % {"number": draft.number} if draft else ""
    return {
        "cells": [
            {"value": here(used.instrument.titles), "url": address(used), "note": note},
            {"value": used.instrument.get_kind_display(), "label": _("Handler om")},
            {"tag": state, "label": _("Står")},
            {"value": len(list(content.items())), "numeric": True, "label": _("Spørsmål")},
            {"value": joined(lacks) if lacks else _("Ingen"), "label": _("Språk som mangler")},
            {"value": used.instrument.unit.name, "label": _("Eier")},
        ]
    }


def version_page(actor: Actor, version: InstrumentVersion, *, builds: bool) -> dict[str, Any]:
    """One version as a document. `builds`: the reader builds the instrument, and may change it while it is a draft."""
    content = version.parsed
    draft = version.state == State.DRAFT
    writing = _Document(version, content, tools=draft and builds, goals=_goal_names(actor, content))
    siblings = queries.versions_of(actor, version.instrument.code)
    return {
        "version": version,
        "instrument": version.instrument,
        "title": here(content.title),
        "intro": here(content.intro),
        "lead": f"{state_sentence(version)} {size_sentence(content)}",
        "lacking": lacking_sentence(content),
        "crumbs": [*crumbs(), {"label": here(content.title)}],
        "sections": [writing.section(one) for one in content.sections],
        "factors": [writing.factor(one) for one in content.factors],
        "scales": [writing.scale(one.code) for one in content.scales],
        "builds": builds,
        "writes": draft and builds,
        "may_copy": actor.may("instruments.build"),
        "may_start": builds and not draft and not any(one.state == State.DRAFT for one in siblings),
        "versions": [_version_row(one, version) for one in siblings],
        "front_url": writing.edit("forside", "front"),
        "add": {what: writing.add(what) for what in ("del", "tema", "skala")},
    }


def _version_row(one: InstrumentVersion, current: InstrumentVersion) -> dict[str, Any]:
    return {
        "label": _("Versjon %(number)d") % {"number": one.number},
        "url": address(one),
        "note": state_sentence(one) + (" " + _("Du leser denne.") if one.pk == current.pk else ""),
        "tag": {"word": str(one.get_state_display()), "tone": TONES[State(one.state)]},
    }


def _goal_names(actor: Actor, content: Content) -> dict[str, str]:
    """The goals that factors tell of, in words; those that the policy no longer has are left out."""
    if not any(factor.goals for factor in content.factors):
        return {}
    return dict(goal_choices(actor))


def goal_choices(actor: Actor) -> list[tuple[str, str]]:
    """The goals of the policy that is in force, as choices."""
    areas = goals.policy(actor, language())
    return [(goal.key, f"{goal.number} {goal.title}") for area in areas for goal in area.goals]


class _Document:
    """Writes the parts of a version as rows, with what can be done with each."""

    def __init__(self, version: InstrumentVersion, content: Content, *, tools: bool, goals: dict[str, str]) -> None:
        self.version, self.content, self.tools, self.goals = version, content, tools, goals
        self.number = 0
        self.said_of = ""
        self.lacks = self._lacks()

    def _lacks(self) -> dict[str, list[str]]:
        """By part ("sections.1.items.2"), the languages in which something of it lacks."""
        found: dict[str, list[str]] = {}
        for one in missing_texts(self.content):
            part = ".".join(one.field.split(".")[: 4 if ".items." in one.field else 2])
            found.setdefault(part, []).append(str(LANGUAGE_NAMES[one.language]))
        return {part: list(dict.fromkeys(names)) for part, names in found.items()}

    def _lacking(self, part: str) -> str:
        names = self.lacks.get(part)
        return _("Mangler %(languages)s") % {"languages": joined(names)} if names else ""

    def edit(self, what: str, code: str) -> str:
        """Where a part is changed."""
        return url("instrument_part", self.version.instrument.code, self.version.number, what, code)

    def add(self, what: str, **query: str) -> str:
        """Where a part is added."""
        return url("instrument_add", self.version.instrument.code, self.version.number, what, **query)

    def _tools(self, what: str, code: str) -> dict[str, str]:
        if not self.tools:
            return {}
        args = (self.version.instrument.code, self.version.number, what, code)
        return {
            "edit_url": url("instrument_part", *args),
            "move_url": url("instrument_move", *args),
            "remove_url": url("instrument_remove", *args),
        }

    def section(self, section: Section) -> dict[str, Any]:
        """A section with its items."""
        self.said_of = ""
        place = self.content.sections.index(section) + 1
        return {
            "code": section.code,
            "title": here(section.title),
            "intro": here(section.intro),
            "lacks": self._lacking(f"sections.{place}"),
            "items": [
                self.item(item, f"sections.{place}.items.{at}") for at, item in enumerate(section.items, start=1)
            ],
            "tools": self._tools("del", section.code),
            "add": [
                {"url": self.add("sporsmal", slag=kind.value, under=section.code), "label": name}
                for kind, name in KIND_NAMES.items()
                if self.content.scales or "scale" not in FIELDS[kind]
            ]
            if self.tools
            else [],
        }

    def item(self, item: Item, field: str) -> dict[str, Any]:
        """An item as it is read through by whoever builds."""
        self.number += 1
        tools = self._tools("sporsmal", item.code)
        if tools:
            # Its kind goes along, so that what is written about an item is not lost if somebody takes it out.
            tools["edit_url"] += f"?slag={item.kind.value}"
            args = (self.version.instrument.code, self.version.number, item.code)
            tools["condition_url"] = url("instrument_condition", *args)
        notes = [
            self._new(self._answered_with(item)),
            here(item.help),
            condition_sentence(self.content, item.shown_if, language()),
        ]
        if item.required:
            notes.append(_("Må besvares."))
        return {
            "code": item.code,
            "number": self.number,
            "text": here(item.text),
            "notes": [note for note in notes if note],
            "lacks": self._lacking(field),
            "options": [here(option.text) for option in (*item.options, *item.rows)],
            "tools": tools,
        }

    def _new(self, text: str) -> str:
        """How an item is answered, where the item before is answered otherwise."""
        before, self.said_of = self.said_of, text
        return "" if text == before else text

    def _answered_with(self, item: Item) -> str:
        scale = self.content.scale(item.scale)
        if scale is not None:
            return f"{scale_words(scale)}."
        if item.kind is Kind.NUMBER:
            smallest, largest = bounds(item)
            if item.smallest is not None and item.largest is not None:
                return _("Et tall fra %(smallest)d til %(largest)d.") % {"smallest": smallest, "largest": largest}
        return f"{KIND_NAMES[item.kind]}."

    def factor(self, factor: Factor) -> dict[str, Any]:
        """A factor beside the document."""
        count = len(factor.items)
        texts = [ngettext("%(n)d spørsmål", "%(n)d spørsmål", count) % {"n": count}]
        if factor.reversed:
            texts.append(_("%(n)d snudd") % {"n": len(factor.reversed)})
        texts.append(_("blir et tall på styringstavlen") if factor.published else _("blir ikke et tall"))
        return {
            "code": factor.code,
            "title": here(factor.title),
            "about": here(factor.about),
            "note": ", ".join(texts),
            "goals": [self.goals[key] for key in factor.goals if key in self.goals],
            "lacks": self._lacking(f"factors.{self.content.factors.index(factor) + 1}"),
            "tools": self._tools("tema", factor.code),
        }

    def scale(self, code: str) -> dict[str, Any]:
        """A scale with all of its words."""
        scale = self.content.scale(code)
        assert scale is not None
        return {
            "code": code,
            "words": ", ".join(f"{step.value} {here(step.label)}" for step in scale.steps),
            "lacks": self._lacking(f"scales.{self.content.scales.index(scale) + 1}"),
            "tools": self._tools("skala", code),
        }
