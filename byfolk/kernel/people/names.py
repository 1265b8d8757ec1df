"""The names of the persons that rows are about, read along with the rows."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from django.db.models import Model, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat

from byfolk.kernel.people.models import Card

M = TypeVar("M", bound=Model)


def with_name(model: type[M], column: str, name: str) -> QuerySet[M]:
    """Every row of a model, and as `name` that of the person whose id a column holds, given name first; None where the
    person is not in the directory. No query of its own.
    """
    found: QuerySet[M] = _with_name(model, column, name).all()
    return found


@cache
def _with_name(model: type[Model], column: str, name: str) -> QuerySet[Any]:
    # Putting this question together takes Django longer than the database takes to answer it.
    card = Card.objects.filter(person_id=OuterRef(column))
    whole = Concat("given_name", Value(" "), "family_name", output_field=TextField())
    return model._default_manager.annotate(**{name: Subquery(card.values_list(whole))})
