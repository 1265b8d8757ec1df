from django.db import migrations

# What must always hold, whoever writes: an adopted or retired version stays as it is, paragraphs lie where they belong,
# and what was said in a hearing stays said.
RULES = """
create or replace function goals_version_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.state in ('adopted', 'retired') then
            raise exception 'an adopted policy is never deleted' using errcode = 'check_violation';
        end if;
        return old;
    end if;
    if old.state = 'retired' or (old.state = 'adopted' and (new.state <> 'retired'
        or (new.number, new.title, new.made_on, new.adopted_on, new.hearing_from, new.hearing_until)
           is distinct from (old.number, old.title, old.made_on, old.adopted_on, old.hearing_from, old.hearing_until)))
    then
        raise exception 'an adopted policy never changes' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger goals_version_stays before update or delete on goals_policyversion
    for each row execute function goals_version_stays();

create or replace function goals_element_holds() returns trigger language plpgsql as $$
declare
    above record;
begin
    if exists (select from goals_policyversion
                where id in (old.version_id, new.version_id) and state <> 'draft') then
        raise exception 'only a draft can be changed' using errcode = 'check_violation';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if new.parent_id is not null then
        select kind, version_id into above from goals_element where id = new.parent_id;
        if above.version_id is distinct from new.version_id
            or not (new.kind = 'challenge' and above.kind = 'area'
                    or new.kind = 'goal' and above.kind in ('area', 'reputation')
                    or new.kind = 'measure' and above.kind = 'goal') then
            raise exception 'a % does not lie under that', new.kind using errcode = 'check_violation';
        end if;
    end if;
    return new;
end $$;
create trigger goals_element_holds before insert or update or delete on goals_element
    for each row execute function goals_element_holds();

create or replace function goals_comment_stays() returns trigger language plpgsql as $$
begin
    if (new.version_id, new.key, new.about, new.unit_id, new.side, new.person_id, new.text, new.at)
       is distinct from
       (old.version_id, old.key, old.about, old.unit_id, old.side, old.person_id, old.text, old.at) then
        raise exception 'what was said in a hearing stays said' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger goals_comment_stays before update on goals_comment
    for each row execute function goals_comment_stays();
"""
BACK = """
drop function if exists goals_version_stays() cascade;
drop function if exists goals_element_holds() cascade;
drop function if exists goals_comment_stays() cascade;
"""


def keep_what_is_loaded(apps, schema_editor):
    """The areas and goals that boards already read become version 1, adopted."""
    using = schema_editor.connection.alias
    areas = list(apps.get_model("goals", "FocusArea").objects.using(using).order_by("number"))
    if not areas:
        return
    from byfolk.kernel.time import today

    on, Version = today(), apps.get_model("goals", "PolicyVersion")
    version = Version.objects.using(using).create(number=1, title={"nb": "Personalpolitikk"}, made_on=on)
    elements = apps.get_model("goals", "Element").objects.using(using)
    goals = apps.get_model("goals", "Goal").objects.using(using)
    taken = set()
    for area in areas:
        taken.add(area.key)
        above = elements.create(
            version=version, key=area.key, kind="area" if area.number else "reputation", order=area.number or 1,
            title=area.title, short=area.short, text=area.explanation,
        )
        for goal in goals.filter(area=area).order_by("order"):
            if goal.key in taken:
                goals.filter(pk=goal.pk).update(key=f"{goal.key}-{goal.pk}")
                goal.key = f"{goal.key}-{goal.pk}"
            taken.add(goal.key)
            codes = list(goal.services.order_by("order").values_list("indicator", flat=True))
            elements.create(
                version=version, key=goal.key, kind="goal", parent=above, order=goal.order, title=goal.title,
                short=goal.short, planned=goal.planned, indicators=codes,
            )
    Version.objects.using(using).filter(pk=version.pk).update(state="adopted", adopted_on=on)


class Migration(migrations.Migration):
    dependencies = [("goals", "0003_policy_versions")]

    operations = [
        migrations.RunSQL(RULES, BACK),
        migrations.RunPython(keep_what_is_loaded, migrations.RunPython.noop),
    ]
