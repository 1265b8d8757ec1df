"""Writing a draft: by the HR direction, paragraph by paragraph. What two people write at once is never lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from byfolk.engines.goals.document import HEADED, TOP, UNDER, Document
from byfolk.engines.goals.models import Element, PolicyVersion, VersionState
from byfolk.engines.goals.storing import make_adopted, new_version
from byfolk.engines.indicators import registry
from byfolk.kernel.access.acting import action
from byfolk.kernel.rights import Actor
from byfolk.lib.texts import key_for, texts

WRITE = "policy.write"


class PolicyRefused(ValueError):
    """A change of the policy that cannot be made, with the reason."""


class EditedMeanwhile(PolicyRefused):
    """Somebody else has changed the paragraph since it was opened. `current` is what it is now."""

    def __init__(self, current: Element) -> None:
        super().__init__(f"{current.key} has been changed")
        self.current = current


@action(WRITE)
def start_draft(*, actor: Actor, document: Document, on: dt.date) -> PolicyVersion:
    """A new version with this content: a copy of another, or what a file says."""
    return new_version(document, on, by=actor.person_id)


@action(WRITE)
def rename_draft(*, actor: Actor, version: PolicyVersion, title: Mapping[str, str]) -> None:
    """Give a draft another title."""
    kept = texts(title)
    _must_have_bokmaal(kept)
    locked = _draft(version)
    locked.title = kept
    locked.save(update_fields=["title"])


@action(WRITE)
def delete_draft(*, actor: Actor, version: PolicyVersion) -> None:
    """Throw a draft away. One that has been on hearing stays, for what was said about it."""
    locked = _draft(version)
    if locked.comments.exists():
        raise PolicyRefused("what was said in a hearing stays")
    locked.delete()


@action(WRITE)
def add_element(
    *, actor: Actor, version: PolicyVersion, kind: str, above: str | None, content: Mapping[str, Any]
) -> Element:
    """Put a new paragraph last among its like, under the one with the id `above`."""
    _draft(version)
    parent = _above(version, kind, above)
    taken = set(Element.objects.filter(version__isnull=False).values_list("key", flat=True))
    row = Element(version=version, kind=kind, parent=parent, order=_last(version, kind, parent) + 1)
    _fill(row, content)
    row.key, row.changed_by = key_for(row.title["nb"], taken), actor.person_id
    row.save(force_insert=True)
    return row


@action(WRITE)
def edit_element(
    *, actor: Actor, version: PolicyVersion, key: str, edition: int, above: str | None, content: Mapping[str, Any]
) -> Element:
    """Change a paragraph's texts, and where it lies. `edition` is the one that the writer saw: raises
    `EditedMeanwhile` where there is a newer.
    """
    _draft(version)
    row = _locked(version, key)
    if row.edition != edition:
        raise EditedMeanwhile(row)
    parent = _above(version, row.kind, above)
    if (parent and parent.pk) != row.parent_id:
        row.order, row.parent = _last(version, row.kind, parent) + 1, parent
    _fill(row, content)
    row.edition, row.changed_by = row.edition + 1, actor.person_id
    row.save()
    return row


@action(WRITE)
def move_element(*, actor: Actor, version: PolicyVersion, key: str, up: bool) -> None:
    """Let a paragraph change places with the one before or after it; at either end nothing happens."""
    _draft(version)
    row = _locked(version, key)
    like = list(
        Element.objects.select_for_update()
        .filter(version=version, parent=row.parent_id, kind=row.kind)
        .order_by("order")
    )
    place = next(place for place, one in enumerate(like) if one.pk == row.pk)
    other = place + (-1 if up else 1)
    if 0 <= other < len(like):
        like[place].order, like[other].order = like[other].order, like[place].order
        Element.objects.bulk_update([like[place], like[other]], ["order"])


@action(WRITE)
def delete_element(*, actor: Actor, version: PolicyVersion, key: str, edition: int) -> None:
    """Take a paragraph out of a draft, with all that lies under it. Raises `EditedMeanwhile`."""
    _draft(version)
    row = _locked(version, key)
    if row.edition != edition:
        raise EditedMeanwhile(row)
    row.delete()


@action(WRITE)
def adopt(*, actor: Actor, version: PolicyVersion, on: dt.date) -> PolicyVersion:
    """Make a draft, or what was on hearing, the municipality's policy. The one before it is retired.

    A version without a goal is refused: boards would be empty.
    """
    locked = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    if locked.state not in (VersionState.DRAFT, VersionState.HEARING):
        raise PolicyRefused("only a draft, or what is on hearing, can be adopted")
    if not Element.objects.filter(version=locked, kind="goal").exists():
        raise PolicyRefused("a policy has at least one goal")
    make_adopted(locked, on)
    return locked


def _draft(version: PolicyVersion) -> PolicyVersion:
    """The draft, locked until the change is kept. Raises `PolicyRefused` for what is no draft any more."""
    found = PolicyVersion.objects.select_for_update().filter(pk=version.pk, state=VersionState.DRAFT).first()
    if found is None:
        raise PolicyRefused("only a draft can be changed")
    return found


def _locked(version: PolicyVersion, key: str) -> Element:
    found = Element.objects.select_for_update().filter(version=version, key=key).first()
    if found is None:
        raise LookupError(f"version {version.number} has no paragraph {key}")
    return found


def _above(version: PolicyVersion, kind: str, above: str | None) -> Element | None:
    if kind in TOP:
        return None
    parent = Element.objects.filter(version=version, key=above).first()
    if parent is None or kind not in UNDER.get(parent.kind, ()):
        raise PolicyRefused(f"a {kind} does not lie under {above}")
    return parent


def _last(version: PolicyVersion, kind: str, parent: Element | None) -> int:
    like = Element.objects.filter(version=version, kind=kind, parent=parent)
    return like.aggregate(last=Max("order"))["last"] or 0


def _fill(row: Element, content: Mapping[str, Any]) -> None:
    row.title = texts(content["title"])
    _must_have_bokmaal(row.title)
    if row.kind in HEADED:
        row.short, row.planned = texts(content.get("short", {})), texts(content.get("planned", {}))
        row.text = texts(content.get("text", {}), several=True)
    if row.kind == "goal":
        row.indicators = list(dict.fromkeys(registry.indicator(code).code for code in content.get("indicators", ())))


def _must_have_bokmaal(given: Mapping[str, str]) -> None:
    if not given.get("nb"):
        raise PolicyRefused("a paragraph is written in bokmål first")
