# mask <environment> <system>: replaces the backup in $work/backup by one of the same form that holds masked rows only.
# The rows are masked in a throw-away server: masking in place would leave originals in dead rows and in the write-ahead log.
#
# shellcheck shell=bash
# The sourcing script sets work.
# shellcheck disable=SC2154

mask() {
    local started=$SECONDS
    start_server "$2"
    need_dump_for_server
    load "$work/backup"
    [ "$failed" = 0 ] || give_up masked "the throw-away copy differs from the original, so nothing was restored"
    masking_rules "$ROOT/ops/backup/masking.yaml" "$ROOT/ops/$2/masking.yaml" > "$work/rules.tsv" || give_up masked "masking.yaml cannot be read, so nothing was restored"
    {
        printf 'begin;\n%s\n' "${SETTINGS//set /set local }"
        printf "select set_config('masking.key', '%s', true) \\g /dev/null\n" "$(printf 'masking %s' "$BACKUP_PASSWORD" | sha256sum | cut -d ' ' -f 1)"
        printf 'create temp table rules (relation text, attribute text, path text, rule text) on commit drop;\n'
        printf "\\\\copy rules from '%s'\n" "$work/rules.tsv"
        printf 'create temp table masked_tables (position integer generated always as identity, oid oid) on commit drop;\n'
        manifest '.tables[] | "insert into masked_tables (oid) values ('\''\(.sql | gsub("'\''"; "'\'''\''"))'\''::regclass);"'
        cat "$HERE/column_rules.sql" "$HERE/quiet.sql" "$HERE/mask.sql"
        printf 'select pg_temp.wake_up() \\g /dev/null\ncommit;\n'
    } > "$work/mask.sql"
    PGUSER=supabase_admin psql -X -q -v ON_ERROR_STOP=1 -f "$work/mask.sql" > /dev/null 2> "$work/mask.err" \
        || give_up masked "$(head -n 3 "$work/mask.err" | tr '\n' ' '): nothing was restored"
    rm -rf "$work/backup"
    dump "$1" "$2" "$work/backup"
    stop_server
    pass masked "$(manifest .rows) rows, in $(seconds "$started")"
}

# Prints the rules of masking.yaml files: table, column, path in a document, rule. Only these forms of YAML are understood.
masking_rules() {
    awk '
        { line = $0; sub(/[[:space:]]*#.*$/, "", line) }
        line == "" { next }
        line ~ /^[a-z_]+\.[a-z0-9_]+: drop$/ { sub(/:.*/, "", line); print line "\t\t\tdrop"; next }
        line ~ /^[a-z_]+\.[a-z0-9_]+:$/ { sub(/:/, "", line); table = line; next }
        { split(line, part, /[: ]+/) }
        line ~ /^  [a-z0-9_]+: (keep|fake|hash|empty)$/ { print table "\t" part[2] "\t\t" part[3]; next }
        line ~ /^  [a-z0-9_]+:$/ { column = part[2]; print table "\t" column "\t\tfake"; next }
        line ~ /^    [A-Za-z0-9_.]+: (keep|fake)$/ { print table "\t" column "\t" part[2] "\t" part[3]; next }
        { printf "%s:%d cannot be read: %s\n", FILENAME, FNR, $0 > "/dev/stderr"; exit 1 }
    ' "$@"
}
