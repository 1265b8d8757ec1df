"""A policy document in the tables: written as a version's paragraphs, read back, and as the form that boards read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Max

from byfolk.engines.goals.document import Document, Paragraph, Placed, walk
from byfolk.engines.goals.models import Element, FocusArea, Goal, PolicyVersion, Service, VersionState


def new_version(
    document: Document, on: dt.date, *, by: int | None = None, using: str = DEFAULT_DB_ALIAS
) -> PolicyVersion:
    """The document as a new draft, with the next number."""
    versions = PolicyVersion.objects.using(using)
    last = versions.aggregate(last=Max("number"))["last"] or 0
    made = versions.create(number=last + 1, title=dict(document.title), made_on=on)
    _store(made, list(walk(document)), {}, by, using)
    return made


def _store(
    version: PolicyVersion, found: Iterable[Placed], above: dict[str, Element], by: int | None, using: str
) -> None:
    """Write paragraphs level by level: those whose parent is written, then what lies under them."""
    rest = list(found)
    while rest:
        ready = [placed for placed in rest if placed.above is None or placed.above.key in above]
        rows = [row_of(version, placed, above.get(placed.above.key) if placed.above else None, by) for placed in ready]
        for row in Element.objects.using(using).bulk_create(rows):
            above[row.key] = row
        rest = [placed for placed in rest if placed.paragraph.key not in above]


def row_of(version: PolicyVersion, placed: Placed, parent: Element | None, by: int | None) -> Element:
    """A paragraph as a row, not saved."""
    one = placed.paragraph
    return Element(
        version=version, key=one.key, kind=one.kind, parent=parent, order=placed.order, title=dict(one.title),
        short=dict(one.short), text=dict(one.text), planned=dict(one.planned), indicators=list(one.indicators),
        changed_by=by,
    )  # fmt: skip


def find(number: int | None, *, using: str = DEFAULT_DB_ALIAS) -> PolicyVersion | None:
    """The version with a number, or the adopted one without; for background work, which sees drafts too."""
    found = PolicyVersion.objects.using(using)
    return (found.filter(number=number) if number is not None else found.filter(state=VersionState.ADOPTED)).first()


def stored(version: PolicyVersion, *, using: str = DEFAULT_DB_ALIAS) -> Document:
    """A version's document. One query."""
    return document_of(version, list(Element.objects.using(using).filter(version=version).order_by("order", "pk")))


def document_of(version: PolicyVersion, rows: Iterable[Element]) -> Document:
    """The document that rows in order make."""
    below: dict[int | None, list[Element]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def made(row: Element) -> Paragraph:
        return Paragraph(
            row.key, row.kind, row.title, row.short, row.text, row.planned, tuple(row.indicators),
            tuple(made(child) for child in below.get(row.pk, ())),
        )  # fmt: skip

    return Document(version.title, tuple(made(row) for row in below.get(None, ())))


def make_adopted(version: PolicyVersion, on: dt.date, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Retire what was adopted, adopt this version, and make boards read it."""
    versions = PolicyVersion.objects.using(using)
    versions.filter(state=VersionState.ADOPTED).update(state=VersionState.RETIRED, retired_on=on)
    versions.filter(pk=version.pk).update(state=VersionState.ADOPTED, adopted_on=on)
    version.refresh_from_db(using=using)
    make_working(stored(version, using=using), using=using)


def make_working(document: Document, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the tables that boards read say what the document says. A row whose id stays is changed, never replaced."""
    found = list(walk(document))
    areas = {one.paragraph.key: one for one in found if one.paragraph.kind in ("area", "reputation")}
    goals = {one.paragraph.key: one for one in found if one.paragraph.kind == "goal"}
    Goal.objects.using(using).exclude(key__in=goals).delete()
    rows = _areas(areas, using)
    gone = FocusArea.objects.using(using).exclude(key__in=areas)
    _goals(goals, rows, using)
    gone.delete()


def _areas(areas: dict[str, Placed], using: str) -> dict[str, FocusArea]:
    table = FocusArea.objects.using(using)
    # Those that go away make room for the numbers of those that come.
    for place, row in enumerate(table.exclude(key__in=areas).order_by("pk")):
        table.filter(pk=row.pk).update(number=10_000 + place)
    rows = {row.key: row for row in table.filter(key__in=areas)}
    for key, row in rows.items():
        _fill_area(row, areas[key])
    table.bulk_update(rows.values(), ["number", "title", "short", "explanation"])
    new = [_fill_area(FocusArea(key=key), placed) for key, placed in areas.items() if key not in rows]
    return rows | {row.key: row for row in table.bulk_create(new)}


def _fill_area(row: FocusArea, placed: Placed) -> FocusArea:
    one = placed.paragraph
    row.number, row.title, row.explanation = int(placed.number), dict(one.title), dict(one.text)
    row.short = dict(one.title) | dict(one.short)
    return row


def _goals(goals: dict[str, Placed], areas: dict[str, FocusArea], using: str) -> None:
    table = Goal.objects.using(using)
    rows = {row.key: row for row in table.filter(key__in=goals)}
    for key, row in rows.items():
        _fill_goal(row, goals[key], areas)
    table.bulk_update(rows.values(), ["area", "number", "order", "title", "short", "planned"])
    new = [_fill_goal(Goal(key=key), placed, areas) for key, placed in goals.items() if key not in rows]
    rows |= {row.key: row for row in table.bulk_create(new)}
    Service.objects.using(using).all().delete()
    Service.objects.using(using).bulk_create(
        Service(goal=rows[key], indicator=code, order=place)
        for key, placed in goals.items()
        for place, code in enumerate(placed.paragraph.indicators)
    )


def _fill_goal(row: Goal, placed: Placed, areas: dict[str, FocusArea]) -> Goal:
    one = placed.paragraph
    assert placed.above is not None
    row.area, row.number, row.order = areas[placed.above.key], placed.number, placed.order
    row.title, row.planned, row.short = dict(one.title), dict(one.planned), dict(one.title) | dict(one.short)
    return row
