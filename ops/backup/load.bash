# load <folder>: restores a backup, as dump.bash wrote it, into the database that PGHOST and the other variables name, and checks it.
# The array maven holds the options by which Maven finds the same database.
#
# Each step is one transaction or can be run again; a table in schema extensions records the steps that are done.
#
# shellcheck shell=bash
# Expressions of jq are in single quotes; the sourcing script sets work, snapshot and maven.
# shellcheck disable=SC2016,SC2154

PROGRESS=extensions.restore_progress

load() {
    local backup=$1 step
    step=$(progress "$snapshot")
    if [ "$step" = none ]; then
        need_empty_target
        run_step definitions prepare
        step=defined
    else
        note target "continuing the restore of $snapshot, which was interrupted"
    fi
    if [ "$step" = defined ]; then
        run_step changesets replay
        run_step rows fill
    fi
    psql -X -q -v ON_ERROR_STOP=1 -c "set statement_timeout = 0" -c "$(manifest '.tables[] | select(.origin != "platform") | "analyze \(.sql);"')" \
        > "$work/analyze.out" 2>&1 || fail analyze "$(head -n 1 "$work/analyze.out")"
    check_rows
    check_sequences
    check_log
    check_jobs
    check_catalog
    check_verify
    check_access
    [ "$failed" != 0 ] || sql "drop table if exists $PROGRESS"
}

run_step() {
    local started=$SECONDS
    "$2" || give_up "$1" "$(head -c 2000 "$work/$2.err")"
    pass "$1" "${summary:-}, in $(seconds $started)"
}

# Prints the last step that a restore of the snapshot finished: none, defined or loaded.
progress() {
    local found
    found=$(sql "select to_regclass('$PROGRESS') is not null")
    [ "$found" = t ] || { printf none; return; }
    found=$(sql "select snapshot || ' ' || step from $PROGRESS")
    [ "${found% *}" = "$1" ] || refuse "a restore of snapshot ${found% *} into this database was interrupted. Finish it by naming that snapshot, or restore into an empty database"
    printf '%s' "${found#* }"
}

need_empty_target() {
    local found missing
    found=$(sql "select current_setting('server_version_num')::integer / 10000")
    [ "$found" -ge "$(manifest .server_major)" ] || refuse "the target is PostgreSQL $found, but the backup is from PostgreSQL $(manifest .server_major), which is newer"
    found=$(sql "select to_regclass('auth.users') is not null and to_regclass('storage.objects') is not null and to_regnamespace('extensions') is not null")
    [ "$found" = t ] || refuse "the target has no auth.users, storage.objects or schema extensions: it is not the database of a Supabase project"
    found=$(sql "select string_agg(c.oid::regclass::text, ', ' order by c.oid)
        from pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'f')
            and n.nspname <> all ('$PLATFORM'::name[]) and n.nspname not like 'pg\\_%'
            and not exists (select from pg_catalog.pg_depend as d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')")
    [ -z "$found" ] || refuse "the target is not empty, it has ${found:0:300}. Restore into a new project; nothing was changed"
    found=$(sql "select concat_ws(', ', case when exists (select from auth.users) then 'accounts' end, case when exists (select from storage.buckets) then 'buckets' end,
        case when exists (select from storage.objects) then 'files' end)")
    [ -z "$found" ] || refuse "the target contains $found. Restore into a new project; nothing was changed"
    if [ "$(sql "select to_regclass('extensions.databasechangelog') is not null")" = t ]; then
        [ "$(sql "select count(*) from extensions.databasechangelog")" = 0 ] || refuse "the target has a log of Liquibase: it is not empty. Restore into a new project; nothing was changed"
    fi
    missing=$(sql "select string_agg(e.name, ', ') from unnest('$(manifest '"{" + (.extensions | join(",")) + "}"')'::text[]) as e (name)
        where not exists (select from pg_catalog.pg_available_extensions as a where a.name = e.name)")
    [ -z "$missing" ] || refuse "the target's server does not offer the extensions $missing, which the backup needs"
    missing=$(sql "select string_agg(e.name, ', ') from unnest('$(manifest '"{" + (.extensions - ["vector", "pgcrypto"] | join(",")) + "}"')'::text[]) as e (name)
        where not exists (select from pg_catalog.pg_extension as a where a.extname = e.name)")
    [ -z "$missing" ] || refuse "enable these extensions on the target first, in the dashboard or with create extension: $missing"
    pass target "empty, PostgreSQL $(sql "show server_version")"
}

# Creates the product's own objects, without default privileges: they would grant new objects to the API's roles, and a dump has no revokes for those.
prepare() {
    {
        printf 'begin;\n'
        printf '%s\n' "${SETTINGS//set /set local }"
        printf 'create table %s (snapshot text, step text);\n' "$PROGRESS"
        printf "revoke all on %s from public, anon, authenticated, service_role;\nalter table %s enable row level security;\n" "$PROGRESS" "$PROGRESS"
        printf "insert into %s values ('%s', 'defined');\n" "$PROGRESS" "$snapshot"
        cat "$HERE/withhold.sql"
        printf "\\i '%s'\n" "$backup/before.sql"
        printf "select pg_temp.restore_default_privileges();\ncommit;\n"
    } > "$work/prepare.sql"
    psql -X -q -v ON_ERROR_STOP=1 -f "$work/prepare.sql" > /dev/null 2> "$work/prepare.err" || return 1
    summary="$(grep -c '^CREATE TABLE' "$backup/before.sql" || true) tables of the product"
}

# Applies exactly the changesets of the archived log: those pending there stay pending, those marked as run are only marked.
replay() {
    local contexts goals=(liquibase:update) newer
    contexts=$(manifest '[.environment] + .contexts | unique | join(",")')
    newer=$(find "$ROOT/src/main" "$ROOT/pom.xml" -newer "$ROOT/target/classes/changelogs/liquibase/Replay.class" -print -quit 2> /dev/null || printf missing)
    [ -z "$newer" ] || goals=(compile liquibase:update)
    (cd "$ROOT" && $MAVEN_COMMAND -B -ntp "${maven[@]}" "${goals[@]}" -Dliquibase.contexts="$contexts" -Dchangelogs.replay="$backup/replay.tsv") \
        > "$work/maven.log" 2>&1 < /dev/null || { grep -E '^\[?.*(ERROR|Caused by)' "$work/maven.log" | head -n 12 > "$work/replay.err"; return 1; }
    psql -X -q -A -t -v ON_ERROR_STOP=1 > "$work/log.diff" 2> "$work/replay.err" << END || return 1
create temp table archived (id text, author text, filename text, exectype text, md5sum text);
\\copy archived from '$backup/replay.tsv'
select coalesce(a.filename, r.filename) || '::' || coalesce(a.id, r.id) || ': ' || coalesce(a.exectype, 'not applied') || ' in the backup, ' || coalesce(r.exectype, 'not applied') || ' here'
from archived as a
full join extensions.databasechangelog as r on r.id = a.id and r.author = a.author and r.filename = a.filename
where (a.exectype = 'MARK_RAN') is distinct from (r.exectype = 'MARK_RAN');
END
    if [ -s "$work/log.diff" ]; then
        { printf 'after the changesets, the log differs from the log in the backup: '; head -n 5 "$work/log.diff" | tr '\n' ';'; } > "$work/replay.err"
        return 1
    fi
    summary="$(manifest .changesets) changesets of the backup's log, up to tag $(manifest .tag)"
}

# Loads all rows, sequences, schedules and Liquibase's log in one transaction, with triggers disabled; foreign keys are added again at its end.
fill() {
    {
        printf 'begin;\n'
        printf '%s\n' "${SETTINGS//set /set local }"
        cat "$HERE/quiet.sql" "$HERE/withhold.sql"
        manifest '.tables | map(select(.origin != "platform").sql) | if length > 0 then "truncate table " + join(", ") + ";" else "" end'
        manifest --arg folder "$backup/rows" '.tables[] | if .sql == "storage.buckets"
            then "create temp table buckets on commit drop as select \(.columns) from storage.buckets limit 0;\n\\copy buckets from '\''\($folder)/\(.file)'\''
delete from storage.buckets where id not in (select id from buckets);
insert into storage.buckets (\(.columns)) select \(.columns) from buckets
    on conflict (id) do update set \(.columns | split(", ") | map("\(.) = excluded.\(.)") | join(", "));"
            else "\\copy \(.sql) (\(.columns)) from '\''\($folder)/\(.file)'\''" end'
        manifest '.sequences[] | "select setval('\''\(.name)'\'', \(.value), \(.called)) \\g /dev/null"'
        printf "select pg_temp.wake_up() \\\\g /dev/null\n\\i '%s'\nselect pg_temp.restore_default_privileges() \\\\g /dev/null\n" "$backup/after.sql"
        manifest '.views[] | "refresh materialized view \(.);"'
        printf "set local search_path = '';\n"
        printf 'delete from extensions.databasechangelog;\n'
        printf "\\\\copy extensions.databasechangelog (%s) from '%s'\n" "$(manifest .log_columns)" "$backup/log.copy"
        schedules
        printf "update %s set step = 'loaded';\ncommit;\n" "$PROGRESS"
    } > "$work/fill.sql"
    psql -X -q -v ON_ERROR_STOP=1 -f "$work/fill.sql" > /dev/null 2> "$work/fill.err" || return 1
    summary="$(manifest .rows) rows of $(manifest '.tables | length') tables, and their foreign keys checked"
}

schedules() {
    [ "$(sql "select to_regclass('cron.job') is not null")" = t ] || return 0
    printf 'select cron.unschedule(j.jobid) from cron.job as j where j.username = current_user and j.database = current_database() \\g /dev/null\n'
    manifest '.jobs[] | @json' | while IFS= read -r job; do
        printf "with job as (select %s::jsonb as j)\nselect cron.alter_job(case when j ->> 'name' is null then cron.schedule(j ->> 'schedule', j ->> 'command') else cron.schedule(j ->> 'name', j ->> 'schedule', j ->> 'command') end, active => (j ->> 'active')::boolean) from job \\\\g /dev/null\n" \
            "\$job\$$job\$job\$"
    done
}

check_rows() {
    local different
    {
        printf '%s\n' "$SETTINGS"
        manifest '.tables[] | "select '\''\(.name | gsub("'\''"; "'\'''\''"))'\'', count(*), coalesce(sum(hashtextextended(row(\(.hashed))::text, 0)::numeric), 0) from \(.sql);"'
    } > "$work/check.sql"
    psql -X -q -A -t -F $'\t' -v ON_ERROR_STOP=1 -f "$work/check.sql" > "$work/check.tsv" 2> "$work/check.err" || { fail rows "$(head -n 2 "$work/check.err")"; return; }
    manifest '.tables[] | "\(.name)\t\(.rows)\t\(.hash)"' > "$work/expected.tsv"
    if different=$(diff "$work/expected.tsv" "$work/check.tsv" | grep '^[<>]' | cut -f1 | cut -c3- | sort -u) && [ -n "$different" ]; then
        fail rows "differ from the backup: $(tr '\n' ' ' <<< "$different")"
    else
        pass rows "$(manifest .rows) rows of $(manifest '.tables | length') tables, number and hash as in the manifest"
    fi
}

check_sequences() {
    local sequence wrong=()
    while IFS=$'\t' read -r sequence value called; do
        [ "$(sql "select last_value, is_called::text from $sequence")" = "$value"$'\t'"$called" ] || wrong+=("$sequence")
    done < <(manifest '.sequences[] | "\(.name)\t\(.value)\t\(.called)"')
    if [ ${#wrong[@]} = 0 ]; then
        pass sequences "$(manifest '.sequences | length') as in the manifest"
    else
        fail sequences "another value: ${wrong[*]}"
    fi
}

check_log() {
    sql "copy (select $(manifest .log_columns) from extensions.databasechangelog order by orderexecuted) to stdout" > "$work/log.copy"
    if cmp -s "$work/log.copy" "$backup/log.copy"; then
        pass log "$(manifest .changesets) changesets, row for row"
    else
        fail log "extensions.databasechangelog differs from the backup"
    fi
}

check_jobs() {
    local found="[]"
    if [ "$(sql "select to_regclass('cron.job') is not null")" = t ]; then
        found=$(sql "select coalesce(jsonb_agg(jsonb_build_object('name', j.jobname, 'schedule', j.schedule, 'command', j.command, 'active', j.active) order by j.jobname, j.jobid), '[]')
            from cron.job as j where j.username = current_user and j.database = current_database()")
    fi
    if [ "$(jq -cS . <<< "$found")" = "$(manifest .jobs | jq -cS .)" ]; then
        pass schedules "$(manifest '.jobs | length') as in the manifest"
    else
        fail schedules "cron.job differs from the backup"
    fi
}

# Prints a catalog with normalized expressions, sorted.
comparable() {
    awk -f "$HERE/expression.awk" "$1" | LC_ALL=C sort
}

check_catalog() {
    local different
    psql -X -q -A -t -v ON_ERROR_STOP=1 -v platform="$PLATFORM" -c "${SETTINGS//$'\n'/ }" -f "$HERE/catalog.sql" > "$work/catalog.txt" 2> "$work/catalog.err" \
        || { fail catalog "$(head -n 1 "$work/catalog.err")"; return; }
    if [ "$(sql "select current_setting('server_version_num')::integer / 10000")" != "$(manifest .server_major)" ]; then
        note catalog "not compared: the server has another major version than the original"
    elif different=$(diff <(comparable "$backup/catalog.txt") <(comparable "$work/catalog.txt")); then
        pass catalog "$(wc -l < "$work/catalog.txt") definitions as in the original"
    else
        fail catalog "differs from the original: $(grep -c '^<' <<< "$different") definitions missing, $(grep -c '^>' <<< "$different") additional"
        grep '^[<>]' <<< "$different" | head -n 20 | cut -c1-200 | sed -e 's/^</      missing:/' -e 's/^>/      additional:/'
    fi
}

check_verify() {
    psql -X -q -v ON_ERROR_STOP=1 -f "$backup/verify.sql" > "$work/verify.txt" 2>&1 || true
    local more last
    last=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$work/verify.txt" | tail -n 1)
    more=$(grep '^FAIL' "$work/verify.txt" | grep -vxFf <(grep '^FAIL' "$backup/verify.txt") || true)
    if [ -z "$last" ]; then
        fail verify "did not finish: $(head -n 2 "$work/verify.txt" | tr '\n' ' ')"
    elif [ -n "$more" ]; then
        fail verify "fails where the original passed: $(head -n 5 <<< "$more" | tr '\n' ';')"
    else
        pass verify "verify.sql: $last, as in the original"
    fi
}

# The tests add accounts in a transaction that they roll back, so they do not run on production.
check_access() {
    [ -f "$backup/rls_tests.sql" ] || return 0
    if [ "${environment:-}" = production ]; then
        note access "row-security tests are not run on production"
    elif psql -X -q -v ON_ERROR_STOP=1 -f "$backup/rls_tests.sql" > "$work/rls.txt" 2>&1; then
        pass access "row-security tests: $(tail -n 1 "$work/rls.txt")"
    else
        fail access "row-security tests: $(grep -m 5 -E '^FAIL|ERROR' "$work/rls.txt" | tr '\n' ';')"
    fi
}
