from django.db import migrations

# A comment has its action's unit and owner, and follows it to a new owner.
FOLLOW = """
alter table actions_comment add constraint comment_follows_its_action
    foreign key (action_id, unit_id, owner_id) references actions_action (id, unit_id, owner_id)
    on update cascade on delete cascade
"""

# Who changed what, and why: for the owner, and for those who see the unit's actions by a role. The tables of the history
# and of who and why are open to nobody. In PL/pgSQL, so that it may name functions that are made after the migrations.
HISTORY = """
create or replace function byfolk_action_history(wanted bigint) returns table (
    id integer, at timestamptz, why text, by_person_id bigint, title text, owner_id bigint, due date, state text, reason text
)
language plpgsql stable security definer rows 20 set search_path = public, pg_temp
as $$
begin
    return query
    select e.pgh_id, e.pgh_created_at, coalesce(c.metadata ->> 'why', ''), (c.metadata ->> 'person')::bigint,
           e.title, e.owner_id, e.due, e.state::text, e.reason
      from actions_actionevent e left join pghistory_context c on c.id = e.pgh_context_id
     where e.pgh_obj_id = wanted
       and exists (select from actions_action a where a.id = wanted
                      and (a.owner_id = byfolk_person() or a.unit_id in (select visible_unit_set('actions'))))
     order by e.pgh_id;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("actions", "0001_initial"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL(FOLLOW, "alter table actions_comment drop constraint if exists comment_follows_its_action"),
        migrations.RunSQL(HISTORY, "drop function if exists byfolk_action_history(bigint)"),
    ]
