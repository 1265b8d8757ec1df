from django.db import migrations

# What must always hold, whoever writes: a snapshot is what its hash says, and inserting it freezes its edition; a frozen
# edition and what was written in it stay as they are. Sections and comments lie in their edition's own unit.
RULES = """
create or replace function accounts_edition_stays() returns trigger language plpgsql as $$
begin
    if old.state = 'frozen' then
        raise exception 'frozen accounts never change' using errcode = 'check_violation';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if (new.unit_id, new.year, new.version, new.begun_at, new.begun_by, new.shown)
       is distinct from (old.unit_id, old.year, old.version, old.begun_at, old.begun_by, old.shown) then
        raise exception 'accounts stay those of their unit and year' using errcode = 'check_violation';
    end if;
    if new.state = 'frozen' and not exists (select from accounts_snapshot where edition_id = new.id) then
        raise exception 'accounts are frozen by their snapshot' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger accounts_edition_stays before update or delete on accounts_edition
    for each row execute function accounts_edition_stays();

create or replace function accounts_edition_begins() returns trigger language plpgsql as $$
begin
    if new.state <> 'draft' then
        raise exception 'accounts begin as a draft' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger accounts_edition_begins before insert on accounts_edition
    for each row execute function accounts_edition_begins();

create or replace function accounts_only_in_a_draft() returns trigger language plpgsql as $$
begin
    if exists (select from accounts_edition where id in (old.edition_id, new.edition_id) and state <> 'draft')
       or (tg_op <> 'DELETE' and not exists (select from accounts_edition where id = new.edition_id)) then
        raise exception 'only a draft is written in' using errcode = 'check_violation';
    end if;
    return coalesce(new, old);
end $$;
create trigger accounts_only_in_a_draft before insert or update or delete on accounts_section
    for each row execute function accounts_only_in_a_draft();
create trigger accounts_only_in_a_draft before insert on accounts_comment
    for each row execute function accounts_only_in_a_draft();

create or replace function accounts_snapshot_holds() returns trigger language plpgsql as $$
begin
    if encode(sha256(convert_to(new.content, 'UTF8')), 'hex') <> new.sha256 then
        raise exception 'the hash is another' using errcode = 'check_violation';
    end if;
    if not exists (select from accounts_edition e where e.id = new.edition_id and e.state = 'draft'
                      and (e.unit_id, e.year, e.version) = (new.unit_id, new.year, new.version)) then
        raise exception 'only a draft is frozen' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger accounts_snapshot_holds before insert on accounts_snapshot
    for each row execute function accounts_snapshot_holds();

create or replace function accounts_snapshot_freezes() returns trigger language plpgsql as $$
begin
    update accounts_edition set state = 'frozen' where id = new.edition_id;
    return null;
end $$;
create trigger accounts_snapshot_freezes after insert on accounts_snapshot
    for each row execute function accounts_snapshot_freezes();

alter table accounts_section add constraint section_in_its_editions_unit
    foreign key (edition_id, unit_id) references accounts_edition (id, unit_id) on delete cascade;
alter table accounts_comment add constraint comment_in_its_editions_unit
    foreign key (edition_id, unit_id) references accounts_edition (id, unit_id);
"""
BACK = """
alter table accounts_section drop constraint if exists section_in_its_editions_unit;
alter table accounts_comment drop constraint if exists comment_in_its_editions_unit;
drop function if exists accounts_edition_stays() cascade;
drop function if exists accounts_edition_begins() cascade;
drop function if exists accounts_only_in_a_draft() cascade;
drop function if exists accounts_snapshot_holds() cascade;
drop function if exists accounts_snapshot_freezes() cascade;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(RULES, BACK)]
