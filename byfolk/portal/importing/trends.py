"""How agencies' data has done, in words and small pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from byfolk.lib import charts, norwegian
from byfolk.portal.importing.queries import Quality, Standing


def lead(found: Sequence[Quality]) -> str:
    """How all the agencies did, in one or two sentences; what the page is for, where no file has landed."""
    if not any(one.read for one in found):
        return _("Hvor mye av virksomhetenes personaldata som måtte stå igjen ved siste import, og hvem som eier det.")
    words = {"rejected": _number(sum(one.rejected for one in found)), "read": _number(sum(one.read for one in found))}
    text = _("%(rejected)s av %(read)s rader ble ikke tatt inn.") % words
    ownerless = sum(not one.owner for one in found)
    if not ownerless:
        return text
    missing = ngettext("Én virksomhet mangler eier.", "%(n)s virksomheter mangler eier.", ownerless)
    return f"{text} {missing % {'n': ownerless}}"


def rows(found: Sequence[Quality]) -> list[dict[str, Any]]:
    """The agencies as their table takes them: how the last files did, and the way it has gone."""
    return [
        {
            "quality": one,
            "share": norwegian.percent(one.share / 10, 1, _language()) if one.share is not None else "",
            "picture": _sparkline(one),
        }
        for one in found
    ]


def _sparkline(found: Quality) -> charts.Svg | str:
    # Nothing to draw before the second day of files.
    if len(found.trend) < 2:
        return ""
    label = _("%(first)s %(start)s, %(last)s %(end)s") % {
        "first": _share(found.trend[0]), "start": _day(found.trend[0]),
        "last": _share(found.trend[-1]), "end": _day(found.trend[-1]),
    }  # fmt: skip
    return charts.sparkline([standing.share for standing in found.trend], label=label)


def bars(found: Quality) -> dict[str, Any] | None:
    """Day by day as bars, the newest first; None where no file has landed."""
    if not found.trend:
        return None
    largest = max(standing.share for standing in found.trend) or 1
    newest = found.trend[-1]
    return {
        "title": _finding(found),
        "caption": _("Rader som ikke ble tatt inn, dag for dag"),
        "lead": _("Så stor del av radene ble ikke tatt inn, og så mange rader var det."),
        "columns": {"name": _("Filer fra"), "value": _("Andel"), "share": _("Rader")},
        "rows": [
            {
                "name": norwegian.day(standing.on, _language(), short=True),
                "svg": charts.bar(standing.share, largest=largest, pale=standing is not newest),
                "value": _share(standing),
                "share": _number(standing.rejected),
            }
            for standing in reversed(found.trend)
        ],
    }


def _finding(found: Quality) -> str:
    """What the bars show, in a sentence."""
    first, last = found.trend[0], found.trend[-1]
    if len(found.trend) < 2:
        return _("Slik gikk det %(day)s") % {"day": _day(last)}
    day = {"day": _day(first)}
    if _share(first) == _share(last):
        return _("Like mye står igjen som %(day)s") % day
    return (_("Mindre står igjen enn %(day)s") if last.share < first.share else _("Mer står igjen enn %(day)s")) % day


def _share(standing: Standing) -> str:
    return norwegian.percent(standing.share / 10, 1, _language())


def _day(standing: Standing) -> str:
    return norwegian.day(standing.on, _language())


def _number(value: int) -> str:
    return norwegian.number(value, 0, _language())


def _language() -> str:
    return get_language() or "nb"
