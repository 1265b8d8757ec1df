"""From answers to texts: each loosed from the rest of its answer, masked, and placed where enough people wrote.

Once, when a closed campaign's results are computed. Afterwards a text stands in one place only: not in the answer.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db import connections

from byfolk.engines.questionnaires.campaigns.grouping import heads, parents_of_groups
from byfolk.engines.questionnaires.campaigns.models import Campaign, FrozenUnit, Mode
from byfolk.engines.questionnaires.instruments.content import Kind
from byfolk.engines.questionnaires.results.parameters import parameters
from byfolk.engines.questionnaires.texts.masking import masked
from byfolk.engines.questionnaires.texts.models import FreeText, TextBatch
from byfolk.engines.questionnaires.texts.names import directory
from byfolk.kernel.time import day_of

_READ = """
select g.unit_id, t.key, t.value
  from {table} a join questionnaires_group g on g.id = a.group_id, jsonb_each_text(a.answers) t
 where g.campaign_id = %s and t.key = any(%s)
"""
AT_A_TIME = 2000
Written = Mapping[str, Iterable[tuple[int, str]]]


def place_texts(campaign: Campaign, shown_from: dt.date, at: dt.datetime, *, using: str) -> int:
    """Move the texts of a closed campaign out of its answers; answers how many are kept. Runs as whoever calls.

    What too few wrote is destroyed. Again, there is nothing to move. A campaign that asks by name keeps its texts in
    the answers, which are read one by one (`campaigns.reading_signed`).
    """
    items = [item.code for item in campaign.version.parsed.items() if item.kind is Kind.TEXT]
    if not items or campaign.mode == Mode.NAMED:
        return 0
    written = _read(campaign, items, using)
    if not written:
        return 0
    kept = keep_texts(campaign, written, shown_from, at, using=using)
    with connections[using].cursor() as cursor:
        cursor.execute("select byfolk_take_texts(%s, %s), byfolk_rewrite_texts()", [campaign.pk, items])
    return kept


def keep_texts(campaign: Campaign, written: Written, shown_from: dt.date, at: dt.datetime, *, using: str) -> int:
    """Mask texts and keep them where enough people wrote; answers how many. Who calls takes them out of the answers."""
    above = dict(FrozenUnit.objects.using(using).filter(campaign=campaign).values_list("unit_id", "parent_id"))
    return _keep(campaign, places(above, written, parameters().smallest_texts), shown_from, at, using)


def places(above: Mapping[int, int | None], written: Written, smallest: int) -> dict[int, list[tuple[str, str]]]:
    """The texts, with the code of their item, by the unit that they are placed in: at least `smallest` of an item
    together, by the rule that groups follow. `above`: the unit above each; `written`: by item, unit and text. Pure.
    """
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for item, texts in written.items():
        counts = Counter(unit for unit, _text in texts)
        merged = heads(parents_of_groups(above, set(counts)), counts, smallest)
        for unit, text in texts:
            head = merged[unit]
            if head is not None:
                found[head].append((item, text))
    return dict(found)


def _read(campaign: Campaign, items: list[str], using: str) -> dict[str, list[tuple[int, str]]]:
    table = "questionnaires_answer" if campaign.mode == Mode.ANONYMOUS else "questionnaires_signedanswer"
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    with connections[using].cursor() as cursor:
        cursor.execute(_READ.format(table=table), [campaign.pk, items])
        for unit, item, text in cursor.fetchall():
            found[item].append((unit, text))
    return dict(found)


def _keep(
    campaign: Campaign,
    placed: Mapping[int, list[tuple[str, str]]],
    shown_from: dt.date,
    at: dt.datetime,
    using: str,
) -> int:
    today = day_of(at)
    batches = TextBatch.objects.using(using).bulk_create(
        [
            TextBatch(
                campaign=campaign, unit_id=unit, owner_id=campaign.unit_id, written=len(texts), shown_from=shown_from,
                destroy_on=today + dt.timedelta(days=parameters().review_days),
            )
            for unit, texts in sorted(placed.items())
        ]
    )  # fmt: skip
    known = directory(placed, day_of(campaign.opens_at), today, using=using)
    rows = []
    for batch in batches:
        names = known.of(batch.unit_id)
        rows += [
            FreeText(batch=batch, owner_id=campaign.unit_id, item=item, text=masked(text, names))
            for item, text in placed[batch.unit_id]
        ]
    FreeText.objects.using(using).bulk_create(rows, batch_size=AT_A_TIME)
    return len(rows)
