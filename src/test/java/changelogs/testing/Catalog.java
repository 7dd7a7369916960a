package changelogs.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * All user-defined objects of a database as text, one entry per object. Tables of Liquibase are excluded, and access lists are sorted,
 * since grant and revoke change their order.
 */
public record Catalog(Map<String, String> objects) {

    /** Marks objects in the query that can be read by oid. */
    private static final Pattern READ = Pattern.compile("read\\(([a-z.]+)\\)");

    private static final String QUERY = """
            with namespaces as (
                select n.oid, n.nspname as name
                from pg_namespace as n
                where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            ), relations as (
                select c.*, s.name || '.' || c.relname as name
                from pg_class as c
                join namespaces as s on s.oid = c.relnamespace
                where not (s.name = 'extensions' and c.relname ~ '^databasechangelog')
                  and not (c.relkind = 'i' and exists (
                      select from pg_index as i join pg_class as t on t.oid = i.indrelid
                      where i.indexrelid = c.oid and t.relname ~ '^databasechangelog'))
            )
            select 'schema ' || s.name as name,
                   concat_ws(' | ', pg_get_userbyid(n.nspowner),
                       (select string_agg(item::text, ' ' order by item::text) from unnest(coalesce(n.nspacl, acldefault('n', n.nspowner))) as item),
                       obj_description(n.oid, 'pg_namespace')) as definition,
                   null::oid as object
            from namespaces as s
            join pg_namespace as n on n.oid = s.oid

            union all
            select 'relation ' || c.name,
                   concat_ws(' | ', c.relkind, c.relpersistence, pg_get_userbyid(c.relowner), 'rls ' || c.relrowsecurity || ' ' || c.relforcerowsecurity,
                       array_to_string(c.reloptions, ','), 'replica ' || c.relreplident::text,
                       case when c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') then (
                           select string_agg(item::text, ' ' order by item::text)
                           from unnest(coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner))) as item) end,
                       obj_description(c.oid, 'pg_class'),
                       case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
                       case when c.relkind = 'S' then (select concat_ws(' ', q.seqtypid::regtype, q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle)
                           from pg_sequence as q where q.seqrelid = c.oid) end,
                       case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end, pg_get_partkeydef(c.oid)),
                   c.oid
            from relations as c
            where read(c.oid)

            union all
            select 'column ' || c.name || '.' || a.attname,
                   concat_ws(' | ', row_number() over (partition by a.attrelid order by a.attnum), format_type(a.atttypid, a.atttypmod),
                       case when a.attnotnull then 'not null' end, pg_get_expr(d.adbin, d.adrelid), nullif(a.attidentity, ''), nullif(a.attgenerated, ''),
                       a.attcollation::regcollation, a.attstorage, nullif(a.attstattarget, -1),
                       (select string_agg(item::text, ' ' order by item::text) from unnest(a.attacl) as item), col_description(a.attrelid, a.attnum)),
                   a.attrelid
            from pg_attribute as a
            join relations as c on c.oid = a.attrelid
            left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where read(a.attrelid) and a.attnum > 0 and not a.attisdropped and c.relkind <> 'i'

            union all
            select 'constraint ' || coalesce(c.name, k.contypid::regtype::text) || '.' || k.conname,
                   concat_ws(' | ', pg_get_constraintdef(k.oid), case when not k.convalidated then 'not valid' end, obj_description(k.oid, 'pg_constraint')),
                   k.oid
            from pg_constraint as k
            join namespaces as s on s.oid = k.connamespace
            left join relations as c on c.oid = k.conrelid
            where read(k.oid) and (k.conrelid = 0 or c.oid is not null)

            union all
            select 'index ' || c.name,
                   concat_ws(' | ', pg_get_indexdef(i.indexrelid), case when not i.indisvalid then 'invalid' end, case when i.indisclustered then 'clustered' end,
                       case when i.indisreplident then 'replica identity' end),
                   i.indexrelid
            from pg_index as i
            join relations as c on c.oid = i.indexrelid
            where read(i.indexrelid)

            union all
            select 'trigger ' || c.name || '.' || t.tgname, concat_ws(' | ', pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger')), t.oid
            from pg_trigger as t
            join relations as c on c.oid = t.tgrelid
            where read(t.oid) and not t.tgisinternal

            union all
            select 'policy ' || c.name || '.' || p.polname,
                   concat_ws(' | ', p.polcmd, p.polpermissive, (select string_agg(r::regrole::text, ', ' order by r::regrole::text) from unnest(p.polroles) as r),
                       pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), obj_description(p.oid, 'pg_policy')),
                   p.oid
            from pg_policy as p
            join relations as c on c.oid = p.polrelid
            where read(p.oid)

            union all
            select 'rule ' || c.name || '.' || r.rulename, concat_ws(' | ', pg_get_ruledef(r.oid), r.ev_enabled), r.oid
            from pg_rewrite as r
            join relations as c on c.oid = r.ev_class
            where read(r.oid) and r.rulename <> '_RETURN'

            union all
            select 'function ' || p.oid::regprocedure,
                   concat_ws(' | ', case when p.prokind = 'a' then 'aggregate' else pg_get_functiondef(p.oid) end, pg_get_userbyid(p.proowner),
                       (select string_agg(item::text, ' ' order by item::text) from unnest(coalesce(p.proacl, acldefault('f', p.proowner))) as item),
                       obj_description(p.oid, 'pg_proc')),
                   p.oid
            from pg_proc as p
            join namespaces as s on s.oid = p.pronamespace
            where read(p.oid) and not exists (select from pg_depend as d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')

            union all
            select 'type ' || t.oid::regtype,
                   concat_ws(' | ', t.typtype, pg_get_userbyid(t.typowner), format_type(t.typbasetype, t.typtypmod), t.typdefault,
                       (select string_agg(item::text, ' ' order by item::text) from unnest(coalesce(t.typacl, acldefault('T', t.typowner))) as item),
                       (select string_agg(e.enumlabel, ', ' order by e.enumsortorder) from pg_enum as e where e.enumtypid = t.oid), obj_description(t.oid, 'pg_type')),
                   t.oid
            from pg_type as t
            join namespaces as s on s.oid = t.typnamespace
            where read(t.oid)
              and (t.typtype in ('e', 'd', 'r') or t.typtype = 'c' and exists (select from pg_class as c where c.oid = t.typrelid and c.relkind = 'c'))

            union all
            select 'statistics ' || s.name || '.' || x.stxname, pg_get_statisticsobjdef(x.oid), x.oid
            from pg_statistic_ext as x
            join namespaces as s on s.oid = x.stxnamespace
            where read(x.oid)

            union all
            select 'extension ' || e.extname, concat_ws(' | ', e.extversion, e.extnamespace::regnamespace, pg_get_userbyid(e.extowner)), null
            from pg_extension as e

            union all
            select 'default privileges ' || concat_ws(' ', pg_get_userbyid(d.defaclrole), nullif(d.defaclnamespace, 0)::regnamespace, d.defaclobjtype),
                   (select string_agg(item::text, ' ' order by item::text) from unnest(d.defaclacl) as item),
                   null
            from pg_default_acl as d

            union all
            select 'publication ' || p.pubname,
                   concat_ws(' | ', p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate,
                       (select string_agg(r.prrelid::regclass::text, ', ' order by r.prrelid::regclass::text) from pg_publication_rel as r where r.prpubid = p.oid)),
                   null
            from pg_publication as p

            union all
            select 'event trigger ' || e.evtname, concat_ws(' | ', e.evtevent, e.evtenabled, e.evtfoid::regprocedure), null
            from pg_event_trigger as e

            union all
            select 'setting ' || coalesce(r.rolname, 'everyone') || ' ' || coalesce(d.datname, 'every database'), array_to_string(s.setconfig, ', '), null
            from pg_db_role_setting as s
            left join pg_roles as r on r.oid = s.setrole
            left join pg_database as d on d.oid = s.setdatabase
            where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))

            union all
            select 'role ' || r.rolname,
                   concat_ws(' | ', r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolreplication, r.rolbypassrls,
                       (select string_agg(m.roleid::regrole::text, ', ' order by m.roleid::regrole::text) from pg_auth_members as m where m.member = r.oid)),
                   null
            from pg_roles as r
            where r.rolname !~ '^pg_'
            """;

    private static final String ALL = READ.matcher(QUERY).replaceAll("true");
    private static final String SOME = READ.matcher(QUERY).replaceAll("$1 = any (?::oid[])");
    private static final int PLACES = (int) READ.matcher(QUERY).results().count();

    /** Placeholder for the oid of objects that are always read, because there are few of their kind. */
    static final long FEW = 0;

    /** An object with its definition and the oid by which it can be read again. */
    record Found(String name, String definition, long object) {
    }

    /** Reads the catalog as the superuser of the hosting service, who sees all objects. */
    public static Catalog of(Session operator) {
        Map<String, String> objects = new TreeMap<>();
        find(operator).forEach(found -> {
            if (objects.put(found.name(), found.definition()) != null) {
                throw new IllegalStateException("Two objects have the same name: " + found.name());
            }
        });
        return new Catalog(objects);
    }

    static List<Found> find(Session operator) {
        return find(operator.rows(ALL));
    }

    /** Reads only the objects with these oids, and those that are always read. */
    static List<Found> find(Session operator, Set<Long> objects) {
        Object[] arguments = new Object[PLACES];
        Arrays.fill(arguments, CatalogReader.array(objects));
        return find(operator.rows(SOME, arguments));
    }

    private static List<Found> find(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> new Found((String) row.get("name"), String.valueOf(row.get("definition")),
                row.get("object") == null ? FEW : (Long) row.get("object"))).toList();
    }

    /** Definitions of the objects that are missing in the other catalog. */
    public Map<String, String> since(Catalog before) {
        Map<String, String> made = new LinkedHashMap<>(objects);
        made.keySet().removeAll(before.objects.keySet());
        return made;
    }

    /** Differences from the other catalog, one line per object. */
    public List<String> differencesFrom(Catalog other) {
        List<String> differences = new ArrayList<>();
        if (!new ArrayList<>(objects.entrySet()).equals(new ArrayList<>(other.objects.entrySet()))) {
            TreeSet<String> names = new TreeSet<>(objects.keySet());
            names.addAll(other.objects.keySet());
            for (String name : names) {
                String is = objects.get(name);
                String was = other.objects.get(name);
                if (was == null) {
                    differences.add("left over: " + name + ": " + is);
                } else if (is == null) {
                    differences.add("missing: " + name + ": " + was);
                } else if (!is.equals(was)) {
                    differences.add("changed: " + name + ": was " + was + "; is " + is);
                }
            }
        }
        return differences;
    }
}
