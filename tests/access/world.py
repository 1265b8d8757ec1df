"""What the routes are tried on: the cast, their units, and one of each thing that can be one's own or another's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from byfolk.demo.cast import CARE_AGENCY_CODE, CAST, NURSING_HOME_CODE
from byfolk.engines.actions.models import Action, State
from byfolk.kernel.access.models import Grant
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.importing.models import Batch, Upload
from byfolk.kernel.people.importing.running import read_table, receive
from byfolk.kernel.people.models import Card, Person
from byfolk.portal.importing.files import guess_for
from byfolk.portal.me.models import Correction
from tests.engines.questionnaires.texts.batches import batch

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
CORRECTED = ("jonas", "ingrid", "solveig")


@dataclass(frozen=True)
class World:
    """Numbers of things, by the cast's names. Made by `build_world` inside the test's transaction."""

    persons: dict[str, int]
    corrections: dict[str, int]
    change: int
    protected: int
    batch: int
    action: int
    texts: int
    nursing_home: str = NURSING_HOME_CODE
    care: str = CARE_AGENCY_CODE
    water: str = str(CAST["ingrid"].unit_code)

    def person(self, key: str) -> int:
        """One of the cast."""
        return self.persons[key]

    def correction(self, key: str) -> int:
        """What one of the cast said was wrong."""
        return self.corrections[key]

    def grant(self, key: str) -> int:
        """The role of one of the cast."""
        return Grant.objects.get(person_id=self.persons[key]).pk


def build_world() -> World:
    """Make one of each thing, as the owner."""
    by_number = dict(Person.objects.values_list("employee_number", "id"))
    persons = {key: by_number[p.employee_number] for key, p in CAST.items() if p.employee_number}
    corrections = {}
    for key in CORRECTED:
        person = Person.objects.get(pk=persons[key])
        made = Correction.objects.create(person=person, unit_id=person.unit_id, kind="pay", text="Feil", at=NOW)
        corrections[key] = made.pk
    change, protected = _someone_elses_change(persons["tor"]), protect_someone()
    texts = batch(unit=NURSING_HOME_CODE).pk
    return World(persons, corrections, change, protected, bring_file().pk, start_action(persons["jonas"]).pk, texts)


def start_action(owner_id: int) -> Action:
    """An action of the nursing home that somebody there answers for."""
    home = Unit.objects.get(code=NURSING_HOME_CODE)
    return Action.objects.create(
        title="Fast samtale etter to uker", unit=home, owner_id=owner_id, started_on=NOW.date(), made_at=NOW,
        due=NOW.date() + dt.timedelta(days=90), state=State.IN_PROGRESS, state_at=NOW,
    )  # fmt: skip


def bring_file() -> Batch:
    """A file of units that has been brought and not tried."""
    content = "Kode;Navn;Nivå;Overordnet\n999999;Et nytt sted;Tjenestested;210\n".encode()
    table = read_table(content, None)
    mapping = guess_for(table, kind="units")
    columns = [{"name": name, "examples": []} for name in table.columns]
    batch = receive(
        content=content,
        file_name="enheter.csv",
        mapping=mapping,
        source=None,
        by_person_id=None,
        columns=columns,
        now=NOW,
    )
    Upload.objects.create(batch=batch, content=content, unit=batch.unit)
    return batch


def protect_someone() -> int:
    """Give someone at the nursing home a confidential address, as an import does: no card any more."""
    card = Card.objects.filter(unit__code__startswith=NURSING_HOME_CODE[:3]).exclude(
        person__employee_number__in=[p.employee_number for p in CAST.values() if p.employee_number]
    )
    chosen = card.order_by("person_id").values_list("person_id", flat=True).first()
    assert chosen is not None
    Person.objects.filter(pk=chosen).update(protected=True)
    Card.objects.filter(person_id=chosen).delete()
    return chosen


def _someone_elses_change(person_id: int) -> int:
    grant = Grant.objects.filter(person_id=person_id).get()
    grant.valid = (grant.valid.lower, dt.date(2040, 1, 1))
    grant.save()
    return Grant.pgh_event_model.objects.latest("pgh_id").pk if hasattr(Grant, "pgh_event_model") else 0
