from django.db import migrations

# What a note has said, for those who may write one: what was taken back may have been about a person. The tables of the
# history and of who and why are open to nobody. In PL/pgSQL, so that it may name functions that are made after the
# migrations.
HISTORY = """
create or replace function byfolk_note_history(of_unit bigint, of_indicator text, of_kind smallint, of_period date)
returns table (at timestamptz, by_person_id bigint, text text, withdrawn boolean)
language plpgsql stable security definer rows 10 set search_path = public, pg_temp
as $$
begin
    return query
    select e.pgh_created_at, (c.metadata ->> 'person')::bigint, e.text, e.withdrawn_at is not null
      from indicators_noteevent e left join pghistory_context c on c.id = e.pgh_context_id
     where e.unit_id = of_unit and e.indicator = of_indicator and e.kind = of_kind and e.period = of_period
       and of_unit in (select held_unit_set(array['leader', 'hr_adviser', 'hr_director']))
     order by e.pgh_id desc;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_notes"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL(HISTORY, "drop function if exists byfolk_note_history(bigint, text, smallint, date)"),
    ]
