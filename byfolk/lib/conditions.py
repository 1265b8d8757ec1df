"""Conditions for constraints of the database."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q


def one_of(field: str, values: Iterable[str]) -> Q:
    """Whether a text field holds one of these values, asked one by one.

    PostgreSQL writes a list of words otherwise after a restore, and a backup is held against its source word by word.
    """
    return reduce(or_, (Q(**{field: value}) for value in values))
