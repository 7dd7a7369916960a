-- Prepares a transaction that loads rows table by table: until wake_up() is called, no trigger runs and no foreign key is checked. The role is
-- not a superuser and cannot disable the triggers of constraints, so foreign keys and checks that are NOT VALID are dropped and added again.
-- Triggers of its own tables are disabled; the functions of its triggers on accounts and files get an empty body.

create temp table asleep (position integer generated always as identity, statement text) on commit drop;

create function pg_temp.wake_up() returns void language plpgsql as $$
declare
    item record;
begin
    for item in select a.statement from asleep as a order by a.position loop
        execute item.statement;
    end loop;
end
$$;

do $$
declare
    platform name[] := '{auth,cron,extensions,storage,realtime,vault}';
    item record;
begin
    for item in
        select f.oid, f.oid::regprocedure as name, pg_get_functiondef(f.oid) as definition
        from pg_catalog.pg_proc as f
        where pg_has_role(f.proowner, 'usage')
            and exists (
                select
                from pg_catalog.pg_trigger as t
                join pg_catalog.pg_class as c on c.oid = t.tgrelid
                where t.tgfoid = f.oid
                    and not t.tgisinternal
                    and c.relnamespace in (to_regnamespace('auth'), to_regnamespace('storage'))
            )
            and f.pronamespace::regnamespace::name <> all (platform)
    loop
        insert into asleep (statement) values (item.definition);
        execute format('create or replace function %s returns trigger language plpgsql as $body$ begin return coalesce(new, old); end $body$', item.name);
    end loop;

    for item in
        select t.tgrelid::regclass as tab, t.tgname, t.tgenabled
        from pg_catalog.pg_trigger as t
        join pg_catalog.pg_class as c on c.oid = t.tgrelid
        where not t.tgisinternal
            and t.tgenabled <> 'D'
            and t.tgparentid = 0
            and c.relnamespace::regnamespace::name <> all (platform)
            and pg_has_role(c.relowner, 'usage')
    loop
        insert into asleep (statement)
        values (format('alter table %s enable %s trigger %I', item.tab, case item.tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, item.tgname));
        execute format('alter table %s disable trigger %I', item.tab, item.tgname);
    end loop;

    for item in
        select k.conrelid::regclass as tab, k.conname, pg_get_constraintdef(k.oid) as definition, obj_description(k.oid, 'pg_constraint') as remark
        from pg_catalog.pg_constraint as k
        join pg_catalog.pg_class as c on c.oid = k.conrelid
        where (k.contype = 'f' or k.contype = 'c' and not k.convalidated)
            and k.conparentid = 0
            and k.conislocal
            and c.relnamespace::regnamespace::name <> all (platform)
            and pg_has_role(c.relowner, 'usage')
    loop
        insert into asleep (statement) values (format('alter table %s add constraint %I %s', item.tab, item.conname, item.definition));
        if item.remark is not null then
            insert into asleep (statement) values (format('comment on constraint %I on %s is %L', item.conname, item.tab, item.remark));
        end if;
        execute format('alter table %s drop constraint %I', item.tab, item.conname);
    end loop;
end
$$;

-- Without this setting, a hosted project refuses to delete buckets.
select set_config('storage.allow_delete_query', 'true', true) \g /dev/null
