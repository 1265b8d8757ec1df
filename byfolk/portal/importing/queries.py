"""Reads of imports and of data quality. What is seen follows from the database's policies."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

import polars as pl
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.organisation.queries import open_units
from byfolk.kernel.people.importing.findings import ERROR, message, title_of
from byfolk.kernel.people.importing.models import AgencyShare, Batch, Finding, QualityOwner, Source, Upload
from byfolk.kernel.people.models import Card
from byfolk.kernel.rights import Actor

TREND = 12


def batches(actor: Actor) -> QuerySet[Batch]:
    """The files that the actor may see, newest first; ``has_file`` says whether the file itself is still kept."""
    kept = Exists(Upload.objects.filter(batch=OuterRef("pk")))
    return Batch.objects.select_related("source").annotate(has_file=kept).order_by("-created_at", "-pk")


def sources(actor: Actor) -> QuerySet[Source]:
    """The saved sources."""
    return Source.objects.order_by("name")


def findings_of(actor: Actor, batch: Batch, code: str = "", field: str = "") -> QuerySet[Finding]:
    """What was found in a file, by line."""
    found = Finding.objects.filter(batch=batch).select_related("unit").order_by("line", "pk")
    return found.filter(code=code, field=field) if code else found


def findings_by_code(actor: Actor, batch: Batch) -> list[dict[str, object]]:
    """How many findings of each kind: code, severity, rows, and an example in words; errors and the most common
    first."""
    counted = (
        Finding.objects.filter(batch=batch)
        .values("code", "field", "severity")
        .annotate(rows=Count("line", distinct=True))
    )
    ordered = sorted(counted, key=lambda row: (row["severity"] != ERROR, -row["rows"], row["code"], row["field"]))
    return [
        row | {"example": in_words(batch.kind, findings_of(actor, batch, row["code"], row["field"])[0])}
        for row in ordered
    ]


def in_words(kind: str, finding: Finding) -> str:
    """The words for a finding."""
    return message(kind, {"field": finding.field, "value": finding.value, "code": finding.code, "args": finding.args})


def findings_table(batch: Batch, findings: QuerySet[Finding]) -> pl.DataFrame:
    """Findings as a table to download."""
    columns = [_("Linje"), _("Felt"), _("Verdi"), _("Hva som er galt"), _("Følge"), _("Virksomhet")]
    rows = [
        (
            finding.line,
            title_of(batch.kind, finding.field),
            finding.value,
            in_words(batch.kind, finding),
            _("Ikke tatt inn") if finding.severity == ERROR else _("Tatt inn, bør sjekkes"),
            finding.unit.name if finding.unit else "",
        )
        for finding in findings.iterator(chunk_size=5000)
    ]
    types = [pl.Int64, pl.String, pl.String, pl.String, pl.String, pl.String]
    return pl.DataFrame(rows, schema=dict(zip(columns, types, strict=True)), orient="row")


@dataclass(frozen=True)
class Standing:
    """How an agency's data stood after a day on which files landed: the rows of the last file of each kind until
    then."""

    on: dt.date
    read: int
    rejected: int

    @property
    def share(self) -> float:
        """Rejected rows in permille of those read."""
        return 1000 * self.rejected / self.read if self.read else 0.0


@dataclass
class Quality:
    """One agency: who answers for it, how its last files did, and whether it goes up or down."""

    unit: Unit
    owner: str = ""
    owner_id: int | None = None
    read: int = 0
    rejected: int = 0
    warned: int = 0
    landed_at: dt.datetime | None = None
    trend: list[Standing] = field(default_factory=list)

    @property
    def share(self) -> float | None:
        """Rejected rows in permille of those read, in the last file of each kind."""
        return 1000 * self.rejected / self.read if self.read else None

    @property
    def change(self) -> float | None:
        """How the share of rejected rows has moved since the files before, in permille."""
        return self.trend[-1].share - self.trend[-2].share if len(self.trend) > 1 else None


def quality(actor: Actor, units: list[Unit]) -> list[Quality]:
    """The quality of agencies' data, most rejected rows first."""
    found = {unit.pk: Quality(unit) for unit in units}
    for owner in QualityOwner.objects.filter(unit__in=units):
        found[owner.unit_id].owner_id = owner.person_id
    cards = Card.objects.in_bulk([q.owner_id for q in found.values() if q.owner_id])
    landed: dict[int, list[AgencyShare]] = defaultdict(list)
    for share in AgencyShare.objects.filter(unit__in=units).order_by("landed_at", "pk"):
        landed[share.unit_id].append(share)
    for unit_id, shares in landed.items():
        q = found[unit_id]
        latest = {share.kind: share for share in shares}.values()
        q.read, q.rejected = sum(one.read for one in latest), sum(one.rejected for one in latest)
        q.warned = sum(one.warned for one in latest)
        q.landed_at, q.trend = shares[-1].landed_at, _trend(shares)[-TREND:]
    for q in found.values():
        q.owner = cards[q.owner_id].name if q.owner_id in cards else ""
    return sorted(found.values(), key=lambda q: (-(q.share or -1), q.unit.sort_key))


def _trend(shares: list[AgencyShare]) -> list[Standing]:
    """Day by day, from shares in the order that they landed. Files of different kinds are no measure of each other, so
    each day counts the newest of every kind."""
    latest: dict[str, AgencyShare] = {}
    by_day: dict[dt.date, Standing] = {}
    for share in shares:
        latest[share.kind] = share
        on = timezone.localdate(share.landed_at)
        by_day[on] = Standing(
            on, sum(one.read for one in latest.values()), sum(one.rejected for one in latest.values())
        )
    return list(by_day.values())


def agencies(actor: Actor, on: dt.date) -> list[Unit]:
    """The agencies that have, or could have, rows of their own in a file."""
    return list(open_units(on).filter(level=Level.AGENCY))


def owned_quality(actor: Actor) -> list[Quality]:
    """The quality of the data of agencies that the actor answers for. One query where there are none."""
    mine = list(QualityOwner.objects.filter(person_id=actor.own_id).values_list("unit_id", flat=True))
    return quality(actor, list(Unit.objects.filter(pk__in=mine))) if mine else []


def without_owner(actor: Actor, on: dt.date) -> int:
    """How many agencies have had rows in a file, and nobody who answers for their data. One query."""
    owned, read = QualityOwner.objects.values("unit_id"), AgencyShare.objects.values("unit_id")
    return open_units(on).filter(level=Level.AGENCY, pk__in=read).exclude(pk__in=owned).count()


def newest_file(actor: Actor) -> Batch | None:
    """The newest file that the actor may see. One query."""
    return Batch.objects.order_by("-created_at", "-pk").first()


def agency_findings(actor: Actor, unit: Unit) -> tuple[QuerySet[Finding], dict[int, str]]:
    """What stands wrong for an agency now, by file and line, and what each file holds (its kind by its number).

    The findings are empty for who may not see them. The file itself is not asked for: it is seen from the top only."""
    kinds = dict(AgencyShare.objects.filter(unit=unit).values_list("batch_id", "kind"))
    return Finding.objects.filter(unit=unit, batch_id__in=kinds).order_by("-batch_id", "line", "pk"), kinds


def possible_owners(actor: Actor, unit: Unit, text: str, limit: int = 20) -> QuerySet[Card]:
    """Colleagues in an agency, by name."""
    inside = Card.objects.filter(unit__above__ancestor=unit).select_related("unit").order_by("sort_key")
    for word in text.split():
        inside = inside.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word))
    return inside[:limit]
