"""The demo city's policy: one version adopted, the next on hearing, what has been said about it, and yearly targets."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import yaml
from django.db import connections

from byfolk.demo.cast import CAST
from byfolk.engines.goals.document import Document, Paragraph, by_key
from byfolk.engines.goals.models import Comment, Owner, OwnMeasure, PolicyVersion, VersionState
from byfolk.engines.goals.policy import TargetRow, load_policy, load_targets
from byfolk.engines.goals.storing import new_version, stored
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.time import OSLO
from byfolk.lib.texts import key_for

DATA = Path(__file__).parent / "data"
ADOPTED_ON = dt.date(2025, 6, 18)
#: The next version went on hearing so many days ago, and the hearing ends so many days from now.
HEARD_FOR, HEARD_ON = 13, 28


def load_policy_with_targets(targets: pl.DataFrame, today: dt.date, *, using: str) -> int:
    """Load the policy, its next version on hearing, and the city's `targets` (see `City`); answers how many targets
    there are. The city must be loaded.
    """
    adopted = load_policy(DATA / "policy.md", ADOPTED_ON, using=using)
    if not PolicyVersion.objects.using(using).exclude(pk=adopted.pk).exists():
        _Next(adopted, today, using).load()
    rows = [
        TargetRow(indicator, unit_code, year, Decimal(str(target)), Decimal(str(tolerance)))
        for indicator, unit_code, year, target, tolerance in targets.select(
            "indicator", "unit_code", "year", "target", "tolerance"
        ).iter_rows()
    ]
    return load_targets(rows, using=using)


class _Next:
    """The next version with its hearing, owners and the agencies' own measures."""

    def __init__(self, adopted: PolicyVersion, today: dt.date, using: str) -> None:
        self.adopted, self.today, self.using = adopted, today, using
        self.said = yaml.safe_load((DATA / "policy_hearing.yaml").read_text(encoding="utf-8"))
        self.units = dict(Unit.objects.using(using).values_list("code", "pk"))
        with connections[using].cursor() as cursor:
            cursor.execute("select employee_number, id from people_person")
            numbers = dict(cursor.fetchall())
        self.persons: dict[str, int] = {
            key: numbers[persona.employee_number] for key, persona in CAST.items() if persona.employee_number
        }

    def load(self) -> None:
        """Write it all."""
        since = self.today - dt.timedelta(days=HEARD_FOR)
        document = changed(stored(self.adopted, using=self.using), self.said)
        version = new_version(document, since - dt.timedelta(days=30), by=self.persons["kari"], using=self.using)
        version.state, version.hearing_from = VersionState.HEARING, since
        version.hearing_until = self.today + dt.timedelta(days=HEARD_ON)
        version.save(using=self.using)
        self._comments(version, document)
        self._owners()

    def _comments(self, version: PolicyVersion, document: Document) -> None:
        about = by_key(document)
        for one in self.said["comments"]:
            at = self._at(one["days_ago"])
            answered = one.get("answer", "")
            Comment.objects.using(self.using).create(
                version=version, key=one["key"], about=dict(about[one["key"]].paragraph.title),
                unit_id=self.units[one["unit"]], side=one["side"], person_id=self.persons[one["by"]], text=one["text"],
                at=at, answer=answered, answered_by=self.persons["kari"] if answered else None,
                answered_at=at + dt.timedelta(days=2) if answered else None,
            )  # fmt: skip

    def _owners(self) -> None:
        known = by_key(stored(self.adopted, using=self.using))
        for one in self.said["owners"]:
            assert one["key"] in known, one["key"]
            Owner.objects.using(self.using).create(
                key=one["key"], role=one["role"], unit_id=self.units[one["unit"]],
                person_id=self.persons.get(one.get("person", "")),
            )  # fmt: skip
        for one in self.said["own"]:
            assert one["goal"] in known, one["goal"]
            OwnMeasure.objects.using(self.using).create(
                goal_key=one["goal"], unit_id=self.units[one["unit"]], person_id=self.persons[one["by"]],
                text=one["text"], at=self._at(40),
            )  # fmt: skip

    def _at(self, days_ago: int) -> dt.datetime:
        day = self.today - dt.timedelta(days=days_ago)
        return dt.datetime(day.year, day.month, day.day, 10, 30, tzinfo=OSLO)


def changed(document: Document, said: dict[str, Any]) -> Document:
    """The document with what `said` changes in it, adds to it and removes from it."""
    texts = {one["key"]: _texts(one) for one in said["change"]}
    taken = set(by_key(document))
    added: dict[str, list[Paragraph]] = {}
    for one in said["add"]:
        key = key_for(one["nb"], taken)
        taken.add(key)
        added.setdefault(one["under"], []).append(Paragraph(key, one["kind"], _texts(one)))
    lost = (set(texts) | set(added) | set(said["remove"])) - taken
    assert not lost, f"the policy has no {lost}"

    def made(paragraph: Paragraph) -> Paragraph:
        kept = tuple(made(child) for child in paragraph.children if child.key not in said["remove"])
        order = [*kept, *added.get(paragraph.key, [])]
        order.sort(key=lambda child: child.kind)
        return replace(paragraph, title=texts.get(paragraph.key, paragraph.title), children=tuple(order))

    return Document(document.title, tuple(made(paragraph) for paragraph in document.paragraphs))


def _texts(one: dict[str, Any]) -> dict[str, str]:
    return {language: one[language] for language in ("nb", "nn", "en")}
