"""A unit's result as files to keep: a spreadsheet, and an accessible PDF. What the page hides, they hide."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.utils.translation import gettext as _

from byfolk.areas.surveys.results import page, sentences, words
from byfolk.areas.surveys.texts.page import by_item, in_a_row
from byfolk.engines.questionnaires.results.queries import Alike, Result
from byfolk.engines.questionnaires.texts.queries import Shown
from byfolk.lib.pdf import Press, font_files, fonts
from byfolk.lib.tables import Sheet, write_xlsx

TEMPLATE = Path(__file__).with_name("result.typ")
_ONE_DECIMAL = "0.0"


def spreadsheet(found: Result, texts: Shown, like: Alike | None) -> bytes:
    """The factors, groups where they are shown, the units below, and what people wrote: numbers as numbers, "not shown"
    as words.
    """
    content = io.BytesIO()
    sheets = [_factors(found, like), *_groups(found)]
    if found.below:
        sheets.append(_below(found))
    written = in_a_row(found.content, list(texts.texts))
    if written:
        sheets.append(_written(written))
    write_xlsx(content, sheets)
    return content.getvalue()


def _factors(found: Result, like: Alike | None) -> Sheet:
    year, over = sentences.year_before(found), [one for one in (found.above, found.top) if one]
    titles = {"factor": _("Område"), "mean": found.place.name}
    if year is not None:
        titles |= {"before": str(year), "said": _("Endring")}
    if like is not None:
        titles["like"] = _("Lignende enheter")
    titles |= {f"over{place}": one.place.name for place, one in enumerate(over)}
    titles |= {"low": _("Lavt"), "middle": _("Midt på"), "high": _("Høyt"), "note": _("Merknad")}
    rows: list[dict[str, Any]] = []
    for factor in found.content.factors:
        row, mean, said = found.factors.get(factor.code), found.mean(factor.code), None
        known: dict[str, Any] = {"factor": factor.title.in_language(words.language()), "mean": _number(mean)}
        if row is not None and mean is not None:
            said = sentences.moved_of(found, factor)
            known |= {"low": row.low, "middle": row.middle, "high": row.high}
            known["before"] = _number(mean - row.change) if row.change is not None else None
        known["said"] = words.since_text(said, year) if said is not None and year is not None else ""
        known["like"] = _number(like.means.get(factor.code)) if like is not None else None
        known |= {f"over{place}": _number(one.means.get(factor.code)) for place, one in enumerate(over)}
        known["note"] = "" if mean is not None else _("Vises ikke")
        rows.append({name: known.get(name) for name in titles})
    kinds = {name: pl.String if name in ("factor", "said", "note") else pl.Float64 for name in titles}
    frame = pl.DataFrame(rows, schema=kinds)
    formats = {name: _ONE_DECIMAL for name in titles if name in ("mean", "before", "like") or name.startswith("over")}
    return Sheet(_("Resultat"), frame, titles=titles, formats=formats)


def _groups(found: Result) -> list[Sheet]:
    sheets = []
    for group in found.groups:
        item = found.content.item(group.background)
        if item is None:
            continue
        names = {one.code: one.text.in_language(words.language()) for one in item.options}
        titles = {"factor": _("Område")} | {option: names[option] for option in group.options}
        rows = [
            {"factor": factor.title.in_language(words.language())}
            | {option: _number(group.means.get((option, factor.code))) for option in group.options}
            for factor in found.shown
        ]
        kinds = {name: pl.String if name == "factor" else pl.Float64 for name in titles}
        formats = dict.fromkeys(group.options, _ONE_DECIMAL)
        name = item.text.in_language(words.language())
        sheets.append(Sheet(_sheet_name(name), pl.DataFrame(rows, schema=kinds), titles=titles, formats=formats))
    return sheets


def _below(found: Result) -> Sheet:
    titles = {"unit": _("Enhet"), "answered": _("Svarte"), "invited": _("Inviterte"), "note": _("Merknad")}
    rows = [
        {
            "unit": one.place.name,
            "answered": one.answered,
            "invited": one.invited if one.answered is not None else None,
            "note": "" if one.answered is not None else _("Vises ikke"),
        }
        for one in found.below
    ]
    kinds = {"unit": pl.String, "answered": pl.Int64, "invited": pl.Int64, "note": pl.String}
    return Sheet(_sheet_name(_("Enhetene under")), pl.DataFrame(rows, schema=kinds), titles=titles)


def _written(rows: list[dict[str, str]]) -> Sheet:
    titles = {"item": _("Spørsmål"), "text": _("Tekst")}
    frame = pl.DataFrame(rows, schema={"item": pl.String, "text": pl.String})
    return Sheet(_("Med egne ord"), frame, titles=titles)


def _sheet_name(text: str) -> str:
    """As a spreadsheet can name a sheet: 31 characters, and some signs not at all."""
    return "".join(letter for letter in text if letter not in "[]:*?/\\'")[:31]


def _number(mean: Decimal | None) -> float | None:
    return None if mean is None else float(mean)


def pdf(found: Result, texts: Shown, like: Alike | None, *, at: dt.datetime) -> bytes:
    """The result on paper. Raises `PdfError` where the look is not built."""
    known = page.context_of(found, like=like)
    rows = []
    for row in known.get("rows", []):
        tag = row.get("tag", {}).get("word", "") if not row.get("hidden") else row["hidden"]
        rows.append({"name": row["name"], "mean": row.get("mean", _("Vises ikke")), "said": tag})
    return _press().pdf(
        {
            "lang": words.language(), "title": known["title"], "unit": found.place.name,
            "heading": _("Slik har dere det"), "lead": known["lead"], "warning": known["warning"],
            "hidden": known["hidden"]["reason"] if known["hidden"] else "",
            "cards": [
                {"kicker": one["kicker"], "title": one["title"], "text": one["text"]}
                for one in known.get("cards", [])
            ],
            "heads": [_("Område"), _("Gjennomsnitt"), _("Endring")], "all": _("Alt dere svarte på"), "rows": rows,
            "note": page.unsure_note(), "why": _why(known),
            "words": _("Med egne ord"), "written": by_item(found.content, texts.texts),
        },
        at=at,
    )  # fmt: skip


def _why(known: dict[str, Any]) -> list[str]:
    why = known["why_hidden"]
    return [*why["sentences"], why["rest"]] if why else []


@lru_cache(maxsize=1)
def _press() -> Press:
    return Press(TEMPLATE, fonts(font_files(), Path(settings.HOME) / "fonts"))
