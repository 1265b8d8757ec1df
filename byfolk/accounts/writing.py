"""Writes the accounts as files: web page, PDF and spreadsheet for the city, an agency, or all of them, in two
processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connections
from django.utils import translation
from django.utils.translation import gettext as _

from byfolk.accounts import frozen, offline, pdf, queries, workbook
from byfolk.accounts.compose.report import report as compose
from byfolk.accounts.queries import Basis, Ground, NoAccounts, Place
from byfolk.accounts.snapshot import Frozen
from byfolk.kernel.organisation.models import Level
from byfolk.lib.pdf import font_files

#: Below this many it is not worth starting more processes.
_FEW = 4


@dataclass(frozen=True)
class Task:
    """What is to be written where. `base` is the portal's address, for the links in the files. `frozen`: the editions
    that are written as they were frozen, by the unit's code; the others are made of what is published now.
    """

    basis: Basis
    places: tuple[Place, ...]
    sectors: dict[str, int]
    language: str
    out: Path
    base: str
    frozen: Mapping[str, Frozen] = field(default_factory=dict)


def prepare(
    ground: Ground,
    *,
    unit: str | None,
    all_agencies: bool,
    language: str,
    out: Path,
    base: str,
    version: int | None = None,
    live: bool = False,
) -> Task:
    """Read all that is needed for the city, an agency by its code, or the city and all agencies. Nothing is written
    yet. What is frozen is written as it was, in this version or the newest, unless `live`.

    Raises `NoAccounts` for a unit without accounts, and for a version that there is not.
    """
    basis = queries.basis(ground, units=None if all_agencies else ([unit] if unit else ()))
    if unit is not None and unit != basis.root.code:
        kept = {} if live else _frozen([unit], ground.year, version)
        return Task(basis, (basis.agency(unit),), {}, language, out, base, kept)
    places = (basis.root, *(basis.level(Level.AGENCY) if all_agencies else ()))
    kept = {} if live else _frozen([place.code for place in places], ground.year, version)
    return Task(basis, places, queries.sectors(ground.year), language, out, base, kept)


def _frozen(codes: list[str], year: int, version: int | None) -> dict[str, Frozen]:
    """The frozen editions that there are of these units. Raises `NoAccounts` where the version is missing."""
    wanted = {one.unit_code for one in frozen.published_editions(year=year)}.intersection(codes)
    found = {code: frozen.frozen(code, year, version) for code in wanted}
    kept = {code: edition for code, edition in found.items() if edition is not None}
    if version is not None and not kept:
        raise NoAccounts(f"There is no frozen version {version} of {codes[0]} for {year}")
    return kept


def write(task: Task, *, processes: int = 2, report: Callable[[str], None] = lambda text: None) -> list[Path]:
    """Write the files and answer which. `report` gets a line for each unit. No transaction may be open: processes are
    started.

    Raises `PdfError` or `LookMissing` where the look is not built.
    """
    font_files()
    task.out.mkdir(parents=True, exist_ok=True)
    offline.write_assets(task.out)
    written: list[Path] = []
    for done, (place, files) in enumerate(zip(task.places, _run(task, processes), strict=True), start=1):
        written += files
        report(f"{done} of {len(task.places)}: {place.name}")
    if len(task.places) > 1:
        pages = [file.name for file in written if file.suffix == ".html"]
        listed = list(zip([place.name for place in task.places], pages, strict=True))
        index = task.out / "index.html"
        index.write_text(
            offline.index(task.basis.year, task.language, task.basis.municipality, listed), encoding="utf-8"
        )
        written.append(index)
    return written


def _run(task: Task, processes: int) -> Iterable[list[Path]]:
    if processes < 2 or len(task.places) < _FEW:
        return (write_one(task, place) for place in task.places)
    return _in_processes(task, processes)


def _in_processes(task: Task, processes: int) -> Iterator[list[Path]]:
    """Child processes begin with what the parent has read, so nothing is read twice or sent to them."""
    global _TASK
    _TASK = task
    # A connection must not be shared with a child. The parent opens a new one when it needs it.
    connections.close_all()
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
        yield from pool.map(_write_known, range(len(task.places)))


_TASK: Task | None = None


def _write_known(index: int) -> list[Path]:
    assert _TASK is not None
    return write_one(_TASK, _TASK.places[index])


def write_one(task: Task, place: Place) -> list[Path]:
    """The three files of one unit: page, PDF, spreadsheet."""
    kept = task.frozen.get(place.code)
    base = kept.address if kept else task.base
    made = kept.report(task.language) if kept else compose(task.basis, place, task.language, sectors=task.sectors)
    files = [task.out / f"{made.file_name}.{ending}" for ending in ("html", "pdf", "xlsx")]
    with translation.override(task.language):
        links = [(_("Les som PDF"), files[1].name), (_("Tallene i regneark"), files[2].name)]
    files[0].write_text(offline.page(made, base=base, files=links), encoding="utf-8")
    files[1].write_bytes(pdf.pdf(made, base=base))
    files[2].write_bytes(workbook.workbook(made))
    return files
