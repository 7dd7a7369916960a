-- Replaces personal and secret values in a throw-away copy of a database. Runs in one transaction, as a superuser, after quiet.sql.
-- Its tables rules (relation, attribute, path, rule) and masked_tables (position, oid) are filled by mask.bash; masking.key is set.

-- The same value and key give the same result everywhere, so that joins and unique keys survive.
create function pg_temp.digest(value text) returns text immutable language sql as $$
    select encode(sha512(convert_to(current_setting('masking.key') || value, 'UTF8')), 'hex')
$$;

-- Replaces letters and digits by others of the same kind. The first 32 characters go through a Feistel network over the characters at even
-- and odd positions, which maps different texts to different texts; for a longer text, each round also depends on the complete text, and the rest becomes x, X and 0.
create function pg_temp.scramble(value text) returns text immutable strict language plpgsql as $$
declare
    chars text[] := string_to_array(left(value, 32), null);
    tweak constant text := case when length(value) > 32 then value else '' end;
    places integer[] := '{}';
    lows integer[] := '{}';
    widths integer[] := '{}';
    digits integer[] := '{}';
    code integer;
    low integer;
    width integer;
    n integer := 0;
    fixed text;
    stream bytea;
begin
    for i in 1..coalesce(cardinality(chars), 0) loop
        code := ascii(chars[i]);
        low := 0;
        case
            when code between 48 and 57 then low := 48; width := 10;
            when code between 65 and 90 then low := 65; width := 26;
            when code between 97 and 122 then low := 97; width := 26;
            when code < 192 or code between 8192 and 8303 or code >= 126976 then null;
            when code between 192 and 214 then low := 192; width := 23;
            when code between 216 and 222 then low := 216; width := 7;
            when code between 224 and 246 then low := 224; width := 23;
            when code between 248 and 254 then low := 248; width := 7;
            when code between 913 and 929 then low := 913; width := 17;
            when code between 945 and 969 then low := 945; width := 25;
            when code between 1040 and 1071 then low := 1040; width := 32;
            when code between 1072 and 1103 then low := 1072; width := 32;
            when code between 1488 and 1514 then low := 1488; width := 27;
            when code between 1569 and 1594 then low := 1569; width := 26;
            when code between 2325 and 2361 then low := 2325; width := 37;
            when code between 3585 and 3630 then low := 3585; width := 46;
            when code between 12353 and 12435 then low := 12353; width := 83;
            when code between 12449 and 12531 then low := 12449; width := 83;
            when code between 19968 and 40869 then low := 19968; width := 20902;
            when code between 44032 and 55203 then low := 44032; width := 11172;
            else chars[i] := 'x';
        end case;
        if low > 0 then
            n := n + 1;
            places[n] := i;
            lows[n] := low;
            widths[n] := width;
            digits[n] := code - low;
        end if;
    end loop;
    for round in 1..4 loop
        fixed := '';
        for i in 1..n loop
            if (i + round) % 2 = 0 then
                fixed := fixed || digits[i] || ',';
            end if;
        end loop;
        stream := decode(pg_temp.digest(concat_ws('|', round, n, fixed, tweak)), 'hex');
        for i in 1..n loop
            if (i + round) % 2 = 1 then
                digits[i] := (digits[i] + get_byte(stream, i - 1) * 256 + get_byte(stream, i + 31)) % widths[i];
            end if;
        end loop;
    end loop;
    for i in 1..n loop
        chars[places[i]] := chr(lows[i] + digits[i]);
    end loop;
    return array_to_string(chars, '') || regexp_replace(
        translate(substr(value, 33), 'abcdefghijklmnopqrstuvwyzABCDEFGHIJKLMNOPQRSTUVWYZ123456789', repeat('x', 25) || repeat('X', 25) || repeat('0', 9)),
        '[^\u0001-\u007f]', 'x', 'g');
end
$$;

-- Keeps UUIDs, because the keys of tables keep theirs. An email address or URL becomes one at example.com.
create function pg_temp.fake(value text) returns text immutable strict language sql as $$
    select case
        when value ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then value
        when value ~ '^[^\s@]+@[^\s@]+\.[^\s@]+$' then left(pg_temp.digest(lower(value)), 20) || '@example.com'
        when value ~* '^https?://' then 'https://example.com/' || left(pg_temp.digest(value), 20)
        when value ~* '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' and value ~ '/' then (
            select string_agg(case when part ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then part else pg_temp.scramble(part) end, '/' order by n)
            from string_to_table(value, '/') with ordinality as p (part, n)
        )
        else pg_temp.scramble(value)
    end
$$;

create function pg_temp.fake(value text[]) returns text[] immutable strict language sql as $$
    select coalesce(array_agg(pg_temp.fake(e.element) order by e.n), '{}') from unnest(value) with ordinality as e (element, n)
$$;

-- Keeps numbers of up to three digits, such as scores and counts. Of others, such as phone numbers and places, keeps only the first digit, the
-- number of digits, the sign and the decimal point.
create function pg_temp.fake(value numeric) returns numeric immutable strict language sql as $$
    select case
        when length(translate(value::text, '-.', '')) <= 3 then value
        else (substring(value::text from '^-?.') || pg_temp.scramble(regexp_replace(value::text, '^-?.', '')))::numeric
    end
$$;

-- Keeps keys of documents that the database or masking.yaml names. Others can be data, such as names of people.
create temp table known_keys on commit drop as
with
    relations as (
        select c.oid, c.relkind
        from pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        where n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
    ),
    sources as (
        select f.prosrc as text
        from pg_catalog.pg_proc as f
        join pg_catalog.pg_namespace as n on n.oid = f.pronamespace
        join pg_catalog.pg_language as l on l.oid = f.prolang
        where n.nspname not like 'pg\_%' and n.nspname <> 'information_schema' and l.lanname in ('sql', 'plpgsql')
        union all
        select pg_get_constraintdef(k.oid) from pg_catalog.pg_constraint as k join relations as r on r.oid = k.conrelid where k.contype = 'c'
        union all
        select pg_get_viewdef(r.oid) from relations as r where r.relkind in ('v', 'm')
        union all
        select pg_get_expr(d.adbin, d.adrelid) from pg_catalog.pg_attrdef as d join relations as r on r.oid = d.adrelid
        union all
        select pg_get_indexdef(i.indexrelid) from pg_catalog.pg_index as i join relations as r on r.oid = i.indrelid
    )
select a.attname::text as key from pg_catalog.pg_attribute as a join relations as r on r.oid = a.attrelid where a.attnum > 0 and not a.attisdropped
union
-- Text literals without spaces, such as 'tags', '{tags,0}' and '$.tags[*]', and parts of JSON paths with spaces.
select word from sources, regexp_matches(text, '''[^''\s]+''|[$@][.\w*\[\]"]+', 'g') as literal, regexp_split_to_table(literal[1], '\W+') as word
where word ~ '^[A-Za-z]'
union
select word from rules, regexp_split_to_table(path, '\.') as word;

create unique index on known_keys (key);
analyze known_keys;

create function pg_temp.fake_key(key text) returns text stable strict language plpgsql as $$
begin
    return case when exists (select from pg_temp.known_keys as k where k.key = fake_key.key) then key else pg_temp.fake(key) end;
end
$$;

-- Replaces each string, each number and each key that is data in a document, except at the kept paths. Keeps booleans.
create function pg_temp.fake(document jsonb, kept text[], path text) returns jsonb stable language plpgsql as $$
begin
    return case jsonb_typeof(document)
        when 'string' then to_jsonb(pg_temp.fake(document #>> '{}'))
        when 'number' then to_jsonb(pg_temp.fake((document #>> '{}')::numeric))
        when 'object' then (
            select coalesce(jsonb_object_agg(pg_temp.fake_key(e.key), case when path || e.key = any (kept) then e.value else pg_temp.fake(e.value, kept, path || e.key || '.') end), '{}')
            from jsonb_each(document) as e
        )
        when 'array' then (
            select coalesce(jsonb_agg(pg_temp.fake(e.element, kept, path) order by e.n), '[]')
            from jsonb_array_elements(document) with ordinality as e (element, n)
        )
        else document
    end;
end
$$;

-- Returns another day of the same year.
create function pg_temp.fake(value date) returns date immutable strict language sql as $$
    select date_trunc('year', value)::date + ('x' || left(pg_temp.digest(value::text), 6))::bit(24)::integer % 365
$$;

create function pg_temp.fake(value time) returns time immutable strict language sql as $$
    select time '00:00' + make_interval(mins => ('x' || left(pg_temp.digest(value::text), 6))::bit(24)::integer % 1440)
$$;

create function pg_temp.fake(value inet) returns inet immutable strict language sql as $$
    select case family(value)
        when 4 then inet '10.0.0.0' + ('x' || left(pg_temp.digest(host(value)), 6))::bit(24)::integer::bigint
        else inet 'fd00::' + ('x' || left(pg_temp.digest(host(value)), 8))::bit(32)::bigint
    end
$$;

create function pg_temp.hash(value text) returns text immutable strict language sql as $$
    select left(repeat(pg_temp.digest(value), length(value) / 128 + 1), length(value))
$$;

create function pg_temp.hash(value bytea) returns bytea immutable strict language sql as $$
    select substr(decode(repeat(pg_temp.digest(encode(value, 'hex')), length(value) / 64 + 1), 'hex'), 1, length(value))
$$;

create temp table columns on commit drop as
select
    t.position, a.attrelid, a.attnum, a.attname, a.attnotnull as required, format_type(a.atttypid, a.atttypmod) as type, a.attgenerated <> '' as generated, u.rule,
    coalesce((
        select array_agg(r.path) from rules as r
        where r.relation = t.oid::regclass::text and r.attribute = a.attname and r.path <> '' and r.rule = 'keep'
    ), '{}') as kept
from masked_tables as t
join pg_catalog.pg_attribute as a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
left join column_rules as u on u.attrelid = a.attrelid and u.attnum = a.attnum;

do $$
declare
    unclassified text;
begin
    select string_agg(c.attrelid::regclass || '.' || c.attname, ', ' order by c.position, c.attnum) into unclassified
    from columns as c
    where c.rule is null;
    if unclassified is not null then
        raise exception 'masking.yaml does not classify %', unclassified;
    end if;
end
$$;

create function pg_temp.expression(item columns) returns text language plpgsql as $$
begin
    case
        when item.rule in ('keep', 'drop') then
            return quote_ident(item.attname);
        when item.rule = 'fake' and item.type in ('jsonb', 'json') then
            return format('pg_temp.fake(%I::jsonb, %L::text[], %L)::%s', item.attname, item.kept, '', item.type);
        when item.rule = 'fake' and item.type like '%[]' then
            return format('pg_temp.fake(%I::text[])::%s', item.attname, item.type);
        when item.rule = 'fake' and item.type in ('date', 'inet') then
            return format('pg_temp.fake(%I)', item.attname);
        when item.rule = 'fake' and item.type like 'time %' then
            return format('pg_temp.fake(%I::time)', item.attname);
        when item.rule = 'fake' then
            return format('pg_temp.fake(%I::text)::%s', item.attname, item.type);
        when item.rule = 'hash' and item.type = 'bytea' then
            return format('pg_temp.hash(%I)', item.attname);
        when item.rule = 'hash' then
            return format('pg_temp.hash(%I::text)::%s', item.attname, item.type);
        when item.rule = 'empty' and not item.required then
            return format('null::%s', item.type);
        when item.rule = 'empty' and item.type in ('jsonb', 'json') then
            return format('case json_typeof(%I::json) when %L then %L else %L end::%s', item.attname, 'array', '[]', '{}', item.type);
        when item.rule = 'empty' then
            return format('%L::%s', case when item.type like '%[]' then '{}' else '' end, item.type);
        else
            raise exception 'rule % of %.% is none of keep, fake, hash, empty, drop', item.rule, item.attrelid::regclass, item.attname;
    end case;
end
$$;

-- The number of rows of each table that is not dropped, and a hash of its unchanged columns.
create function pg_temp.kept_rows() returns table (relation regclass, rows bigint, hash numeric) language plpgsql as $$
declare
    item record;
begin
    for item in
        select c.attrelid::regclass as name,
            string_agg(quote_ident(c.attname), ', ' order by c.attname collate "C") filter (where c.rule = 'keep' and not c.generated) as list
        from columns as c
        group by c.attrelid
        having not bool_or(c.rule = 'drop')
    loop
        relation := item.name;
        execute format('select count(*), coalesce(sum(hashtextextended(row(%s)::text, 0)::numeric), 0) from %s', item.list, item.name) into rows, hash;
        return next;
    end loop;
end
$$;

create temp table before on commit drop as select k.* from pg_temp.kept_rows() as k;

-- All rows are copied, removed and inserted again: an update in place could meet the original value of another row in a unique index.
do $$
declare
    item record;
    tables text;
begin
    for item in
        select 'masked_' || c.position as copy, c.attrelid::regclass as name, string_agg(pg_temp.expression(c) || ' as ' || quote_ident(c.attname), ', ' order by c.attnum) as expressions
        from columns as c
        where not c.generated
        group by c.position, c.attrelid
        having not bool_or(c.rule = 'drop')
        order by c.position
    loop
        execute format('create temp table %I on commit drop as select %s from %s', item.copy, item.expressions, item.name);
    end loop;
    select string_agg(distinct c.attrelid::regclass::text, ', ') into tables from columns as c;
    execute 'truncate table ' || tables;
    for item in
        select 'masked_' || c.position as copy, c.attrelid::regclass as name, string_agg(quote_ident(c.attname), ', ' order by c.attnum) as list
        from columns as c
        where not c.generated
        group by c.position, c.attrelid
        having not bool_or(c.rule = 'drop')
        order by c.position
    loop
        execute format('insert into %s (%s) overriding system value select * from %I', item.name, item.list, item.copy);
    end loop;
end
$$;

do $$
declare
    wrong text;
begin
    select string_agg(b.relation::text, ', ' order by b.relation::text) into wrong
    from before as b
    join pg_temp.kept_rows() as k on k.relation = b.relation
    where (k.rows, k.hash) is distinct from (b.rows, b.hash);
    if wrong is not null then
        raise exception 'masking changed the number of rows or a kept column of: %', wrong;
    end if;
end
$$;
