# dump <environment> <system> <folder>: writes a backup of the database that PGHOST and the other variables name into a new folder.
#
#     manifest.json     origin, versions, sequences and schedules, and the number and hash of each table's rows
#     rows/             a file for each table, as copy writes it
#     before.sql        the product's own definitions that the changelog can refer to; after.sql: those that need the changelog's tables
#     log.copy          the rows of Liquibase's log; replay.tsv: the changesets that a restore applies
#     catalog.txt       every definition, compared after a restore
#     verify.sql        the checks of the system, with their output verify.txt; rls_tests.sql, if the system has it
#
# shellcheck shell=bash

# Runs a statement in the session that holds the snapshot and prints the result.
ask() {
    local line
    { printf '%s\n\\echo %s\n' "$1" "$END_OF_ANSWER" >&"${session[1]}"; } 2> /dev/null || session_failed
    while IFS= read -r line <&"${session[0]}" || session_failed; do
        [ "$line" != "$END_OF_ANSWER" ] || return 0
        printf '%s\n' "$line"
    done
}

END_OF_ANSWER="-- that was all"

session_failed() {
    local output
    output=$(grep -v '^$' "$work/session.err" | head -n 3 | tr '\n' ' ')
    # On a full disk, not even the error could be written.
    [ "$(df --output=avail "$work" | tail -n 1)" -gt 100 ] || output="No space left on device: $work"
    # This may run in a command substitution, whose output and exit would not end the script.
    fail dumped "${output:-the session with the database ended}: nothing was stored" >&5
    kill -s USR1 $$
    exit 1
}

dump() {
    local environment=$1 system=$2 folder=$3 started=$SECONDS
    local name origin regclass file columns hashed kind unknown=()
    exec 5>&1
    trap 'failed=1; finish' USR1
    mkdir -p "$folder/rows"
    cd "$folder"

    coproc session { exec psql -X -q -A -t -F $'\t' -v ON_ERROR_STOP=1 -v platform="$PLATFORM" 2> "$work/session.err"; }
    ask "start transaction isolation level repeatable read, read only; ${SETTINGS//set /set local }" > /dev/null
    local snapshot
    snapshot=$(ask "select pg_export_snapshot();")

    made_by_changelog "$system" > "$work/made.txt"
    { printf '\n'; sed -e 's/#.*//' -e 's/[[:space:]]*$//' "$ROOT/ops/$system/product.txt" 2> /dev/null || true; } > "$work/product.txt"
    ask "\\set made \`cat '$work/made.txt'\`
\\set product \`cat '$work/product.txt'\`
\\set made :made '\\n'
\\set product :product '\\n'"

    ask "\\i '$HERE/tables.sql'" > "$work/tables.tsv"
    while IFS=$'\t' read -r name origin regclass file columns hashed kind; do
        [ "$origin" != unknown ] || unknown+=("$name")
    done < "$work/tables.tsv"
    [ ${#unknown[@]} = 0 ] || give_up tables "in no list: ${unknown[*]}. The changelog does not make them; add them to ops/$system/product.txt, with a minus in front if their rows are not to be kept"

    definitions "$snapshot"
    ask "\\i '$HERE/parts.sql'" >> after.sql
    ask "\\i '$HERE/catalog.sql'" > catalog.txt
    # All tables are locked before the first row is read, so that no migration alters one in between.
    local locks
    locks=$(awk -F '\t' '$2 != "skipped" && $7 != "f" { printf "%s%s", sep, $3; sep = ", " }' "$work/tables.tsv")
    [ -z "$locks" ] || ask "lock table $locks in access share mode;"
    rows "$environment" "$system"
    ask "\\copy (select $(log_columns) from extensions.databasechangelog order by orderexecuted) to 'log.copy'" > /dev/null
    ask "\\copy (select id, author, filename, exectype, md5sum from extensions.databasechangelog order by orderexecuted) to 'replay.tsv'" > /dev/null
    if [ "$(ask "select to_regclass('cron.job') is not null;")" = t ]; then
        ask "select coalesce(jsonb_agg(jsonb_build_object('name', j.jobname, 'schedule', j.schedule, 'command', j.command, 'active', j.active) order by j.jobname, j.jobid), '[]')
            from cron.job as j where j.username = current_user and j.database = current_database();" > jobs.json
    else
        printf '[]\n' > jobs.json
    fi
    # Sequences ignore snapshots, so they are read last: their values are then not behind the rows.
    sequences > sequences.json
    write_manifest "$environment" "$system"
    verify_as_is "$system" "$snapshot"
    ask "commit;" > /dev/null
    exec {session[1]}>&-
    cd "$ROOT"
    pass dumped "$(manifest '.tables | length') tables with $(manifest .rows) rows in one snapshot, $(size_of "$folder"), in $(seconds $started)"
}

# made.txt without the objects that the changelog creates only if absent and that the product had; an object's comment says who created it.
made_by_changelog() {
    local own
    own=$(ask "select 'schema', n.nspname from pg_catalog.pg_namespace as n
        where coalesce(obj_description(n.oid, 'pg_namespace'), '') not like '%Made by the changelog%'
        union all
        select 'function', n.nspname || '.' || f.proname
        from pg_catalog.pg_proc as f join pg_catalog.pg_namespace as n on n.oid = f.pronamespace
        where coalesce(obj_description(f.oid, 'pg_proc'), '') not like '%Made by the changelog%' and n.nspname <> all (:'platform'::name[]);")
    printf '\n'
    awk -F '\t' 'FNR == NR { own[$1 "\t" $2] = 1; next } /^#/ { next }
        $3 == "where missing" || $1 == "schema" { $0 = $1 "\t" $2; if ($0 in own) next } { print }' <(printf '%s\n' "$own") "$ROOT/ops/$system/made.txt"
}

# Writes the definitions of objects that the changelog does not create.
definitions() {
    local arguments=() schema name origin rest part
    while IFS= read -r schema; do
        arguments+=("--schema=\"$schema\"")
    done < <(ask "select n.nspname from pg_catalog.pg_namespace as n where n.nspname <> all (:'platform'::name[]) and n.nspname not like 'pg\\_%' order by 1;")
    while IFS= read -r name; do
        arguments+=("--exclude-table=$name")
    done < <(ask "select format('\"%s\".\"%s\"', n.nspname, c.relname)
        from pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        left join pg_catalog.pg_depend as d on c.relkind = 'S' and d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
            and d.deptype in ('a', 'i') and d.refclassid = 'pg_catalog.pg_class'::regclass
        left join pg_catalog.pg_class as o on o.oid = d.refobjid
        where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
            and position(E'\\nrelation\\t' || n.nspname || '.' || coalesce(o.relname, c.relname) || E'\\n' in :'made') > 0;")
    pg_dump --schema-only --no-owner --snapshot="$1" -Fc -Z0 "${arguments[@]}" -f "$work/definitions" 2> "$work/pg_dump.err" \
        || give_up dumped "pg_dump: $(head -n 2 "$work/pg_dump.err" | tr '\n' ' '): nothing was stored"
    pg_restore -l "$work/definitions" > "$work/contents"
    for part in before after; do
        awk -f "$HERE/toc.awk" "$work/made.txt" part="$part" "$work/contents" > "$work/chosen"
        # A server older than pg_restore does not know this setting.
        pg_restore --no-owner -L "$work/chosen" -f - "$work/definitions" | sed '/^SET transaction_timeout/d' > "$part.sql"
    done
    # pg_dump writes checks inside the table's definition; those of the changelog come from their changesets.
    awk -F '\t' '$1 == "constraint" { split($2, t, "."); printf "alter table if exists \"%s\".\"%s\" drop constraint if exists \"%s\";\n", t[1], t[2], $3 }' \
        "$work/made.txt" >> before.sql
}

log_columns() {
    ask "select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_catalog.pg_attribute as a
        where a.attrelid = 'extensions.databasechangelog'::regclass and a.attnum > 0 and not a.attisdropped;"
}

# Writes the rows of each table, with their number and hash as the server computes them, and compares the number with the file.
rows() {
    local name origin regclass file columns hashed kind answer from
    while IFS=$'\t' read -r name origin regclass file columns hashed kind <&3; do
        if [ "$origin" = skipped ] || [ "$kind" = f ]; then
            continue
        fi
        from="only $regclass"
        [ "$kind" = r ] || from=$regclass
        [ "$columns" != - ] || columns=""
        [ "$hashed" != - ] || hashed=""
        ask "\\copy (select $columns from $from) to 'rows/$file'"
        answer=$(ask "select count(*), coalesce(sum(hashtextextended(row($hashed)::text, 0)::numeric), 0) from $from;")
        [ "$(wc -l < "rows/$file")" = "${answer%%$'\t'*}" ] || give_up dumped "$name: ${answer%%$'\t'*} rows, but another number in the file; is the disk full?"
        printf '%s\t' "$name" "$origin" "$regclass" "$file" "$columns" "$hashed" >> "$work/rows.tsv"
        printf '%s\n' "$answer" >> "$work/rows.tsv"
    done 3< "$work/tables.tsv"
}

sequences() {
    local query
    query=$(ask "select coalesce(string_agg(format('select %L as name, s.last_value, s.is_called from %s as s', c.oid::regclass, c.oid::regclass), ' union all '), 'select null, null, null where false')
        from pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        left join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')
            and d.refclassid = 'pg_catalog.pg_class'::regclass
        where c.relkind = 'S' and c.relpersistence <> 't'
            and (n.nspname <> all (:'platform'::name[]) or d.refobjid::regclass::text = any ('{$(awk -F '\t' '$2 == "platform" { printf "%s%s", sep, $3; sep = "," }' "$work/tables.tsv")}'::text[]));")
    ask "select coalesce(jsonb_agg(jsonb_build_object('name', q.name, 'value', q.last_value, 'called', q.is_called) order by q.name), '[]') from ($query) as q (name, last_value, is_called);"
}

write_manifest() {
    local commit
    commit=$(git -C "$ROOT" rev-parse HEAD 2> /dev/null || printf unknown)
    ask "select jsonb_build_object(
            'format', 1, 'environment', '$1', 'system', '$2', 'taken_at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),
            'server_version', current_setting('server_version'), 'server_major', current_setting('server_version_num')::integer / 10000,
            'tag', (select l.tag from extensions.databasechangelog as l where l.tag is not null order by l.orderexecuted desc limit 1),
            'changesets', (select count(*) from extensions.databasechangelog),
            'contexts', (
                select coalesce(jsonb_agg(distinct w.word[1]), '[]')
                from extensions.databasechangelog as l, regexp_matches(lower(l.contexts), '(?:^|[^!\\w-])([\\w-]+)', 'g') as w (word)
                where w.word[1] not in ('and', 'or', 'not')
            ),
            'extensions', (select coalesce(jsonb_agg(e.extname order by e.extname), '[]') from pg_catalog.pg_extension as e where e.extname <> 'plpgsql'),
            'views', (
                select coalesce(jsonb_agg(c.oid::regclass::text order by c.oid), '[]') from pg_catalog.pg_class as c
                join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
                where c.relkind = 'm' and c.relispopulated and n.nspname <> all (:'platform'::name[])
            ));" > "$work/database.json"
    jq -R 'split("\t") | { name: .[0], origin: .[1], sql: .[2], file: .[3], columns: .[4], hashed: .[5], rows: (.[6] | tonumber), hash: .[7] }' \
        "$work/rows.tsv" | jq -s '.' > "$work/tables.json"
    jq -n --arg commit "$commit" --slurpfile database "$work/database.json" --slurpfile tables "$work/tables.json" \
        --slurpfile sequences sequences.json --slurpfile jobs jobs.json --arg columns "$(log_columns)" \
        --arg bytes "$(du -sb rows | cut -f1)" \
        '$database[0] + { commit: $commit, log_columns: $columns, rows: ([$tables[0][].rows] | add // 0), bytes: ($bytes | tonumber),
            tables: $tables[0], sequences: $sequences[0], jobs: $jobs[0] }' > manifest.json
    rm sequences.json jobs.json
    [ "$(jq '[.tables[] | select(.origin != "platform").rows] | add // 0' manifest.json)" -gt 0 ] \
        || give_up dumped "no table holds a row: is this the right database? Nothing was stored"
}

# Runs verify.sql on the snapshot of the original: a restored database must not fail a check that passes here.
verify_as_is() {
    local file
    for file in verify.sql rls_tests.sql; do
        [ ! -f "$ROOT/ops/$1/$file" ] || cp "$ROOT/ops/$1/$file" .
    done
    sed "s/^start transaction .*;$/&\nset transaction snapshot '$2';/" verify.sql | psql -X -q -v ON_ERROR_STOP=1 > verify.txt 2>&1 || true
    grep -qE '^[0-9]+ passed, [0-9]+ failed$' verify.txt || give_up dumped "verify.sql did not finish: $(head -n 1 verify.txt)"
    ! grep -q '^FAIL' verify.txt || note verify "of $1 fails before the backup: $(grep -m 3 '^FAIL' verify.txt | tr '\n' ' ')"
}
