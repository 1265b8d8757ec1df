"""The language in which access is declared: who may see which data, and who may do what.

An app says it in its `permissions.py` as one `STATEMENT`. From that statement come the row level security policies
(`kernel.access.policies`), the doors in the code (`kernel.access.doors`) and the page 'who can see this about me?'. A
table that no statement names gets no rights at all.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(enum.StrEnum):
    """What a person may be granted for a unit and all below it. `LEADER` is never granted: it follows from leading a
    unit.
    """

    LEADER = "leader"
    HR_DIRECTOR = "hr_director"
    HR_ADVISER = "hr_adviser"
    UNION_REPRESENTATIVE = "union_representative"
    SAFETY_REPRESENTATIVE = "safety_representative"
    AUDITOR = "auditor"
    COMMUNICATION = "communication"
    RECRUITER = "recruiter"
    ADMINISTRATOR = "administrator"


#: Those who lead a unit, and those who help them.
STEERERS = (Role.LEADER, Role.HR_ADVISER)

ROLE_TITLES: dict[Role, Promise] = {
    Role.LEADER: _("Leder"),
    Role.HR_DIRECTOR: _("HR-direktør"),
    Role.HR_ADVISER: _("HR-rådgiver"),
    Role.UNION_REPRESENTATIVE: _("Tillitsvalgt"),
    Role.SAFETY_REPRESENTATIVE: _("Verneombud"),
    Role.AUDITOR: _("Revisor"),
    Role.COMMUNICATION: _("Kommunikasjonsrådgiver"),
    Role.RECRUITER: _("Rekrutterer"),
    Role.ADMINISTRATOR: _("Systemansvarlig"),
}


@dataclass(frozen=True)
class Seer:
    """A role that sees a kind of data about the people of its units, and the reason that the person is told."""

    role: Role
    why: Promise


@dataclass(frozen=True)
class Table:
    """A table with personal data.

    `person` and `unit` name the columns that say whom a row is about and which unit it belongs to: a row is seen by
    those who see the unit, while the person still works in a unit that they see. `valid` names a date range that says
    by itself that the person works there as long as it lasts (an employment); pay or an absence may be left open when
    somebody leaves, and says no such thing. Readers of more than a hundred units see of such a table what lasts.
    `unit` None and `staff` true: a row is seen while the person works, in whatever post, in a unit that the seer
    sees. `person` None: a row is about no one person (a line of a file), and is seen by those who see the unit.
    `work` true: a row is about work that `person` answers for, and is seen by those who see the unit wherever that
    person works. `everyone_there` true: also by everyone who works in the unit or below it.
    """

    name: str
    person: str | None = "person_id"
    unit: str | None = "unit_id"
    valid: str | None = None
    staff: bool = False
    work: bool = False
    everyone_there: bool = False


@dataclass(frozen=True)
class DataKind:
    """One kind of personal data, as a person would name it. The person always sees their own, unless `own` is false.

    `logged`: opening it about another person writes a line in the read log that this person sees.
    """

    code: str
    title: Promise
    explanation: Promise
    tables: tuple[Table, ...]
    seen_by: tuple[Seer, ...]
    logged: bool = False
    own: bool = True
    icon: str = "person"


@dataclass(frozen=True)
class Permission:
    """Something that may be done or opened. `roles` empty and `everyone` true: any signed-in person. `public`: anyone
    at all.
    """

    code: str
    title: Promise
    roles: tuple[Role, ...] = ()
    everyone: bool = False
    public: bool = False


@dataclass(frozen=True)
class WriteRule:
    """Who may write rows of a table from a page: holders of these roles, in units that they hold them for (`unit`
    names the column), or whoever a row is about (`own` names the column)."""

    table: str
    roles: tuple[Role, ...] = ()
    unit: str | None = None
    own: str | None = None
    commands: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class PublicRows:
    """What anyone at all may read of a table that is open to those who work here: of the rows that meet `where` (a
    condition in SQL), these columns. `view`: the table has no policies, since it is written by COPY, which does not go
    with them; anyone reads the rows as a view of this name.
    """

    table: str
    where: str
    columns: tuple[str, ...]
    view: str = ""


@dataclass(frozen=True)
class Statement:
    """All that one app says about access.

    `open_tables`: any signed-in person may read them. `public_rows`: so may they these, and anyone a part of them.
    `public_tables`: anyone may. `sign_in_tables`: only the sign-in pages, before it is known who asks. `work_tables`:
    only background work. `own_tables`: a person reads and writes own rows (the column is named). `functions`: what the
    app's migrations made for everyone signed in to call, by signature: it looks past the policies, and says itself what
    it gives to whom. `public_functions`: the same for anyone at all. `open_where`: which rows of an open table are
    open, as a condition in SQL; without it, all are.
    """

    kinds: tuple[DataKind, ...] = ()
    permissions: tuple[Permission, ...] = ()
    open_tables: tuple[str, ...] = ()
    public_rows: tuple[PublicRows, ...] = ()
    public_tables: tuple[str, ...] = ()
    sign_in_tables: tuple[str, ...] = ()
    work_tables: tuple[str, ...] = ()
    own_tables: dict[str, str] = field(default_factory=dict)
    functions: tuple[str, ...] = ()
    public_functions: tuple[str, ...] = ()
    writes: tuple[WriteRule, ...] = ()
    open_where: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def statements() -> tuple[Statement, ...]:
    """The statements of every installed app that has a `permissions` module."""
    found = []
    for app in apps.get_app_configs():
        name = f"{app.name}.permissions"
        if app.name.startswith("byfolk.") and find_spec(name):
            found.append(import_module(name).STATEMENT)
    return tuple(found)


def data_kinds() -> tuple[DataKind, ...]:
    """Every declared kind of personal data."""
    return tuple(kind for statement in statements() for kind in statement.kinds)


def data_kind(code: str) -> DataKind:
    """The kind of data with this code. Raises `LookupError` for an unknown one: a misspelt kind must not pass."""
    for kind in data_kinds():
        if kind.code == code:
            return kind
    raise LookupError(f"No kind of data is declared as {code!r}")


@lru_cache(maxsize=256)
def permission(code: str) -> Permission:
    """The permission with this code. Raises `LookupError` for an unknown one: a misspelt door must not open."""
    for statement in statements():
        for candidate in statement.permissions:
            if candidate.code == code:
                return candidate
    raise LookupError(f"No permission is declared as {code!r}")


def roles_seeing(kind: DataKind) -> Iterable[Role]:
    """The roles that see a kind of data in their units."""
    return (seer.role for seer in kind.seen_by)


@dataclass(frozen=True)
class Held:
    """A role that an actor holds now, for a unit and all below it."""

    role: Role
    unit_id: int
    unit_name: str
    unit_code: str


@dataclass(frozen=True)
class Actor:
    """Who asks: every read and write takes one. `person_id` is None for a visitor who has not signed in."""

    person_id: int | None
    name: str = ""
    title: str = ""
    unit_id: int | None = None
    held: tuple[Held, ...] = ()
    wide: bool = False

    @property
    def own_id(self) -> int:
        """The actor's own person id; 0, which nobody has, for a visitor."""
        return self.person_id or 0

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that the actor holds anywhere."""
        return frozenset(held.role for held in self.held)

    @property
    def standing(self) -> str:
        """Who it is, and every role with its unit: for the key under which something of what they see is kept."""
        return f"{self.own_id}:" + ",".join(sorted(f"{held.role}{held.unit_id}" for held in self.held))

    @property
    def leads(self) -> tuple[Held, ...]:
        """The units that the actor leads."""
        return tuple(held for held in self.held if held.role is Role.LEADER)

    def steers(self, path: Sequence[int]) -> bool:
        """Whether the actor speaks and acts for the unit at the end of `path` (ids from the root down): whoever leads
        it or helps its leader, there or above; the HR direction for the very unit of the role, so that it does not
        steer a nursing home past its leader.
        """
        return any(
            (held.role in STEERERS and held.unit_id in path)
            or (held.role is Role.HR_DIRECTOR and bool(path) and held.unit_id == path[-1])
            for held in self.held
        )

    def may(self, code: str) -> bool:
        """Whether the actor may do this somewhere. For a certain unit ask `kernel.access.doors.may_in`."""
        wanted = permission(code)
        if wanted.public:
            return True
        if self.person_id is None:
            return False
        return wanted.everyone or bool(self.roles.intersection(wanted.roles))


VISITOR = Actor(person_id=None)
