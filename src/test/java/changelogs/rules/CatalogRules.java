package changelogs.rules;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules for the catalog of a migrated database. Each query returns the objects that break its rule. */
final class CatalogRules {

    /** Policies that let API roles see or write every row, as {@code schema.table: policy}. */
    static final Set<String> OPEN_POLICIES = Set.of();
    /** Security definer functions outside of schema private that check the caller themselves, as {@code schema.name}. */
    static final Set<String> API_DEFINERS = Set.of();
    /** Privileges allowed for anon, as {@code schema.name: PRIVILEGE} or {@code schema.table.column: PRIVILEGE}. */
    static final Set<String> ANON_PRIVILEGES = allOf(
            // Visitors see the coaches before they sign up.
            Stream.of("public.coaches: SELECT"),
            // Visitors see the prices of the plans.
            Stream.of("public.tier_plans: SELECT"),
            // Visitors see products of the shop, in the columns that its views show and filter by.
            Stream.of("public.v_shopify_products_public: SELECT", "public.v_shopify_collections_public: SELECT", "public.shopify_product_collections: SELECT"),
            columns("public.shopify_products_cache", "id shopify_id handle title vendor product_type tags price_min_minor price_max_minor"
                    + " currency_code available is_published is_hidden market image_url url"),
            columns("public.shopify_collections_cache", "id shopify_id handle title description_html is_published is_hidden market image_url"),
            // Visitors see recommendations, in the columns that their views show and filter by.
            Stream.of("public.v_product_recs_public: SELECT"),
            columns("public.product_rec_items", "id source shopify_product_id title subtitle description image_url url affiliate_url partner tags price_min_minor"
                    + " price_max_minor currency_code available weight is_active markets tiers coach_keys topics difficulties starts_at ends_at"),
            columns("public.product_rec_rules", "id surface max_items is_active markets tiers coach_keys topics difficulties starts_at ends_at"),
            columns("public.product_rec_slots", "id surface \"position\" item_id rule_id weight is_active starts_at ends_at"));
    /** Extensions that cannot be installed in schema extensions. */
    static final Set<String> EXTENSIONS_ELSEWHERE = Set.of("pg_cron");

    /** Tables of Liquibase, which have separate rules. */
    static final String LOG_TABLES = "('databasechangelog', 'databasechangeloglock')";

    private static final Map<String, String> QUERIES = new LinkedHashMap<>();

    private static final String OBJECTS = """
            with relations as (
                select c.*, format('%%I.%%I', n.nspname, c.relname) as name, n.nspname
                from pg_catalog.pg_class as c
                join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
                where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                    and lower(c.relname) not in %1$s
                    and not exists (select from pg_catalog.pg_depend as d
                        where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid and d.deptype = 'e')
            ),
            functions as (
                select p.*, format('%%I.%%I', n.nspname, p.proname) as name, n.nspname
                from pg_catalog.pg_proc as p
                join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
                where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                    and not exists (select from pg_catalog.pg_depend as d
                        where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'e')
            ),
            indexes as (
                select i.*, c.relname, r.name as table_name
                from pg_catalog.pg_index as i
                join pg_catalog.pg_class as c on c.oid = i.indexrelid
                join relations as r on r.oid = i.indrelid
            ),
            policies as (
                select p.*, format('%%s: %%s', r.name, p.polname) as name, r.name as table_name,
                    pg_catalog.pg_get_expr(p.polqual, p.polrelid) as using_expression,
                    pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as check_expression
                from pg_catalog.pg_policy as p
                join relations as r on r.oid = p.polrelid
            ),
            privileges as (
                select r.name, r.relkind::text as kind, a.grantee, a.privilege_type
                from relations as r, pg_catalog.aclexplode(r.relacl) as a
                union all
                select format('%%s.%%I', r.name, t.attname), 'column', a.grantee, a.privilege_type
                from relations as r
                join pg_catalog.pg_attribute as t on t.attrelid = r.oid, pg_catalog.aclexplode(t.attacl) as a
                union all
                select f.name, 'function', a.grantee, a.privilege_type
                from functions as f, pg_catalog.aclexplode(coalesce(f.proacl, pg_catalog.acldefault('f', f.proowner))) as a
                union all
                select n.nspname, 'schema', a.grantee, a.privilege_type
                from pg_catalog.pg_namespace as n, pg_catalog.aclexplode(n.nspacl) as a
                where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            ),
            written as (
                select format('%%s.%%I', r.name, a.attname) as name, a.attname as col, t.typname as type, t.typelem, t.typcategory, a.atttypmod,
                    coalesce((select string_agg(pg_catalog.pg_get_constraintdef(k.oid), ' ') from pg_catalog.pg_constraint as k
                        where k.conrelid = r.oid and k.contype = 'c' and a.attnum = any (k.conkey)), '') as checks
                from relations as r
                join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
                join pg_catalog.pg_type as t on t.oid = a.atttypid
                where r.relkind in ('r', 'p')
                    and exists (select from (values ('anon'), ('authenticated')) as c (caller), (values ('INSERT'), ('UPDATE')) as p (privilege)
                        where pg_catalog.has_column_privilege(c.caller, r.oid, a.attnum, p.privilege))
                    and not exists (select from pg_catalog.pg_constraint as k where k.conrelid = r.oid and k.contype = 'f' and a.attnum = any (k.conkey))
            ),
            -- Columns that each policy for clients checks, and columns that the client may write.
            own_rows as (
                select p.table_name, p.polrelid, p.polcmd, c.privilege, array_agg(distinct d.refobjsubid::int2) as read,
                    array(select a.attnum from pg_catalog.pg_attribute as a where a.attrelid = p.polrelid and a.attnum > 0 and not a.attisdropped
                        and pg_catalog.has_column_privilege(r.rolname, p.polrelid, a.attnum, c.privilege)) as written
                from policies as p
                join (values ('a', 'INSERT'), ('w', 'UPDATE')) as c (command, privilege) on p.polcmd::text in (c.command, '*')
                join pg_catalog.pg_roles as r on r.oid = any (p.polroles) and r.rolname in ('anon', 'authenticated')
                join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass and d.objid = p.oid
                    and d.refobjid = p.polrelid and d.refobjsubid > 0
                -- The changelog creates the policies of storage.objects; the platform creates its keys and indexes.
                where p.table_name <> 'storage.objects'
                group by p.table_name, p.polrelid, p.polcmd, r.rolname, c.privilege
            )
            """.formatted(LOG_TABLES);

    private CatalogRules() {
    }

    static final List<Rule<Catalog>> ALL = List.of(
            rule("table-row-security",
                    "Without row level security, a privilege on a table applies to every row",
                    "a table without row level security, in any schema",
                    "`enable row level security`",
                    "select name from relations where relkind in ('r', 'p') and not relrowsecurity"),
            rule("policy-role",
                    "A policy without a role applies to every role and is evaluated for every role",
                    "a policy without `to`, or `to public`",
                    "`to authenticated`, `to service_role`",
                    "select name from policies where 0 = any (polroles)"),
            rule("policy-call-in-select",
                    "A bare function call is evaluated for each row",
                    "`auth.uid()` in a policy, also in its subqueries",
                    "`(select auth.uid())`, which is evaluated once",
                    """
                    select name from policies
                    where regexp_replace(concat_ws(' ', using_expression, check_expression), 'SELECT [a-z_.(]*auth\\.(uid|jwt|role|email)\\(\\)', '', 'g')
                        ~ 'auth\\.(uid|jwt|role|email)\\(\\)'
                    """),
            rule("policy-or-indexable",
                    "An OR branch for admins slows everyone's reads: without a column, it prevents the use of an index for the whole condition; "
                            + "with `is null`, each read also scans the rows without a user",
                    "`user_id = (select auth.uid()) or (select private.is_admin())`, `… or user_id is null and (select private.is_admin())`",
                    "`user_id between (select private.get_first_visible_user()) and (select private.get_last_visible_user())`, a range of one account for a user and of all accounts for an admin; "
                            + "`coalesce(user_id, '00000000-0000-0000-0000-000000000000')` where rows may have no user, with an index on that expression",
                    """
                    select name from policies
                    where polcmd in ('r', '*')
                        and using_expression ~ 'auth\\.uid\\(\\)|visible_user\\(\\)'
                        and using_expression ~ '^\\(\\( SELECT [a-z_.]+\\(\\) AS \\w+\\) OR |OR \\( SELECT [a-z_.]+\\(\\) AS \\w+\\)(\\)$| OR )|OR \\(\\(\\w+ IS NULL\\) AND \\( SELECT [a-z_.]+\\(\\) AS \\w+\\)\\)\\)$'
                    """),
            rule("range-policy-time-index",
                    "The planner assumes that 0.5 % of all rows pass a range policy, so a query for the newest rows reads an index on the time and skips the rows of all other users",
                    "on a table under a policy with `get_first_visible_user()`, an index whose first column is a date or time",
                    "an index on `(user_id, time)`; for a job or admins, an index on an expression that only their query contains: `((d - date '2000-01-01'), user_id)`",
                    """
                    select format('%s: %s', i.table_name, i.relname)
                    from indexes as i
                    join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                    where a.atttypid in ('timestamptz'::pg_catalog.regtype, 'timestamp'::pg_catalog.regtype, 'date'::pg_catalog.regtype)
                        and i.indpred is null
                        and exists (select from policies as p where p.polrelid = i.indrelid and p.using_expression ~ 'first_visible_user\\(\\)')
                    """),
            rule("policy-function-planned-once",
                    "Each call plans an SQL function again unless the planner inlines it, which is impossible for security definer and for functions with settings; PL/pgSQL keeps the plan",
                    "a policy that calls an SQL function with a quoted body and `security definer` or `set search_path`",
                    "`language plpgsql`, `begin return exists (…); end`",
                    """
                    select p.name
                    from policies as p
                    where exists (
                        select
                        from pg_catalog.pg_depend as d
                        join functions as f on f.oid = d.refobjid
                        join pg_catalog.pg_language as l on l.oid = f.prolang
                        where d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass
                            and d.objid = p.oid
                            and d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                            and l.lanname = 'sql'
                            and f.prosqlbody is null
                            and (f.prosecdef or f.proconfig is not null)
                    )
                    """),
            rule("policy-auth-role",
                    "`auth.role()` returns the claim in the token; `to` checks the actual database role",
                    "`auth.role() = 'service_role'` in a policy",
                    "`to service_role`",
                    "select name from policies where concat_ws(' ', using_expression, check_expression) ~ 'auth\\.role\\(\\)'"),
            rule("one-permissive-policy",
                    "Permissive policies are combined with OR: all are evaluated, and the most permissive one decides",
                    "two permissive policies for the same table, role and command, including `for all`",
                    "one policy with `or`",
                    """
                    select format('%s, %s', a.name, b.polname)
                    from policies as a
                    join policies as b on b.polrelid = a.polrelid and b.polname > a.polname
                    where a.polpermissive and b.polpermissive
                        and (a.polcmd = b.polcmd or '*' in (a.polcmd, b.polcmd))
                        and (a.polroles && b.polroles or 0 = any (a.polroles || b.polroles))
                    """),
            rule("update-policy-both",
                    "USING decides which rows may be changed, WITH CHECK which values they may get",
                    "an update policy with only one of them",
                    "both, explicitly",
                    "select name from policies where polcmd in ('w', '*') and (using_expression is null or check_expression is null)"),
            rule("policy-true",
                    "`true` gives every role with a privilege access to every row",
                    "`using (true)` or `with check (true)` for anon or authenticated",
                    "a condition; intended exceptions are listed in `CatalogRules.OPEN_POLICIES`",
                    """
                    select name from policies
                    where polpermissive
                        and 'true' in (using_expression, check_expression)
                        and (0 = any (polroles) or exists (select from pg_catalog.pg_roles as r
                            where r.oid = any (polroles) and r.rolname in ('anon', 'authenticated')))
                    """, OPEN_POLICIES),
            rule("definer-in-private",
                    "A security definer function bypasses row level security, and API clients can call the functions in `public`",
                    "`security definer` outside schema `private`",
                    "`security invoker`, or a helper in `private`; an RPC that must be a definer checks its caller and is listed in `CatalogRules.API_DEFINERS`",
                    "select name from functions where prosecdef and nspname <> 'private'", API_DEFINERS),
            rule("function-search-path",
                    "Without a fixed search path, a function can resolve a name to an object that the caller created",
                    "no `search_path`, or one that names schemas",
                    "`set search_path = ''` and qualified names",
                    "select name from functions where prokind <> 'a' and not coalesce(proconfig, '{}') @> array['search_path=\"\"']"),
            rule("function-closed",
                    "Every role may execute a function until the default grant is revoked",
                    "`execute` granted to `public`",
                    "`revoke all on function … from public`, then `grant execute … to authenticated`",
                    "select name from privileges where kind = 'function' and grantee = 0"),
            rule("view-security-invoker",
                    "A view reads with the rights of its owner, so it shows all rows to every caller",
                    "a view without `security_invoker`",
                    "`with (security_invoker = true)`",
                    "select name from relations where relkind = 'v' and not coalesce(reloptions, '{}') && array['security_invoker=true', 'security_invoker=on']"),
            rule("materialized-view-private",
                    "A materialized view cannot have row level security",
                    "a materialized view outside schema `private`, or with privileges for API roles",
                    "`private.mv_…`, behind a view that filters",
                    """
                    select name from relations
                    where relkind = 'm'
                        and (nspname <> 'private' or exists (select from pg_catalog.aclexplode(relacl) as a
                            where a.grantee in (0, 'anon'::pg_catalog.regrole, 'authenticated'::pg_catalog.regrole)))
                    """),
            rule("no-table-maintenance",
                    "Row level security does not apply to TRUNCATE, REFERENCES, TRIGGER and MAINTAIN",
                    "`grant all` to anon or authenticated",
                    "`grant select, insert, update, delete`, limited to columns where needed",
                    """
                    select format('%s: %s %s', name, grantee::pg_catalog.regrole, privilege_type) from privileges
                    where kind in ('r', 'p', 'v', 'column')
                        and grantee in ('anon'::pg_catalog.regrole, 'authenticated'::pg_catalog.regrole)
                        and privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
                    """),
            rule("nothing-for-anon",
                    "Anyone who knows the project's URL can act as anon",
                    "an unintended privilege for anon",
                    "`revoke all … from anon`; intended privileges are listed in `CatalogRules.ANON_PRIVILEGES`",
                    """
                    select format('%s: %s', name, privilege_type) from privileges
                    where grantee = 'anon'::pg_catalog.regrole and privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'EXECUTE', 'USAGE', 'CREATE')
                    """, ANON_PRIVILEGES),
            rule("nothing-for-public",
                    "Every role has the privileges of `public`, and a revoke from a single role does not remove them",
                    "`grant … to public` on a table, column, sequence or schema",
                    "a grant to named roles",
                    "select format('%s: %s', name, privilege_type) from privileges where kind <> 'function' and grantee = 0"),
            rule("private-schema-closed",
                    "The API must not reach schema `private`; policies can call its functions without USAGE on it",
                    "`grant usage on schema private` to anon or authenticated",
                    "`grant execute` on the single function",
                    """
                    select format('%s: %s %s', name, grantee::pg_catalog.regrole, privilege_type) from privileges
                    where kind = 'schema' and name = 'private' and grantee = 'authenticated'::pg_catalog.regrole
                    """),
            rule("sequence-privileges",
                    "UPDATE on a sequence allows `setval`, which can make all inserts fail",
                    "`grant all` on a sequence to authenticated",
                    "an identity column, which needs no grant, or `grant usage`",
                    """
                    select format('%s: %s', name, privilege_type) from privileges
                    where kind = 'S' and grantee = 'authenticated'::pg_catalog.regrole and privilege_type <> 'USAGE'
                    """),
            rule("foreign-key-index",
                    "Without an index, each delete of a parent row scans the whole referencing table",
                    "a foreign key without an index that begins with its columns",
                    "`createIndex`",
                    """
                    select format('%s: %s', r.name, k.conname)
                    from pg_catalog.pg_constraint as k
                    join relations as r on r.oid = k.conrelid
                    where k.contype = 'f'
                        and not exists (select from pg_catalog.pg_index as i
                            where i.indrelid = k.conrelid and i.indisvalid
                                and (i.indpred is null or pg_catalog.pg_get_expr(i.indpred, i.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$')
                                and i.indnkeyatts >= cardinality(k.conkey)
                                and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
                    """),
            rule("account-reference",
                    "A deleted account must not leave its id in any row, and only a foreign key finds all rows",
                    "a uuid column `user_id`, `…_user_id`, `…_by`, `actor_id` or `author_id` in no foreign key",
                    "a foreign key with `onDelete: SET NULL` or `CASCADE`, or a composite key that follows its parent",
                    """
                    select format('%s.%I', r.name, a.attname)
                    from relations as r
                    join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
                    where r.relkind in ('r', 'p')
                        and r.nspname not in ('auth', 'storage')
                        and a.atttypid = 'uuid'::pg_catalog.regtype
                        and a.attname ~ '(^|_)user_id$|_by$|^(actor|author)_id$'
                        and not exists (select from pg_catalog.pg_constraint as k where k.contype = 'f' and k.conrelid = r.oid and a.attnum = any (k.conkey))
                    """),
            rule("duplicate-index",
                    "Every write maintains every index, and a duplicate index is never used",
                    "two indexes on the same columns, including the index of a unique constraint",
                    "one index; a constraint can have the name of the index",
                    """
                    select format('%s: %s', i.table_name, string_agg(i.relname, ', ' order by i.relname))
                    from indexes as i
                    group by i.table_name, regexp_replace(pg_catalog.pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX .*? ON ', '')
                    having count(*) > 1
                    """),
            rule("object-comment",
                    "The catalog is the only place where the meaning of an object is certain to be found",
                    "a table, column, view or function without a comment",
                    "`remarks`; `comment on` for views and functions",
                    """
                    select name from relations where relkind in ('r', 'p', 'v', 'm') and pg_catalog.obj_description(oid, 'pg_class') is null
                    union all
                    select format('%s.%I', r.name, a.attname)
                    from relations as r
                    join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
                    where r.relkind in ('r', 'p') and pg_catalog.col_description(r.oid, a.attnum) is null
                    union all
                    select name from functions where pg_catalog.obj_description(oid, 'pg_proc') is null
                    """),
            rule("written-column-bounded",
                    "One client can fill the database with large values, which also slow every read of the row",
                    "a text, array, JSON, bytea or numeric column that anon or authenticated may write, and that neither a check nor a foreign key bounds",
                    "`check (char_length(note) <= 4000)`; for arrays `cardinality(tags) <= 50 and octet_length(array_to_string(tags, ' ')) <= 4000`, "
                            + "because `array_to_string` leaves out nulls; for JSON `octet_length(meta::text) <= 16384`",
                    """
                    select name from written
                    where case
                        when typcategory = 'A' then
                            checks !~ format('cardinality\\(%1$s\\) (<|>= \\d+\\) AND \\(cardinality\\(%1$s\\) <)', col)
                            or typelem in ('text'::pg_catalog.regtype, 'varchar'::pg_catalog.regtype)
                            and checks !~ format('array_to_string\\(%1$s, |\\(%1$s <@ ', col)
                        when type in ('json', 'jsonb') then checks !~ format('(octet_length\\(\\(%1$s\\)::text\\)|pg_column_size\\(%1$s\\)) <', col)
                        when type = 'bytea' then checks !~ format('octet_length\\(%1$s\\) <', col)
                        when type = 'numeric' and atttypmod = -1 then checks !~ format('\\(%1$s <', col)
                        -- A length, a list of values, or a pattern without * and +.
                        when typcategory = 'S' and atttypmod = -1 then
                            checks !~ format('(char_length|octet_length|length)\\(%1$s\\) <|\\(%1$s = (ANY \\()?(ARRAY\\[)?''|\\(%1$s ~ ''\\^([^*+'']|\\\\[*+])*\\$''', col)
                    end
                    """),
            rule("written-line",
                    "A line break in a name, title or subject adds a header to an e-mail, and characters that reverse the text direction disguise it",
                    "a text column `name`, `title`, `subject`, `label` or `…_name` that clients may write, and that allows control characters",
                    "`check (title !~ '[[:cntrl:]\\u202a-\\u202e\\u2066-\\u2069]')`, or a pattern of the allowed characters",
                    """
                    select name from written
                    where type in ('text', 'varchar')
                        and col ~ '(^|_)(name|title|subject|label)$'
                        and checks !~ format('\\(%1$s !~ ''\\[\\[:cntrl:\\]|\\(%1$s ~ ''\\^', col)
                    """),
            rule("written-link",
                    "A link with quotes or spaces can add attributes to a page, and browsers read a backslash as a slash",
                    "a text column `url`, `website`, `…_url` or `…_link` that clients may write, and whose check does not exclude spaces and backslashes",
                    "`check (url ~ '^https://[^[:space:]<>\"\\\\]+$')`",
                    """
                    select name from written
                    where type in ('text', 'varchar')
                        and col ~ '(^|_)(url|link|website)$'
                        and not (checks ~ format('\\(%s ~ ''\\^[^'']*\\[:space:\\]', col) and checks ~ format('\\(%s ~ ''\\^[^'']*\\\\', col))
                    """),
            rule("written-time-bounded",
                    "`infinity` and implausible dates break jobs, sums and clients that calculate with them",
                    "a timestamp or date column that anon or authenticated may write, and that no check bounds on both sides",
                    "`check (due_at between '2000-01-01 00:00+00' and '2100-01-01 00:00+00')`, or no privilege on a column that a trigger or default sets",
                    """
                    select name from written
                    where type in ('timestamptz', 'timestamp', 'date')
                        and not (checks ~ format('\\(%s >=? ''', col) and checks ~ format('\\(%s <=? ''', col))
                    """),
            rule("unique-key-checked",
                    "A unique violation tells a client that another user's row has the value",
                    "a unique index on columns that clients may write and that the policy does not check",
                    "no INSERT or UPDATE privilege on a generated id, and a policy that checks the parent row",
                    """
                    select distinct format('%s: %s', o.table_name, i.relname)
                    from own_rows as o
                    join indexes as i on i.indrelid = o.polrelid and i.indisunique
                    where (i.indkey::int2[])[0:i.indnkeyatts - 1] <@ o.written
                        and not (i.indkey::int2[])[0:i.indnkeyatts - 1] && o.read
                    """),
            rule("inserts-limited",
                    "One client can add rows in a loop until the database is full",
                    "a table to which clients add their own rows without a limit",
                    "a trigger that counts the rows and raises PT429, such as `private.limit_inserts()`, or a unique key on foreign keys",
                    """
                    select distinct o.table_name
                    from own_rows as o
                    where o.privilege = 'INSERT' and o.written <> '{}'
                        and not exists (select from pg_catalog.pg_trigger as t
                            join pg_catalog.pg_proc as f on f.oid = t.tgfoid
                            where t.tgrelid = o.polrelid and t.tgtype & 4 <> 0 and f.prosrc ~ 'PT429|spend_budget')
                        and not exists (select from pg_catalog.pg_index as i
                            where i.indrelid = o.polrelid and i.indisunique and i.indpred is null
                                and (i.indkey::int2[])[0:i.indnkeyatts - 1] <@ array(select unnest(k.conkey) from pg_catalog.pg_constraint as k
                                    where k.conrelid = o.polrelid and k.contype = 'f'))
                    """),
            rule("constraint-validated",
                    "Existing rows may violate a constraint that is not validated",
                    "`not valid` without validation",
                    "`validate constraint` in the changeset that follows",
                    """
                    select format('%s: %s', r.name, k.conname)
                    from pg_catalog.pg_constraint as k
                    join relations as r on r.oid = k.conrelid
                    where not k.convalidated
                    """),
            rule("index-valid",
                    "An invalid index is maintained but never used",
                    "an invalid index that an interrupted build left",
                    "drop it and build it again",
                    """
                    select format('%s: %s', i.table_name, i.relname)
                    from indexes as i
                    where not i.indisvalid
                    """),
            rule("extension-schema",
                    "The API exposes all functions of an extension in `public`",
                    "an extension in another schema",
                    "`with schema extensions`",
                    """
                    select e.extname::text
                    from pg_catalog.pg_extension as e
                    join pg_catalog.pg_namespace as n on n.oid = e.extnamespace
                    where n.nspname <> 'extensions'
                    """, EXTENSIONS_ELSEWHERE),
            rule("log-schema",
                    "In `public`, API roles could rewrite the changelog's log",
                    "Liquibase's tables in another schema, or with grants to API roles",
                    "schema `extensions`, as the pom sets it, and no grant on them",
                    """
                    select format('%I.%I', n.nspname, c.relname)
                    from pg_catalog.pg_class as c
                    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
                    where lower(c.relname) in LOG_TABLES
                        and (n.nspname <> 'extensions' or exists (select from pg_catalog.aclexplode(c.relacl) as a
                            where a.grantee in (0, 'anon'::pg_catalog.regrole, 'authenticated'::pg_catalog.regrole)))
                    """.replace("LOG_TABLES", LOG_TABLES)));

    @SafeVarargs
    private static Set<String> allOf(Stream<String>... privileges) {
        return Stream.of(privileges).flatMap(Function.identity()).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> columns(String table, String names) {
        return Stream.of(names.split(" ")).map(name -> table + "." + name + ": SELECT");
    }

    private static Rule<Catalog> rule(String name, String why, String insteadOf, String use, String sql) {
        return rule(name, why, insteadOf, use, sql, Set.of());
    }

    private static Rule<Catalog> rule(String name, String why, String insteadOf, String use, String sql, Set<String> accepted) {
        QUERIES.put(name, sql);
        return new Rule<>(name, why, insteadOf, use,
                catalog -> catalog.objects(name).stream().filter(object -> !accepted.contains(object)));
    }

    /** The objects that break each rule. */
    record Catalog(Map<String, Set<String>> broken) {

        /** Evaluates all rules in one query, since the catalog is read for each test. */
        static Catalog of(Connection connection) throws SQLException {
            String query = QUERIES.entrySet().stream()
                    .map(rule -> "select '" + rule.getKey() + "', object from (" + rule.getValue() + ") as broken (object)")
                    .collect(Collectors.joining("\nunion all\n", OBJECTS, ""));
            Map<String, Set<String>> broken = new HashMap<>();
            try (Statement statement = connection.createStatement()) {
                // With an empty search_path, expressions are printed with schema-qualified names.
                statement.execute("set search_path = ''; set jit = off");
                try (ResultSet row = statement.executeQuery(query)) {
                    while (row.next()) {
                        broken.computeIfAbsent(row.getString(1), rule -> new TreeSet<>()).add(row.getString(2));
                    }
                }
            }
            return new Catalog(broken);
        }

        Set<String> objects(String rule) {
            return broken.getOrDefault(rule, Set.of());
        }

        /** Removes the objects that existed before the first changeset and belong to the product. */
        Catalog without(Catalog before) {
            Map<String, Set<String>> rest = new HashMap<>();
            broken.forEach((rule, objects) -> {
                Set<String> made = new TreeSet<>(objects);
                made.removeAll(before.objects(rule));
                rest.put(rule, made);
            });
            return new Catalog(rest);
        }
    }
}
