"""Documents out to files and in again, as background work: all that the files say, or nothing and what is wrong in
them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils.translation import gettext as _

from byfolk.engines.library import files, kinds
from byfolk.engines.library.content import Content, Written
from byfolk.engines.library.files import Fault, Known, NotADocument
from byfolk.engines.library.models import Document, State, Version
from byfolk.kernel.organisation.models import Unit

Period = tuple[dt.date, dt.date | None]


def export(codes: Collection[str] | None = None, *, using: str = DEFAULT_DB_ALIAS) -> dict[str, str]:
    """Every version of every document, or of those with these codes, as files by their names."""
    found = Version.objects.using(using).select_related("document", "unit", "asked_unit")
    if codes is not None:
        found = found.filter(document__code__in=codes)
    stated = [written(version) for version in found.order_by("document__code", "number")]
    return {files.name_of(one): files.write(one) for one in stated}


def written(version: Version) -> Written:
    """A version with its document, as a file holds it."""
    document = version.document
    return Written(
        document.code,
        document.kind,
        version.unit.code,
        version.number,
        said(version),
        period(version),
        document.review_on,
    )


def said(version: Version) -> Content:
    """What a version says."""
    return Content(
        version.title, version.summary, version.text, tuple(version.goals), tuple(version.indicators), version.asks,
        version.asked_unit.code if version.asked_unit else "",
    )  # fmt: skip


def period(version: Version) -> Period | None:
    """When a version holds; None for a draft."""
    return (version.valid.lower, version.valid.upper) if version.valid is not None else None


@dataclass(frozen=True)
class Taken:
    """What files brought: the names of those that were new, that changed something, and that said what was known."""

    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def take_in(
    given: Mapping[str, bytes],
    *,
    indicators: Collection[str],
    goals: Collection[str] | None,
    on: dt.date,
    using: str = DEFAULT_DB_ALIAS,
) -> Taken:
    """Read files by their names into the library. Raises `NotADocument` with all that is wrong, and then nothing is
    changed.

    `indicators` and `goals` are what a document may serve; `goals` None: any.
    """
    units = dict(Unit.objects.using(using).values_list("code", "pk"))
    known = Known(kinds.codes(), units.keys(), indicators, goals)
    with transaction.atomic(using=using):
        stated = _all(given, known)
        found = _Taking(stated, units, on, using)
        found.check()
        return found.write()


def _all(given: Mapping[str, bytes], known: Known) -> dict[str, Written]:
    stated, faults = {}, []
    for name in sorted(given):
        try:
            stated[name] = files.read(name, given[name], known)
        except NotADocument as wrong:
            faults += wrong.faults
    if faults:
        raise NotADocument(faults)
    return stated


class _Taking:
    """Files against what the library holds."""

    def __init__(self, stated: Mapping[str, Written], units: Mapping[str, int], on: dt.date, using: str) -> None:
        self.stated, self.units, self.on, self.using = stated, units, on, using
        codes = {one.code for one in stated.values()}
        documents = Document.objects.using(using).filter(code__in=codes).select_for_update()
        self.documents = {one.code: one for one in documents}
        rows = Version.objects.using(using).filter(document__code__in=codes).order_by("number")
        rows = rows.select_related("document", "unit", "asked_unit")
        self.versions = {(one.document.code, one.number): one for one in rows}
        self.faults: list[Fault] = []

    def check(self) -> None:
        """Raises `NotADocument` where the files do not go together, or with what is published."""
        first: dict[str, tuple[str, Written]] = {}
        seen: dict[tuple[str, int], str] = {}
        for name, one in self.stated.items():
            place = (one.code, one.number)
            if place in seen:
                self._fault(name, _("Den samme utgaven står i %(file)s.") % {"file": seen[place]})
            seen.setdefault(place, name)
            other, before = first.setdefault(one.code, (name, one))
            if (one.kind, one.unit, one.review_on) != (before.kind, before.unit, before.review_on):
                self._fault(name, _("«kind», «owner» og «review_on» skal være som i %(file)s.") % {"file": other})
            self._against_known(name, one)
        self._periods()
        if self.faults:
            raise NotADocument(self.faults)

    def _fault(self, name: str, reason: str) -> None:
        self.faults.append(Fault(name, 1, reason))

    def _against_known(self, name: str, one: Written) -> None:
        document, known = self.documents.get(one.code), self.versions.get((one.code, one.number))
        if document is not None and document.kind != one.kind:
            self._fault(name, _("Dokumentet finnes, og er av et annet slag."))
        if known is None or known.state == State.DRAFT:
            return
        before = period(known)
        same_start = one.valid is not None and before is not None and one.valid[0] == before[0]
        ended = before is not None and before[1] is not None
        if said(known) != one.content or not same_start or (ended and one.valid != before):
            self._fault(name, _("Utgaven er publisert, og kan ikke endres. Skriv en ny utgave."))

    def _periods(self) -> None:
        """That no two versions of a document hold at once, and that at most one is a draft."""
        names = {(one.code, one.number): name for name, one in self.stated.items()}
        after = {place: period(version) for place, version in self.versions.items()}
        after |= {(one.code, one.number): one.valid for one in self.stated.values()}
        for code in {one.code for one in self.stated.values()}:
            here = [(number, valid) for (its, number), valid in after.items() if its == code]
            drafts = [number for number, valid in here if valid is None]
            for number in drafts[1:]:
                self._fault(names.get((code, number), code), _("Et dokument kan bare ha ett utkast."))
            holding = sorted(((valid, number) for number, valid in here if valid), key=lambda one: (one[0][0], one[1]))
            for (before, earlier), (later, number) in pairwise(holding):
                if before[1] is None or before[1] > later[0]:
                    name = names.get((code, number)) or names.get((code, earlier), code)
                    self._fault(name, _("Utgave %(a)d og %(b)d gjelder samtidig.") % {"a": earlier, "b": number})

    def write(self) -> Taken:
        """Write what differs."""
        taken = Taken()
        self._documents()
        # What ends makes room for what begins.
        in_order = sorted(self.stated.items(), key=lambda item: (item[1].code, item[1].number))
        for name, one in in_order:
            known = self.versions.get((one.code, one.number))
            if known is None:
                self._row(one).save(using=self.using, force_insert=True)
                taken.made.append(name)
            elif written(known) == one:
                taken.same.append(name)
            else:
                self._change(known, one)
                taken.changed.append(name)
        return taken

    def _documents(self) -> None:
        for one in self.stated.values():
            document = self.documents.get(one.code)
            unit = self.units[one.unit]
            if document is None:
                document = Document(
                    code=one.code, kind=one.kind, unit_id=unit, review_on=one.review_on, made_on=self.on
                )
                document.save(using=self.using, force_insert=True)
                self.documents[one.code] = document
            elif (document.unit_id, document.review_on) != (unit, one.review_on):
                document.unit_id, document.review_on = unit, one.review_on
                document.save(using=self.using)

    def _row(self, one: Written) -> Version:
        document = self.documents[one.code]
        row = Version(document=document, unit_id=document.unit_id, number=one.number)
        return self._filled(row, one)

    def _filled(self, row: Version, one: Written) -> Version:
        row.state = State.PUBLISHED if one.valid else State.DRAFT
        row.valid = one.valid
        fill(row, one.content, self.units)
        return row

    def _change(self, known: Version, one: Written) -> None:
        if known.state == State.PUBLISHED:
            Version.objects.using(self.using).filter(pk=known.pk).update(valid=one.valid)
            return
        known.edition += 1
        known.unit_id = self.documents[one.code].unit_id
        self._filled(known, one).save(using=self.using)


def fill(row: Version, content: Content, units: Mapping[str, int]) -> None:
    """Write a content into a row, not saved."""
    row.title, row.summary, row.text = dict(content.title), dict(content.summary), dict(content.text)
    row.goals, row.indicators, row.asks = list(content.goals), list(content.indicators), content.asks
    row.asked_unit_id = units[content.asked_unit] if content.asks else None


def unknown(codes: Iterable[str]) -> list[str]:
    """Those of the codes that no document has."""
    stated = set(codes)
    return sorted(stated - set(Document.objects.filter(code__in=stated).values_list("code", flat=True)))
