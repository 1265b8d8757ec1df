"""Numbers for the figures, charts and tables of a chapter: "Figur 3.2"."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Numbering:
    """Counts through one chapter: charts, tables and key figures share one row of numbers."""

    def __init__(self, chapter: int) -> None:
        self._chapter, self._count = chapter, 0

    def _next(self) -> str:
        self._count += 1
        return f"{self._chapter}.{self._count}"

    def figure(self) -> str:
        """The next key figure: "Tall 3.1"."""
        return _("Tall\u00a0%(number)s") % {"number": self._next()}

    def chart(self) -> str:
        """The next chart: "Figur 3.2"."""
        return _("Figur %(number)s") % {"number": self._next()}

    def table(self) -> str:
        """The next table: "Tabell 3.3"."""
        return _("Tabell %(number)s") % {"number": self._next()}
