"""Makes the accounts: from what is published to one report, from a draft to its snapshot, and from either to its
formats. What is made is kept while it holds."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils import translation

from byfolk.accounts import frozen, queries, snapshot, web, workbook
from byfolk.accounts import pdf as paper
from byfolk.accounts.compose.lacks import Lack, lacks
from byfolk.accounts.compose.report import report as compose
from byfolk.accounts.compose.sealing import Signature
from byfolk.accounts.content import Report
from byfolk.accounts.drafted import Draft, shown_key
from byfolk.accounts.open_data.editions import csv_of
from byfolk.accounts.queries import Ground, NoAccounts
from byfolk.accounts.snapshot import Frozen
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.lib.pdf import PdfError

__all__ = ["NoAccounts", "Reader", "one_report", "reader"]

#: Seconds that what is made is kept in a process. It is found by what it was made from, so it is never out of date.
KEPT = 6 * 60 * 60


def one_report(
    ground: Ground,
    language: str,
    code: str | None = None,
    *,
    draft: Draft | None = None,
    signature: Signature | None = None,
) -> Report:
    """The accounts of the city (no code, or the city's) or of an agency. Raises `NoAccounts` for another unit."""
    return _with_basis(ground, language, code, draft, signature)[0]


def _with_basis(
    ground: Ground,
    language: str,
    code: str | None,
    draft: Draft | None,
    signature: Signature | None,
    *,
    covered: bool = True,
) -> tuple[Report, queries.Basis, queries.Place]:
    city = code is None or code == ground.root.code
    basis = queries.basis(ground, units=() if city or code is None else (code,))
    place = basis.root if city or code is None else basis.agency(code)
    sectors = queries.sectors(ground.year) if city and covered else None
    return compose(basis, place, language, sectors=sectors, draft=draft, signature=signature), basis, place


def draft_report(
    actor: Actor, code: str, year: int, draft: Draft, language: str, *, top: Unit, covered: bool
) -> tuple[Report, tuple[Lack, ...]]:
    """A draft as it reads now, and what it lacks. `top`: the root of the tree; `covered`: with what the dots on the
    cover stand for, for whoever reads it whole. Raises `NoAccounts`.
    """
    known = queries.ground(actor, year, language, top=top)
    made, basis, place = _with_basis(known, language, code, draft, None, covered=covered)
    return made, lacks(basis, place, made, draft)


def figures_with_a_value(actor: Actor, code: str, year: int) -> list[str]:
    """The figures of a unit's accounts that have a value now, as a draft notes them. Raises `NoAccounts`."""
    made = one_report(queries.ground(actor, year, "nb"), "nb", code)
    return sorted(
        {
            shown_key(line.code, value.year)
            for chapter in made.chapters
            for line in chapter.lines
            for value in line.values
            if value.number is not None
        }
    )


@dataclass(frozen=True)
class FrozenForm:
    """What is kept of an edition: the snapshot's text, its hash, and the hashes of its files."""

    text: str
    sha256: str
    files: Mapping[str, str]


def frozen_form(
    actor: Actor,
    unit: Unit,
    year: int,
    draft: Draft,
    *,
    version: int,
    at: dt.datetime,
    name: str,
    role: str,
    reason: str,
    address: str,
) -> FrozenForm:
    """A draft as it is frozen by somebody at a moment (whole seconds). Raises `NoAccounts`."""
    signature = Signature(version, at, name, role, reason)
    reports, grounds = {}, {}
    for language in snapshot.LANGUAGES:
        grounds[language] = queries.ground(actor, year, language)
        reports[language] = one_report(grounds[language], language, unit.code, draft=draft, signature=signature)
    made = grounds["nb"].publication
    about = {
        "unit": unit.code, "year": year, "version": version, "frozen_at": at.isoformat(), "signer": name,
        "signer_role": role, "reason": reason, "address": address,
        "texts": {anchor: {"text": one.text, "points": list(one.points)} for anchor, one in draft.texts.items()},
        "publication": {"number": made.id, "at": made.at.isoformat(), "facts": made.facts_hash},
    }  # fmt: skip
    text = snapshot.write(reports, about)
    return FrozenForm(text, snapshot.hash_of(text), files_of(snapshot.read(text)))


def files_of(edition: Frozen) -> dict[str, str]:
    """The SHA-256 of an edition's files by their endings: its open data, and spreadsheet and PDF in each language
    ("pdf" in bokmål, "nn.pdf", "en.pdf"). Without the look there is no PDF to tell of.
    """
    found = {"csv": hashlib.sha256(csv_of(edition)).hexdigest()}
    for language in snapshot.LANGUAGES:
        start = "" if language == "nb" else f"{language}."
        book = workbook.workbook(edition.report(language))
        found[f"{start}xlsx"] = hashlib.sha256(book).hexdigest()
        with contextlib.suppress(PdfError):
            found[f"{start}pdf"] = hashlib.sha256(frozen_pdf(edition, language)).hexdigest()
    return found


def frozen_pdf(edition: Frozen, language: str) -> bytes:
    """The PDF of a frozen edition: the same bytes each time. Raises `PdfError` where the look is not built."""
    return paper.pdf(edition.report(language), base=edition.address)


class Reader:
    """The accounts of one unit and year as they are published now, in one language: made on first sight, then kept."""

    def __init__(self, actor: Actor, year: int, code: str | None, language: str) -> None:
        """Raises `NoAccounts` for a year without figures."""
        self._ground = queries.ground(actor, year, language)
        self._code, self._language = code, language
        self._key = f"{self._ground.fingerprint} {code} {language}"

    def report(self) -> Report:
        """The report. Raises `NoAccounts` for a unit without accounts."""
        return _kept(f"{self._key} report", lambda: one_report(self._ground, self._language, self._code))

    def page(self, links: list[dict[str, str]]) -> tuple[str, str]:
        """The accounts' name, and the page's body as HTML with these links on the cover."""
        return _kept(f"{self._key} page", lambda: page(self.report(), links))

    def pdf(self, base: str) -> bytes:
        """The PDF with links to the portal at `base`."""
        return _kept(f"{self._key} pdf {base}", lambda: paper.pdf(self.report(), base=base))

    def workbook(self) -> bytes:
        """The spreadsheet."""
        return _kept(f"{self._key} workbook", lambda: workbook.workbook(self.report()))


class FrozenReader:
    """A frozen edition in one language, from its snapshot alone: made on first sight, then kept by its hash."""

    def __init__(self, code: str, year: int, version: int, sha256: str, language: str) -> None:
        self._asked = (code, year, version)
        self._language, self._key = language, f"{sha256} {language}"

    def edition(self) -> Frozen:
        """The edition, read back."""
        found = frozen.frozen(*self._asked)
        if found is None:
            raise NoAccounts("no such edition")
        return found

    def report(self) -> Report:
        """The report as it was frozen."""
        return _kept(f"{self._key} report", lambda: self.edition().report(self._language))

    def page(self, links: list[dict[str, str]]) -> tuple[str, str]:
        """The accounts' name, and the page's body as HTML with these links on the cover."""
        return _kept(f"{self._key} page {links}", lambda: page(self.report(), links))

    def pdf(self, base: str) -> bytes:
        """The PDF, with the links that it was frozen with: `base` is not asked for."""
        return _kept(f"{self._key} pdf", lambda: frozen_pdf(self.edition(), self._language))

    def workbook(self) -> bytes:
        """The spreadsheet."""
        return _kept(f"{self._key} workbook", lambda: workbook.workbook(self.report()))


def reader(
    actor: Actor, year: int, code: str | None, language: str, version: int | None = None
) -> Reader | FrozenReader:
    """Who reads what: this frozen version, else the newest frozen one, else what is published now.

    Raises `NoAccounts` for a year without figures and for a version that there is not.
    """
    known = frozen.versions(code, year)
    if version is not None and version not in known:
        raise NoAccounts(f"there is no version {version} of {code} for {year}")
    if known:
        chosen = version or max(known)
        unit, sha256 = known[chosen]
        return FrozenReader(unit, year, chosen, sha256, language)
    return Reader(actor, year, code, language)


def page(report: Report, links: list[dict[str, str]]) -> tuple[str, str]:
    """The accounts' name, and the page's body as HTML with these links on the cover."""
    with translation.override(report.language):
        return report.name, render_to_string("accounts/report.html", web.context(report, links))


def _kept(key: str, make: Any) -> Any:
    # A key takes no spaces, and links are longer than a key may be.
    name = hashlib.sha256(key.encode()).hexdigest()
    return caches["drawings"].get_or_set(f"accounts:{name}", make, timeout=KEPT)
