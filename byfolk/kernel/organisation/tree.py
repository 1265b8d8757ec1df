"""Keeping today's tree: the closure table and the units' present names and parents, from the dated placements."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, connections

REBUILD = """
with recursive up as (
    select id as descendant, id as ancestor, 0 as depth, parent_id from organisation_unit
    union all
    select up.descendant, u.id, up.depth + 1, u.parent_id from up join organisation_unit u on u.id = up.parent_id
    where up.depth < 20
), wanted as (select ancestor, descendant, depth from up),
gone as (
    delete from organisation_closure c
     where not exists (
        select from wanted w where w.ancestor = c.ancestor_id and w.descendant = c.descendant_id and w.depth = c.depth)
)
insert into organisation_closure (ancestor_id, descendant_id, depth)
select ancestor, descendant, depth from wanted
on conflict (ancestor_id, descendant_id) do update set depth = excluded.depth
 where organisation_closure.depth <> excluded.depth
"""


def rebuild_closure(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the closure table match the units' parents, in the transaction of whoever changed them."""
    with connections[using].cursor() as cursor:
        cursor.execute(REBUILD)
