"""A long list, a part at a time: what Django's `Paginator` needs of a list that a statement reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, overload

from django.db import connection

Row = TypeVar("Row")


class Listed(Sequence[Row]):
    """The rows of a statement, each made by `make` of its columns, read when its length is asked for or a part of it.

    The statement is the code's own: `select ... order by ...`, with %(name)s for what is `given`. `length`: how many
    rows there are, where that is known already.
    """

    def __init__(
        self, statement: str, given: Mapping[str, Any], make: Callable[..., Row], *, length: int | None = None
    ) -> None:
        self._statement, self._given, self._make, self._length = statement, given, make, length

    def __len__(self) -> int:
        if self._length is not None:
            return self._length
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from ({self._statement}) rows", self._given)  # noqa: S608 - ours
            return int(cursor.fetchone()[0])

    def __iter__(self) -> Iterator[Row]:
        with connection.cursor() as cursor:
            cursor.execute(self._statement, self._given)
            return iter([self._make(*row) for row in cursor.fetchall()])

    @overload
    def __getitem__(self, part: int) -> Row: ...
    @overload
    def __getitem__(self, part: slice) -> list[Row]: ...
    def __getitem__(self, part: int | slice) -> Row | list[Row]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        start = part.start or 0
        limits = {"skipped": start, "at_most": part.stop - start}
        with connection.cursor() as cursor:
            cursor.execute(f"{self._statement} offset %(skipped)s limit %(at_most)s", {**self._given, **limits})
            return [self._make(*row) for row in cursor.fetchall()]


def containing(text: str) -> str:
    """A pattern for `like` that finds a text anywhere."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
