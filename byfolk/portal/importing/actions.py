"""What a person does with a file: bring it, say how to read it, try it, let it land, throw it away."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from byfolk.kernel.access.acting import action
from byfolk.kernel.access.jobs import defer
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.importing.mapping import Mapping
from byfolk.kernel.people.importing.models import Batch, QualityOwner, Source, State, Upload
from byfolk.kernel.people.importing.running import receive
from byfolk.kernel.rights import Actor
from byfolk.lib.tables import Table

EXAMPLES = 3


@action("imports.manage")
def bring_file(
    *,
    actor: Actor,
    content: bytes,
    file_name: str,
    table: Table,
    mapping: Mapping,
    source: Source | None,
    now: dt.datetime,
) -> Batch:
    """Keep a file until it has landed or is thrown away."""
    columns = [
        {
            "name": name,
            "examples": list(dict.fromkeys(text for text in table.frame[name].head(50).to_list() if text))[:EXAMPLES],
        }
        for name in table.columns
    ]
    batch = receive(
        content=content,
        file_name=file_name,
        mapping=mapping,
        source=source,
        by_person_id=actor.person_id,
        columns=columns,
        now=now,
    )
    Upload.objects.create(batch=batch, content=content, unit=batch.unit)
    return batch


@action("imports.manage")
def confirm_mapping(*, actor: Actor, batch: Batch, mapping: Mapping, source_name: str, now: dt.datetime) -> Batch:
    """Say how the file is to be read, save that under the source's name if it has one, and try the file."""
    batch.mapping, batch.kind = mapping.to_json(), mapping.kind
    if source_name:
        batch.source, _created = Source.objects.update_or_create(
            name=source_name,
            defaults={
                "kind": mapping.kind,
                "mapping": mapping.to_json(),
                "confirmed_by": actor.person_id,
                "confirmed_at": now,
            },
        )
    batch.save(update_fields=["mapping", "kind", "source"])
    start(actor=actor, batch=batch, landing=False)
    return batch


@action("imports.manage")
def start(*, actor: Actor, batch: Batch, landing: bool) -> None:
    """Try the file, or let it land, in the background. Where one is waiting already, or the file has landed meanwhile,
    nothing more is done."""
    state = State.RUNNING if landing else State.CHECKING
    waiting = Batch.objects.filter(pk=batch.pk).exclude(state=State.LANDED)
    if not waiting.update(
        state=state, stage="", stage_args={}, problem="", problem_args={}, by_person_id=actor.person_id
    ):
        return
    batch.state = state
    try:
        with transaction.atomic():
            defer("import_batch", actor=actor, once=f"import-{batch.pk}", batch=batch.pk, landing=int(landing))
    except IntegrityError:
        return


@action("imports.manage")
def throw_away(*, actor: Actor, batch: Batch) -> None:
    """Forget a file that has not landed, and what was found in it. Raises ``PermissionError`` for one that has."""
    if batch.state == State.LANDED:
        raise PermissionError("what has landed stays in the list")
    batch.delete()


@action("data_quality.assign")
def assign_owner(*, actor: Actor, unit: Unit, person_id: int | None, on: dt.date) -> None:
    """Say who answers for an agency's data; None: nobody."""
    if person_id is None:
        QualityOwner.objects.filter(unit=unit).delete()
        return
    QualityOwner.objects.update_or_create(unit=unit, defaults={"person_id": person_id, "since": on})
