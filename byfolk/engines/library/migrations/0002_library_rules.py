from django.db import migrations

# What must always hold, whoever writes: a published version stays as it is, a version is owned by whoever owns its document,
# and what is published is found by lists and search.
RULES = """
create or replace function library_document_stays() returns trigger language plpgsql as $$
begin
    if (new.code, new.kind, new.made_on) is distinct from (old.code, old.kind, old.made_on) then
        raise exception 'a document keeps its id and its kind' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger library_document_stays before update on library_document
    for each row execute function library_document_stays();

create or replace function library_document_moves() returns trigger language plpgsql as $$
begin
    update library_version set unit_id = new.unit_id where document_id = new.id;
    return null;
end $$;
create trigger library_document_moves after update of unit_id on library_document
    for each row when (old.unit_id is distinct from new.unit_id) execute function library_document_moves();

create or replace function library_version_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.state = 'published' then
            raise exception 'what is published is never deleted' using errcode = 'check_violation';
        end if;
        return old;
    end if;
    new.unit_id := coalesce((select unit_id from library_document where id = new.document_id), new.unit_id);
    if tg_op = 'UPDATE' and (new.document_id, new.number) is distinct from (old.document_id, old.number) then
        raise exception 'a version keeps its number' using errcode = 'check_violation';
    end if;
    if tg_op = 'UPDATE' and old.state = 'published' and (
        (new.state, new.title, new.summary, new.text, new.goals, new.indicators, new.asks, new.asked_unit_id, new.edition,
         new.changed_by, lower(new.valid))
        is distinct from
        (old.state, old.title, old.summary, old.text, old.goals, old.indicators, old.asks, old.asked_unit_id, old.edition,
         old.changed_by, lower(old.valid))
        or (new.valid is distinct from old.valid and not upper_inf(old.valid))
    ) then
        raise exception 'what is published never changes' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger library_version_stays before insert or update or delete on library_version
    for each row execute function library_version_stays();

create or replace function library_words(config regconfig, title text, summary text, body text) returns tsvector
language sql immutable as $$
    select setweight(to_tsvector(config, coalesce(title, '')), 'A')
        || setweight(to_tsvector(config, coalesce(summary, '')), 'B')
        || setweight(to_tsvector(config, coalesce(body, '')), 'D')
$$;

create or replace function library_version_found() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    about record;
    nb tsvector;
begin
    if new.state <> 'published' then
        return null;
    end if;
    select code, kind into about from library_document where id = new.document_id;
    nb := library_words('norwegian', new.title ->> 'nb', new.summary ->> 'nb', new.text ->> 'nb');
    insert into library_entry (
        version_id, document_id, unit_id, code, kind, valid, name, title, summary, goals, indicators, words_nb, words_nn,
        words_en
    ) values (
        new.id, new.document_id, new.unit_id, about.code, about.kind, new.valid, new.title ->> 'nb', new.title, new.summary,
        array(select jsonb_array_elements_text(new.goals)), array(select jsonb_array_elements_text(new.indicators)), nb,
        library_words('norwegian', new.title ->> 'nn', new.summary ->> 'nn', new.text ->> 'nn') || nb,
        library_words('english', new.title ->> 'en', new.summary ->> 'en', new.text ->> 'en') || nb
    )
    on conflict (version_id) do update set unit_id = excluded.unit_id, valid = excluded.valid;
    return null;
end $$;
create trigger library_version_found after insert or update on library_version
    for each row execute function library_version_found();

create or replace function library_receipt_holds() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' or not exists (
        select from library_version where id = new.version_id and state = 'published' and asks <> ''
    ) then
        raise exception 'a receipt is for a version that asks for one' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger library_receipt_holds before insert or update on library_receipt
    for each row execute function library_receipt_holds();

-- How many a version asks to confirm that they have read it, and how many have: by agency, and all together (unit null). For
-- those who write the document only, and never who.
create or replace function byfolk_receipt_counts(wanted bigint) returns table (agency_id bigint, asked bigint, confirmed bigint)
language plpgsql stable security definer rows 100 set search_path = public, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    with told as (
        select v.id, v.asks, v.asked_unit_id from library_version v
         where v.id = wanted and v.state = 'published' and v.asks <> ''
           and v.unit_id in (select held_unit_set(array['leader', 'hr_adviser', 'hr_director']))
    ), below as (
        select c.descendant_id as id from told join organisation_closure c on c.ancestor_id = told.asked_unit_id
    ), audience as (
        select l.person_id, l.unit_id from told, organisation_leadership l
         where told.asks = 'leaders' and l.valid @> byfolk_today() and l.unit_id in (select id from below)
        union
        select e.person_id, e.unit_id from told, people_employment e
         where told.asks = 'everyone' and e.valid @> byfolk_today() and e.unit_id in (select id from below)
    ), agency as (
        select distinct on (c.descendant_id) c.descendant_id as id, c.ancestor_id as above
          from organisation_closure c join organisation_unit u on u.id = c.ancestor_id
         where c.descendant_id in (select id from below) and u.level <= 2
         order by c.descendant_id, u.level desc
    )
    select agency.above, count(distinct audience.person_id), count(distinct r.person_id)
      from audience join agency on agency.id = audience.unit_id
      left join library_receipt r on r.version_id = wanted and r.person_id = audience.person_id
     group by grouping sets ((agency.above), ());
end $$;
"""
BACK = """
drop function if exists byfolk_receipt_counts(bigint);
drop function if exists library_receipt_holds() cascade;
drop function if exists library_version_found() cascade;
drop function if exists library_words(regconfig, text, text, text);
drop function if exists library_version_stays() cascade;
drop function if exists library_document_moves() cascade;
drop function if exists library_document_stays() cascade;
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]

    operations = [migrations.RunSQL(RULES, BACK)]
