"""Makes the accounts: from what is published to one report, and from the report to its formats. What is made is kept
while it holds."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils import translation

from byfolk.accounts import pdf as paper
from byfolk.accounts import queries, web, workbook
from byfolk.accounts.compose.report import report as compose
from byfolk.accounts.content import Report
from byfolk.accounts.queries import Ground, NoAccounts
from byfolk.kernel.rights import Actor

__all__ = ["NoAccounts", "Reader", "one_report"]

#: Seconds that what is made is kept in a process. It is found by what it was made from, so it is never out of date.
KEPT = 6 * 60 * 60


def one_report(ground: Ground, language: str, code: str | None = None) -> Report:
    """The accounts of the city (no code, or the city's) or of an agency. Raises `NoAccounts` for another unit."""
    if code is None or code == ground.root.code:
        basis = queries.basis(ground, units=())
        return compose(basis, basis.root, language, sectors=queries.sectors(ground.year))
    basis = queries.basis(ground, units=(code,))
    return compose(basis, basis.agency(code), language)


class Reader:
    """The accounts of one unit and year for someone who reads, in one language: made on first sight, then kept."""

    def __init__(self, actor: Actor, year: int, code: str | None, language: str) -> None:
        """Raises `NoAccounts` for a year without figures."""
        self._ground = queries.ground(actor, year, language)
        self._code, self._language = code, language

    def report(self) -> Report:
        """The report. Raises `NoAccounts` for a unit without accounts."""
        return self._kept("report", lambda: one_report(self._ground, self._language, self._code))

    def page(self, links: list[dict[str, str]]) -> tuple[str, str]:
        """The accounts' name, and the page's body as HTML with these links on the cover."""
        return self._kept("page", lambda: self._page(links))

    def pdf(self, base: str) -> bytes:
        """The PDF with links to the portal at `base`."""
        return self._kept(f"pdf {base}", lambda: paper.pdf(self.report(), base=base))

    def workbook(self) -> bytes:
        """The spreadsheet."""
        return self._kept("workbook", lambda: workbook.workbook(self.report()))

    def _page(self, links: list[dict[str, str]]) -> tuple[str, str]:
        made = self.report()
        with translation.override(self._language):
            return made.name, render_to_string("accounts/report.html", web.context(made, links))

    def _kept(self, what: str, make: Any) -> Any:
        key = f"accounts {self._ground.fingerprint} {self._code} {self._language} {what}".replace(" ", ":")
        return caches["drawings"].get_or_set(key, make, timeout=KEPT)
