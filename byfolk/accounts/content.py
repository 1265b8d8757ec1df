"""What the accounts say, before anything is laid out: plain data with finished texts, the same for page, PDF and
spreadsheet.

Texts are in the reader's language. A hidden figure has no number anywhere in here, only the reason.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A page of the portal, by its path on the site."""

    label: str
    path: str


@dataclass(frozen=True)
class YearLines:
    """A figure over the years: own line, the city's, and the target of each year (None: no value to show)."""

    years: tuple[int, ...]
    own: tuple[float | None, ...]
    own_label: str
    other: tuple[float | None, ...]
    other_label: str
    targets: tuple[float | None, ...]
    target_label: str
    decimals: int


@dataclass(frozen=True)
class Panels:
    """The same figure for several units over the years, each beside the whole: (name, values, last value as text)."""

    panels: tuple[tuple[str, tuple[float, ...], str], ...]
    whole: tuple[float, ...]
    first: str
    last: str


@dataclass(frozen=True)
class DotRow:
    """A row of a dot plot: `end` filled, `start` (the year before) open where there is one."""

    name: str
    end: float
    text: str
    start: float | None = None
    own: bool = False


@dataclass(frozen=True)
class Dots:
    """Units on one scale, with the target where one holds for all of them."""

    rows: tuple[DotRow, ...]
    target: float | None = None
    target_label: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar in a cell, as wide as the cell at `largest`; `mark` is the city's value."""

    value: float
    largest: float
    mark: float | None = None


@dataclass(frozen=True)
class Pair:
    """Two values on one scale in a cell: women filled, men open."""

    women: float
    men: float
    low: float
    high: float


@dataclass(frozen=True)
class Gap:
    """How far a value is from 100, in a cell."""

    value: float
    low: float
    high: float


Picture = YearLines | Panels | Dots
CellPicture = Bar | Pair | Gap


@dataclass(frozen=True)
class Cell:
    """A cell of a table. `number` is what a spreadsheet gets; `hidden` says that there is none: `text` is why, or only
    the word "Skjult" where `reason` is why.

    `status` is a status of the goals engine, with `text` as its word. `note` stands beneath a row's name, beside
    other cells.
    """

    text: str = ""
    number: float | None = None
    hidden: bool = False
    status: str = ""
    note: str = ""
    path: str = ""
    reason: str = ""
    strong: bool = False
    picture: CellPicture | None = None


@dataclass(frozen=True)
class Column:
    """A column's head. `wide_only`: a phone leaves it out. `kind`: "text", "number", "status" or "picture"."""

    label: str
    kind: str = "text"
    wide_only: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its finding as title. `sheet`: its name in the spreadsheet; empty where that gets the same from
    elsewhere."""

    number: str
    title: str
    how: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[Cell, ...] = ()
    note: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart with its finding as title. `label` is what a screen reader says; `rows` is the same as a table."""

    number: str
    title: str
    how: str
    picture: Picture
    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str
    link: Link | None = None
    note: str = ""


@dataclass(frozen=True)
class Passage:
    """Text under a heading; no heading where the chapter's own is enough."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Aside:
    """A remark beside the text: its first words are set off."""

    lead: str
    text: str
    link: Link | None = None


@dataclass(frozen=True)
class Terms:
    """Words or rules with what they mean, as a list."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class KeyFigure:
    """One of a chapter's few large figures; `reason` instead of a value where it is hidden."""

    value: str
    unit: str
    text: str
    link: Link
    status: str = ""
    word: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class YearValue:
    """A figure of one year: a number, or the words that stand instead of it (hidden, a band, nothing yet)."""

    year: int
    text: str
    number: float | None = None
    hidden: bool = False
    band: bool = False


@dataclass(frozen=True)
class Line:
    """A figure of a chapter with its history (oldest first), target, status and the city's value: a row of the
    spreadsheet. `code` is the indicator's.
    """

    title: str
    measure: str
    span: str
    values: tuple[YearValue, ...]
    target: str
    target_number: float | None
    status: str
    status_word: str
    city: YearValue | None
    path: str
    definition: str
    code: str = ""
    source: str = ""

    @property
    def now(self) -> YearValue:
        """The year of the accounts."""
        return self.values[-1]


@dataclass(frozen=True)
class Span:
    """Some words, in bold or not."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class WrittenPart:
    """A paragraph (one line), or a list with a line a point."""

    lines: tuple[tuple[Span, ...], ...]
    listed: bool = False


@dataclass(frozen=True)
class Written:
    """What the unit has written itself. `lead` says whose words they are."""

    lead: str
    parts: tuple[WrittenPart, ...]


Block = Passage | Chart | Table | Aside | Terms | Written


@dataclass(frozen=True)
class Chapter:
    """A chapter. `finding` stands in the contents, `anchor` in addresses."""

    number: int
    anchor: str
    title: str
    finding: str
    lead: str
    key_figures: tuple[KeyFigure, ...]
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Cover:
    """The front: what it is about, and one dot for every so many employees. `groups`: (service or unit, employees)."""

    over: str
    lead: str
    groups: tuple[tuple[str, int], ...]
    people_per_dot: int
    dot_note: str
    label: str


@dataclass(frozen=True)
class Fact:
    """A line about the accounts themselves."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Seal:
    """That the accounts are frozen: version, date, signer and reason as lines, and the hash of all that they say.

    The hash is of the snapshot that holds everything else here, so it is put in when that is read.
    """

    title: str
    text: str
    rows: tuple[Fact, ...]
    hash_label: str
    version: int
    at: dt.datetime
    sha256: str = ""


@dataclass(frozen=True)
class Report:
    """The accounts of one unit for one year, whole. `seal`: of a frozen edition; `draft_note`: of one that is written
    now.
    """

    language: str
    year: int
    unit_code: str
    unit_name: str
    whole_city: bool
    municipality: str
    demo_note: str
    title: str
    cover: Cover
    verdict: str
    summary: str
    facts: tuple[Fact, ...]
    chapters: tuple[Chapter, ...]
    published_at: dt.datetime
    path: str
    seal: Seal | None = None
    draft_note: str = ""

    @property
    def stamp(self) -> dt.datetime:
        """When its files say that they were made: when it was frozen, else when its figures were published."""
        return self.seal.at if self.seal else self.published_at

    @property
    def name(self) -> str:
        """ "Personalregnskap 2025, Storvik kommune"."""
        return f"{self.title} {self.year}, {self.unit_name}"

    @property
    def file_name(self) -> str:
        """What its files are called, without an ending: the city's has no code."""
        start = f"{self.title.lower().replace(' ', '-')}-{self.year}"
        named = start if self.whole_city else f"{start}-{self.unit_code}"
        return f"{named}-v{self.seal.version}" if self.seal else named
