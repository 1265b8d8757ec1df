"""How far the installation has come, from what is in the database."""

from __future__ import annotations

from dataclasses import dataclass

from byfolk.engines.indicators.models import Publication
from byfolk.kernel.access.models import Grant
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.people.models import Card
from byfolk.kernel.rights import Role


@dataclass(frozen=True)
class Progress:
    """What is there already."""

    organisation: bool
    people: bool
    roles: bool
    figures: bool

    @property
    def done(self) -> int:
        """How many of the four steps are done."""
        return sum((self.organisation, self.people, self.roles, self.figures))


def progress() -> Progress:
    """The four first steps, from real state. Four short queries, over tables that are open to all who work here."""
    return Progress(
        organisation=Unit.objects.exclude(level=Level.MUNICIPALITY).exists(),
        people=Card.objects.exists(),
        roles=Grant.objects.exclude(role=Role.ADMINISTRATOR).exists(),
        figures=Publication.objects.exists(),
    )
