"""Rules of units: one root, no ring, levels that go downwards, and every parent and successor known."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

from byfolk.kernel.people.importing.periods import day, span
from byfolk.kernel.people.importing.rules.rows import beside, check_apart, check_dates, drop_duplicates, lifetimes
from byfolk.kernel.people.importing.sheet import Sheet

if TYPE_CHECKING:
    from byfolk.kernel.people.importing.checking import Existing

KEY = ("code", "valid_from")
DATES_TRIED = 200  # a tree that is entangled on more days than this is judged as if all its periods were at once
UNITS_SHOWN = 6

_START, _END = pl.col("valid_from"), pl.col("valid_to")


def check(sheet: Sheet, existing: Existing, on: dt.date) -> None:
    """All rules of a file of units."""
    in_file = set(sheet.rows["code"].to_list())
    check_dates(sheet, on)
    _check_row(sheet)
    sheet.drop_rejected()
    sheet.rows = sheet.rows.with_columns(level=pl.col("kind").cast(pl.Int16))
    drop_duplicates(sheet, KEY)
    check_apart(
        sheet, beside(sheet, existing.units, KEY, ["code"]), ["code"], "valid_from", "unit_overlap", pl.col("code")
    )
    _check_root(sheet, existing)
    _check_known(sheet, existing, in_file)
    _check_rings(sheet, existing)
    _check_levels(sheet, existing)
    _reject_below(sheet, existing, in_file)


def _check_row(sheet: Sheet) -> None:
    parent, code, successor = pl.col("parent_code"), pl.col("code"), pl.col("successor_code")
    root = pl.col("kind") == "0"
    sheet.note(~root & (parent == ""), "parent_code", "parent_required")
    sheet.note(~root & (parent == code) & (code != ""), "parent_code", "own_parent")
    sheet.note(root & (parent != ""), "parent_code", "root_with_parent")
    sheet.note((successor != "") & (successor == code), "successor_code", "own_successor")
    sheet.note((successor != "") & (successor != code) & _END.is_null(), "successor_code", "successor_without_end")


def _together(sheet: Sheet, existing: Existing) -> pl.DataFrame:
    """Every period of every unit as it would be: code, parent_code ("" for the root), level, period, line (0 if not
    in the file)."""
    columns = ("code", "parent_code", "level", "valid_from", "valid_to")
    kept = existing.units.join(sheet.rows.select(KEY), on=KEY, how="anti").select(*columns, line=pl.lit(0))
    schema = {"level": pl.Int16, "line": pl.UInt32, "parent_code": pl.String}
    return pl.concat([kept.cast(schema), sheet.rows.select(*columns, "line").cast(schema)]).with_columns(  # type: ignore[arg-type]
        pl.col("parent_code").fill_null("")
    )


def _check_root(sheet: Sheet, existing: Existing) -> None:
    roots = _together(sheet, existing).filter(pl.col("level") == 0).sort("line")
    if roots["code"].n_unique() > 1:
        first = roots["code"][0]
        sheet.note((pl.col("level") == 0) & (pl.col("code") != first), "code", "two_roots", other=first)
        sheet.drop_rejected()


def _check_known(sheet: Sheet, existing: Existing, in_file: set[str]) -> None:
    """Parents and successors exist. One that stands in the file but was rejected is dealt with last."""
    known = pl.Series(sorted(in_file.union(existing.units["code"].to_list())), dtype=pl.String).implode()
    parent, successor = pl.col("parent_code"), pl.col("successor_code")
    sheet.note((parent != "") & ~parent.is_in(known), "parent_code", "unknown_unit", value=parent)
    sheet.note((successor != "") & ~successor.is_in(known), "successor_code", "unknown_successor")
    sheet.drop_rejected()


def _check_rings(sheet: Sheet, existing: Existing) -> None:
    """No unit lies, by way of others, under itself on any day."""
    tree = _together(sheet, existing)
    entangled = _entangled(tree)
    if not entangled:
        return
    tree = tree.filter(pl.col("code").is_in(list(entangled)))
    days = tree["valid_from"].unique().sort().to_list()
    found: dict[int, str] = {}
    for moment in days if len(days) <= DATES_TRIED else [None]:
        then = tree if moment is None else tree.filter((moment >= _START) & (_END.is_null() | (moment < _END)))
        above = {code: (parent, line) for code, parent, line in then.select("code", "parent_code", "line").iter_rows()}
        for ring in _rings({code: parent for code, (parent, _) in above.items()}):
            shown = ring[:UNITS_SHOWN] + (["…"] if len(ring) > UNITS_SHOWN else []) + ring[:1]
            for code in ring:
                if line := above[code][1]:
                    found.setdefault(line, " → ".join(shown))
    frame = pl.DataFrame(list(found.items()), schema={"line": pl.UInt32, "path": pl.String}, orient="row")
    sheet.note_lines(frame, "parent_code", "cycle", path=pl.col("path"))
    sheet.drop_rejected()


def _entangled(tree: pl.DataFrame) -> set[str]:
    """The units that are left when those without a parent are taken away again and again, all periods seen as one."""
    parents: dict[str, set[str]] = defaultdict(set)
    children: dict[str, list[str]] = defaultdict(list)
    for code, parent in tree.select("code", "parent_code").unique().iter_rows():
        if parent:
            parents[code].add(parent)
            children[parent].append(code)
    waiting = {code: len(above) for code, above in parents.items()}
    free = [parent for parent in children if parent not in waiting]
    free += [code for code in tree["code"].unique().to_list() if code not in waiting and code not in children]
    while free:
        for child in children.get(free.pop(), ()):
            waiting[child] -= 1
            if waiting[child] == 0:
                del waiting[child]
                free.append(child)
    return set(waiting)


def _rings(above: dict[str, str]) -> list[list[str]]:
    """The rings of a graph where every unit has one parent."""
    seen: dict[str, int] = {}
    rings = []
    for walk, start in enumerate(above):
        path: list[str] = []
        code = start
        while code in above and code not in seen:
            seen[code] = walk
            path.append(code)
            code = above[code]
        if seen.get(code) == walk and code in above:
            rings.append(path[path.index(code) :])
    return rings


def _check_levels(sheet: Sheet, existing: Existing) -> None:
    """A parent exists when its unit starts, and stands on a higher level whenever both exist."""
    tree = _together(sheet, existing)
    lives = lifetimes(tree)
    rows = sheet.rows.join(lives, left_on="parent_code", right_on="code", how="inner")
    closed = (pl.col("opens") > _START) | (pl.col("closes") <= _START).fill_null(False)
    sheet.note(
        rows.filter(closed),
        "parent_code",
        "unit_not_open",
        value=pl.col("parent_code"),
        start=day("valid_from"),
        open=span("opens", "closes"),
    )
    pairs = tree.join(tree, left_on="parent_code", right_on="code", how="inner", suffix="_above").filter(
        (pl.col("level") <= pl.col("level_above"))
        & (_END.is_null() | (pl.col("valid_from_above") < _END))
        & (pl.col("valid_to_above").is_null() | (pl.col("valid_to_above") > _START))
    )
    level, above = pl.col("level"), pl.col("level_above")
    below_line = pairs.filter(pl.col("line") > 0).unique("line", keep="first")
    sheet.note(below_line, "parent_code", "level_order", value=pl.col("parent_code"), level=level, parent_level=above)
    above_line = pairs.filter((pl.col("line") == 0) & (pl.col("line_above") > 0)).unique("line_above", keep="first")
    sheet.note(
        above_line.with_columns(line=pl.col("line_above")),
        "kind",
        "level_below",
        value=pl.col("code"),
        level=above,
        other_level=level,
    )
    sheet.drop_rejected()


def _reject_below(sheet: Sheet, existing: Existing, in_file: set[str]) -> None:
    """A unit whose parent (or its parent) was rejected cannot land either."""
    standing = set(existing.units["code"].to_list()) | set(sheet.rows["code"].to_list())
    lost = in_file - standing
    if not lost:
        return
    below: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for line, code, parent in sheet.rows.select("line", "code", "parent_code").iter_rows():
        below[parent].append((line, code))
    kept = set(existing.units["code"].to_list())
    queue, found = list(lost), []
    while queue:
        for line, code in below.pop(queue.pop(), ()):
            found.append(line)
            if code not in kept:
                queue.append(code)
    frame = pl.DataFrame({"line": pl.Series(found, dtype=pl.UInt32)})
    sheet.note_lines(frame, "parent_code", "parent_rejected", value=pl.col("parent_code"))
    sheet.drop_rejected()
    gone = pl.Series(sorted(lost), dtype=pl.String).implode()
    sheet.note(pl.col("successor_code").is_in(gone), "successor_code", "unknown_successor")
