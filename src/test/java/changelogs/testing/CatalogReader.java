package changelogs.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads a catalog repeatedly, each time only the objects that changed since the last read.
 *
 * <p>Changed objects are found by xmin: each insert or update of a catalog row sets it to the transaction id, so comparing pairs of object
 * and xmin with the last read finds every created, altered or dropped object. Objects that depend on a changed object are read again too,
 * since their definitions may contain its name.
 */
public final class CatalogReader {

    /**
     * The rows that make up the definitions, as pairs of object and transaction. Any definition may contain the name of an object of class
     * 0, so if one of these changes, everything is read again. Objects that {@link Catalog#find} always reads (settings, extensions and the
     * like) are not listed. System objects have oids below 16384.
     */
    private static final String ROWS = """
            select class, string_agg(oidsend(object) || xidsend(version), '') as rows
            from (
                select 'pg_class'::regclass::oid as class, oid as object, xmin as version from pg_class where oid >= 16384
                union all select 'pg_class'::regclass, attrelid, xmin from pg_attribute where attrelid >= 16384
                union all select 'pg_class'::regclass, adrelid, xmin from pg_attrdef
                union all select 'pg_class'::regclass, indexrelid, xmin from pg_index where indexrelid >= 16384
                union all select 'pg_class'::regclass, seqrelid, xmin from pg_sequence
                union all select 'pg_class'::regclass, ev_class, xmin from pg_rewrite where oid >= 16384
                union all select 'pg_rewrite'::regclass, oid, xmin from pg_rewrite where oid >= 16384
                union all select 'pg_constraint'::regclass, oid, xmin from pg_constraint where oid >= 16384
                union all select 'pg_trigger'::regclass, oid, xmin from pg_trigger
                union all select 'pg_policy'::regclass, oid, xmin from pg_policy
                union all select 'pg_statistic_ext'::regclass, oid, xmin from pg_statistic_ext
                union all select 'pg_type'::regclass, oid, xmin from pg_type where oid >= 16384
                union all select 'pg_type'::regclass, enumtypid, xmin from pg_enum
                union all select 'pg_proc'::regclass, oid, xmin from pg_proc where oid >= 16384
                union all select 'pg_proc'::regclass, objid, xmin from pg_depend where classid = 'pg_proc'::regclass and deptype = 'e'
                union all select classoid, objoid, xmin from pg_description where objoid >= 16384
                union all select 0, oid, xmin from pg_namespace
                union all select 0, oid, xmin from pg_authid
                union all select 0, oid, xmin from pg_collation where oid >= 16384
                union all select 0, oid, xmin from pg_operator where oid >= 16384
                union all select 0, oid, xmin from pg_opclass where oid >= 16384
                union all select 0, oid, xmin from pg_ts_config where oid >= 16384
                union all select 0, oid, xmin from pg_ts_dict where oid >= 16384
            ) as watched
            group by class
            """;

    /** PostgreSQL records the dependencies of a view under its rule, and those of a column default under the default. */
    private static final String WITH_DEPENDENTS = """
            with recursive affected (class, object) as (
                select * from unnest(?::oid[], ?::oid[])
                union
                select d.class, d.object
                from affected as a
                cross join lateral (
                    select classid, objid from pg_depend where refclassid = a.class and refobjid = a.object
                    union all
                    select 'pg_class'::regclass, ev_class from pg_rewrite where a.class = 'pg_rewrite'::regclass and oid = a.object
                    union all
                    select 'pg_class'::regclass, adrelid from pg_attrdef where a.class = 'pg_attrdef'::regclass and oid = a.object
                ) as d (class, object)
            )
            select distinct object::bigint from affected
            """;

    private final Session operator;
    private Map<Long, long[]> rows = Map.of();
    private final TreeMap<String, String> objects = new TreeMap<>();
    private final Map<Long, Set<String>> names = new HashMap<>();

    public CatalogReader(Session operator) {
        this.operator = operator;
        // Planning these queries takes longer than running them.
        operator.update("set plan_cache_mode = force_generic_plan");
    }

    /** Returns the same catalog as {@link Catalog#of}. */
    public Catalog read() {
        Map<Long, long[]> before = rows;
        rows = rows();
        Map<Long, Set<Long>> changed = new HashMap<>();
        Set<Long> classes = new HashSet<>(before.keySet());
        classes.addAll(rows.keySet());
        for (long type : classes) {
            changed.put(type, differing(before.getOrDefault(type, new long[0]), rows.getOrDefault(type, new long[0])));
        }
        if (changed.get(0L).isEmpty()) {
            Set<Long> affected = withDependents(changed);
            affected.forEach(this::forget);
            forget(Catalog.FEW);
            Catalog.find(operator, affected).forEach(this::keep);
        } else {
            objects.clear();
            names.clear();
            Catalog.find(operator).forEach(this::keep);
        }
        return new Catalog(new TreeMap<>(objects));
    }

    private Map<Long, long[]> rows() {
        Map<Long, long[]> rows = new HashMap<>();
        operator.rows(ROWS).forEach(row -> {
            long[] sorted = longs((byte[]) row.get("rows"));
            Arrays.sort(sorted);
            rows.put((Long) row.get("class"), sorted);
        });
        return rows;
    }

    /** Object and xmin have four bytes each. */
    private static long[] longs(byte[] bytes) {
        long[] longs = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(longs);
        return longs;
    }

    /** Objects whose rows differ between the two sorted arrays. */
    private static Set<Long> differing(long[] before, long[] after) {
        Set<Long> objects = new HashSet<>();
        int b = 0;
        int a = 0;
        while (b < before.length || a < after.length) {
            if (b < before.length && a < after.length && before[b] == after[a]) {
                b++;
                a++;
            } else if (a == after.length || b < before.length && before[b] < after[a]) {
                objects.add(before[b++] >>> 32);
            } else {
                objects.add(after[a++] >>> 32);
            }
        }
        return objects;
    }

    private Set<Long> withDependents(Map<Long, Set<Long>> changed) {
        List<Long> classes = new ArrayList<>();
        List<Long> affected = new ArrayList<>();
        changed.forEach((type, ones) -> ones.forEach(one -> {
            classes.add(type);
            affected.add(one);
        }));
        return affected.isEmpty() ? Set.of() : new HashSet<>(operator.column(Long.class, WITH_DEPENDENTS, array(classes), array(affected)));
    }

    static String array(Iterable<Long> numbers) {
        List<String> texts = new ArrayList<>();
        numbers.forEach(number -> texts.add(number.toString()));
        return texts.stream().collect(Collectors.joining(",", "{", "}"));
    }

    private void forget(long object) {
        Set<String> gone = names.remove(object);
        if (gone != null) {
            objects.keySet().removeAll(gone);
        }
    }

    private void keep(Catalog.Found found) {
        if (objects.put(found.name(), found.definition()) != null) {
            throw new IllegalStateException("Two objects have the same name: " + found.name());
        }
        names.computeIfAbsent(found.object(), object -> new HashSet<>()).add(found.name());
    }
}
