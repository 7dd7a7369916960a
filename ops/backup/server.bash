# start_server <system>: starts a throw-away server that fits the backup in $work/backup and connects to its empty database.
# It ends with the script, or at stop_server. The array maven gets the options by which Maven finds the database.
#
# shellcheck shell=bash
# The sourcing script sets work and uses maven.
# shellcheck disable=SC2034,SC2154

start_server() {
    local started=$SECONDS needs db=embedded prefix url newer compiled=()
    needs=$(manifest '[.extensions[] | select(. == "vector" or . == "pg_cron")] | join(" and ")')
    [ -z "$needs" ] || db=container
    newer=$(find "$ROOT/src" "$ROOT/pom.xml" -newer "$ROOT/target/test-classes/changelogs/server/ThrowAwayServer.class" -print -quit 2> /dev/null || printf missing)
    [ -n "$newer" ] || compiled=(-Dmaven.main.skip -Dmaven.test.skip)
    (cd "$ROOT" && exec $MAVEN_COMMAND -B -ntp -q -Pthrow-away-server "${compiled[@]+"${compiled[@]}"}" -Ddb=$db -Ddb.version="$(manifest .server_major)" \
        -Dserver.folder="$work/server" -Dserver.process=$$) > "$work/server.log" 2>&1 < /dev/null &
    server_process=$!
    until [ -s "$work/server/url" ]; do
        kill -0 "$server_process" 2> /dev/null || give_up server "did not start: $(grep -m 3 -E 'ERROR|Exception' "$work/server.log" | tr '\n' ' ')"
        sleep 0.5
    done
    url=$(cat "$work/server/url")
    prefix=$(tr 'a-z-' 'A-Z_' <<< "$1")_SERVER_DB
    export "${prefix}_URL=$url" "${prefix}_USER=postgres" "${prefix}_PASSWORD=postgres"
    connect server "$1"
    maven=("-P$1" "-Dliquibase.driver=org.postgresql.Driver" "-Dliquibase.url=$url" -Dliquibase.username=postgres -Dliquibase.password=postgres)
    pass server "PostgreSQL $(sql 'show server_version'), ${needs:+with $needs, }in $(seconds $started)"
}
