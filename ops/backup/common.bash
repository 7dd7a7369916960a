# Shared by take, list, restore and drill. They exit with 0 if every check passed, 1 if one failed, 2 for usage or configuration.
# shellcheck shell=bash
# Variables set here are used by the scripts that source this file.
# shellcheck disable=SC2034

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
HERE=$ROOT/ops/backup
ENVIRONMENTS="staging production"

# The command may include options.
MAVEN_COMMAND=${MAVEN:-mvn}

passed=0 failed=0 work='' server_process=''

pass() {
    passed=$((passed + 1))
    printf 'PASS  %-10s %s\n' "$1" "$2"
}

fail() {
    failed=$((failed + 1))
    printf 'FAIL  %-10s %s\n' "$1" "$2"
}

note() {
    printf 'INFO  %-10s %s\n' "$1" "$2"
}

# A usage or configuration error: nothing was done.
refuse() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    exit 2
}

# Fails a check without which the script cannot continue.
give_up() {
    fail "$1" "$2"
    finish
}

finish() {
    printf '%s passed, %s failed\n' "$passed" "$failed"
    [ "$failed" = 0 ] || exit 1
    exit 0
}

# Prints the comment at the head of the script.
help() {
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
}

seconds() {
    printf '%s s' $((SECONDS - $1))
}

size_of() {
    du -sh "$1" | cut -f1
}

check_names() {
    case " $ENVIRONMENTS " in
        *" $1 "*) ;;
        *) refuse "there is no environment '$1'; the environments are: $ENVIRONMENTS" ;;
    esac
    [ -f "$ROOT/changelog/$2/changelog.yaml" ] || refuse "there is no system '$2'; the systems are: $(systems | tr '\n' ' ')"
}

systems() {
    (cd "$ROOT/changelog" && for file in */changelog.yaml; do printf '%s\n' "${file%/*}"; done)
}

# PG_BIN is a folder whose PostgreSQL tools are used instead of those on the PATH.
need_tools() {
    local tool bin missing=()
    if [ -n "${PG_BIN:-}" ]; then
        bin=$(cd "$PG_BIN" 2> /dev/null && pwd) || refuse "PG_BIN names no folder: $PG_BIN"
        PATH=$bin:$PATH
    fi
    for tool in "$@"; do
        command -v "$tool" > /dev/null || missing+=("$tool")
    done
    [ ${#missing[@]} = 0 ] || refuse "not installed: ${missing[*]}. On Debian: apt-get install postgresql-client restic jq"
}

# Opens the repository of the backups, a folder or any other repository of restic. Creates one only if asked to.
open_repository() {
    local init=$1 missing=()
    [ -n "${BACKUP_REPOSITORY:-}" ] || missing+=(BACKUP_REPOSITORY)
    [ -n "${BACKUP_PASSWORD:-}" ] || missing+=(BACKUP_PASSWORD)
    [ ${#missing[@]} = 0 ] || refuse "set ${missing[*]}: where the backups are kept, and the password that encrypts them"
    # A relative path must stay valid when the script changes its folder.
    [[ $BACKUP_REPOSITORY == /* || $BACKUP_REPOSITORY == *:* ]] || BACKUP_REPOSITORY=$PWD/$BACKUP_REPOSITORY
    export RESTIC_REPOSITORY=$BACKUP_REPOSITORY RESTIC_PASSWORD=$BACKUP_PASSWORD
    local output
    if [ "$init" = yes ]; then
        output=$(restic init 2>&1) || refuse "cannot create a repository at $BACKUP_REPOSITORY: $output"
    else
        output=$(restic cat config 2>&1 > /dev/null) \
            || refuse "cannot open the repository $BACKUP_REPOSITORY: ${output##*$'\n'}. To create a new repository, use take --init"
    fi
}

# Creates a folder for unencrypted files, which only this user can read; it is deleted when the script ends.
make_work() {
    local parent=${BACKUP_WORK:-$ROOT/backup}
    [[ $parent == /* ]] || parent=$PWD/$parent
    umask 077
    { mkdir -p "$parent" && work=$(mktemp -d "$parent/$1.XXXXXX"); } || refuse "cannot create a folder in $parent"
    trap 'stop_server; rm -rf "$work"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# Stops the throw-away server of server.bash.
stop_server() {
    [ -n "$server_process" ] || return 0
    touch "$work/server/stop" 2> /dev/null || true
    wait "$server_process" 2> /dev/null || true
    server_process=
}

# Lets psql and pg_dump find the database of an environment and system by libpq's variables, so that no password is in the list of processes.
connect() {
    local name variables output
    # Exits with 2 and a message if a variable is missing or wrong.
    variables=$("$ROOT/ops/pg-env" "$1" "$2") || exit
    for name in $(compgen -v PG); do
        unset "$name"
    done
    eval "$variables"
    [[ $PGHOST:$PGPORT != *.supabase.co*:6543 ]] \
        || refuse "port 6543 is the pooler in transaction mode, where a snapshot cannot be held. Use the direct connection or session mode, port 5432"
    export PGAPPNAME="ops/backup/${0##*/}" PGCLIENTENCODING=UTF8 PGCONNECT_TIMEOUT=${PGCONNECT_TIMEOUT:-15}
    output=$(sql 'select' 2>&1) || refuse "cannot connect to the database: ${output%%$'\n'*}"
    target="$2 on $1"
}

# A query whose rows are lines and whose columns are separated by tabs.
sql() {
    psql -X -q -A -t -F $'\t' -v ON_ERROR_STOP=1 -c "$1"
}

# Settings that the text form of values depends on, and no time limits.
SETTINGS="
set search_path = '';
set timezone = 'UTC';
set datestyle = 'ISO, YMD';
set intervalstyle = 'postgres';
set extra_float_digits = 1;
set bytea_output = 'hex';
set statement_timeout = 0;
set lock_timeout = '1min';
set idle_in_transaction_session_timeout = 0;
set row_security = off;"

# The snapshots of an environment's system, oldest first, as JSON.
snapshots() {
    restic snapshots --json --host "$1-$2" --tag "${3:-backup}" | jq '. // [] | sort_by(.time)'
}

# Schemas of a new hosted project; tables.sql names the tables in them that a backup includes.
PLATFORM='{auth,cron,extensions,graphql,graphql_public,information_schema,net,pgbouncer,pgmq_public,pgsodium,pgsodium_masks,pgtle,realtime,_realtime,_analytics,_supavisor,storage,supabase_functions,supabase_migrations,vault,repack,topology,tiger,tiger_data}'

# Reads the manifest of the current backup with jq.
manifest() {
    jq -r "$@" "$work/backup/manifest.json"
}

# pg_dump refuses servers newer than itself.
need_dump_for_server() {
    server=$(sql "select current_setting('server_version_num')::integer / 10000")
    local tool
    for tool in pg_dump pg_restore; do
        local version
        version=$("$tool" --version | grep -oE '[0-9]+' | head -n 1)
        [ "$version" -ge "$server" ] \
            || refuse "$tool $version is older than the server, $server. Install postgresql-client-$server, or name the folder of a newer one in PG_BIN"
    done
}

need_log() {
    local found
    found=$(sql "select to_regclass('extensions.databasechangelog') is not null")
    [ "$found" = t ] || refuse "database $PGDATABASE at $PGHOST has no log of Liquibase: check that the URL is that of $target; if it is, run liquibase:update first"
    found=$(sql "select string_agg(distinct author, ', ') from extensions.databasechangelog")
    [ "$found" = "$1" ] || refuse "database $PGDATABASE at $PGHOST carries the changelog of ${found:-no system}, not of $1"
}

# Finds the snapshot whose id has this prefix, or the newest one of the environment and system; sets the variable snapshot and fetches its files.
fetch() {
    local environment=$1 system=$2 wanted=$3 all started=$SECONDS
    all=$(snapshots "$environment" "$system") || refuse "cannot list the backups in $BACKUP_REPOSITORY"
    [ "$(jq length <<< "$all")" -gt 0 ] || refuse "there is no backup of $system on $environment in $BACKUP_REPOSITORY"
    snapshot=$(jq -r --arg wanted "$wanted" '[.[] | select(.id | startswith($wanted))] | last | .id // ""' <<< "$all")
    [ -n "$snapshot" ] || refuse "there is no backup $wanted of $system on $environment; ops/backup/list $environment $system shows them"
    snapshot=${snapshot:0:8}
    restic restore --quiet "$snapshot" --target "$work/backup" > "$work/restic.out" 2>&1 || give_up fetched "$(tail -n 2 "$work/restic.out" | tr '\n' ' ')"
    [ "$(manifest .format)" = 1 ] || refuse "snapshot $snapshot has a format that this version cannot read"
    [ "$(manifest .system)" = "$system" ] || refuse "snapshot $snapshot is a backup of $(manifest .system)"
    pass fetched "snapshot $snapshot of $(manifest .taken_at), $(size_of "$work/backup"), in $(seconds $started)"
}
