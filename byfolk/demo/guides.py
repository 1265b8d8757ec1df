"""The demo city's guides, and who has confirmed that they have read the one that asks for it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np

from byfolk.demo.cast import CAST
from byfolk.engines.goals.models import Goal
from byfolk.engines.indicators import registry
from byfolk.engines.library.models import Document, Receipt, Version
from byfolk.engines.library.storing import take_in
from byfolk.kernel.organisation.models import Leadership
from byfolk.kernel.people.models import Person
from byfolk.kernel.time import OSLO

DATA = Path(__file__).parent / "data" / "guides"
#: So many of the leaders have confirmed; of the cast those who do what they are asked at once.
READ_BY = 0.6
READERS = ("amir", "kari")


def load_guides(*, seed: int, today: dt.date, using: str = "owner") -> int:
    """Load the guides with receipts; answers how many guides. Needs the city and its policy."""
    files = {path.name: path.read_bytes() for path in sorted(DATA.glob("*.md"))}
    figures = {one.code for one in registry.indicators()}
    goals = set(Goal.objects.using(using).values_list("key", flat=True))
    take_in(files, indicators=figures, goals=goals, on=today, using=using)
    for version in Version.objects.using(using).filter(asks="leaders", valid__contains=today):
        _confirm(version, seed, today, using)
    return Document.objects.using(using).count()


def _confirm(version: Version, seed: int, today: dt.date, using: str) -> None:
    numbers = {CAST[key].employee_number: key in READERS for key in CAST}
    cast = dict(Person.objects.using(using).filter(employee_number__in=numbers).values_list("pk", "employee_number"))
    led = Leadership.objects.using(using).filter(valid__contains=today)
    rng = np.random.default_rng([seed, 8_128])
    made = []
    for person in sorted(set(led.values_list("person_id", flat=True))):
        chance, days = rng.random(), int(rng.integers(1, 120))
        if numbers[cast[person]] if person in cast else chance < READ_BY:
            day = today - dt.timedelta(days=days)
            made.append(Receipt(version=version, person_id=person, at=dt.datetime.combine(day, dt.time(9, 20), OSLO)))
    Receipt.objects.using(using).bulk_create(made)
