"""The demo's own files, sound and messy, through the whole import."""

from __future__ import annotations

import datetime as dt

import pytest

from byfolk.demo.city.messy import KINDS_OF_MISTAKE, messy_employments
from byfolk.kernel.people.importing.guessing import guess
from byfolk.kernel.people.importing.models import Finding
from byfolk.kernel.people.importing.running import read_table, receive, run
from tests.kernel.people.importing.building import ON

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def test_every_known_mistake_is_found_on_its_line_and_the_rest_lands(db: None) -> None:
    file = messy_employments(400, 3, dict.fromkeys(KINDS_OF_MISTAKE, 0.01))
    table = read_table(file.content)
    kind, mapping = guess(table.columns, table.frame)
    assert (kind, mapping.missing()) == ("employments", [])
    batch = receive(content=file.content, file_name="rot.csv", mapping=mapping, now=NOW)
    run(batch, table, on=ON, now=NOW, dry_run=False)
    found = Finding.objects.filter(batch=batch, severity="error").order_by("line").values_list("line", "field", "code")
    assert list(found) == file.findings.rows()
    assert (batch.counts["new"], batch.counts["read"]) == (file.good, file.rows)
