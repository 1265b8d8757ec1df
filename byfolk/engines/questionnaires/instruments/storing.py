"""Instruments into the tables, whoever asks: the actions do it for a person, `shipped` for what comes with Byfolk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Max

from byfolk.engines.questionnaires.instruments.content import Content
from byfolk.engines.questionnaires.instruments.models import Instrument, InstrumentVersion, State
from byfolk.engines.questionnaires.instruments.writing import digest, plain
from byfolk.kernel.organisation.models import Unit


def new_instrument(
    code: str,
    kind: str,
    unit: Unit,
    content: Content,
    now: dt.datetime,
    *,
    by: int | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> InstrumentVersion:
    """A new instrument of a unit, with this content as the draft of its first version."""
    with transaction.atomic(using=using):
        instrument = Instrument.objects.using(using).create(
            code=code, kind=kind, unit=unit, title=plain(content)["title"], made_by_id=by, made_at=now
        )
        return new_draft(instrument, content, now, by=by, using=using)


def new_draft(
    instrument: Instrument,
    content: Content,
    now: dt.datetime,
    *,
    by: int | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> InstrumentVersion:
    """The next version of an instrument, as a draft. The database refuses a second draft."""
    versions = InstrumentVersion.objects.using(using)
    last = versions.filter(instrument=instrument).aggregate(last=Max("number"))["last"] or 0
    return versions.create(
        instrument=instrument, unit_id=instrument.unit_id, number=last + 1, content=plain(content),
        digest=digest(content), made_by_id=by, made_at=now, changed_by_id=by, changed_at=now,
    )  # fmt: skip


def keep(
    version: InstrumentVersion,
    content: Content,
    now: dt.datetime,
    *,
    by: int | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> None:
    """Let a draft ask this from now on, as its next edition. As long as nothing has been in use, the instrument is
    called what its draft is called.
    """
    version.content, version.digest = plain(content), digest(content)
    version.edition, version.changed_by_id, version.changed_at = version.edition + 1, by, now
    version.save(using=using, update_fields=["content", "digest", "edition", "changed_by_id", "changed_at"])
    versions = InstrumentVersion.objects.using(using).filter(instrument_id=version.instrument_id)
    if not versions.exclude(state=State.DRAFT).exists():
        _call(version, using)


def make_in_use(
    version: InstrumentVersion, now: dt.datetime, *, by: int | None = None, using: str = DEFAULT_DB_ALIAS
) -> None:
    """Put a draft in use: from now on it never changes. The version that was in use is retired."""
    versions = InstrumentVersion.objects.using(using)
    with transaction.atomic(using=using):
        versions.filter(instrument_id=version.instrument_id, state=State.IN_USE).update(
            state=State.RETIRED, retired_by_id=by, retired_at=now
        )
        versions.filter(pk=version.pk).update(state=State.IN_USE, used_by_id=by, used_at=now)
        version.refresh_from_db(using=using)
        _call(version, using)


def make_retired(
    version: InstrumentVersion, now: dt.datetime, *, by: int | None = None, using: str = DEFAULT_DB_ALIAS
) -> None:
    """Take a version out of use: nothing new is asked with it. What was answered stays."""
    InstrumentVersion.objects.using(using).filter(pk=version.pk).update(
        state=State.RETIRED, retired_by_id=by, retired_at=now
    )
    version.refresh_from_db(using=using)


def taken_codes(codes: Iterable[str], *, using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """Which of these codes an instrument has already, as far as the reader sees instruments."""
    return set(Instrument.objects.using(using).filter(code__in=list(codes)).values_list("code", flat=True))


def _call(version: InstrumentVersion, using: str) -> None:
    Instrument.objects.using(using).filter(pk=version.instrument_id).update(title=version.content["title"])
