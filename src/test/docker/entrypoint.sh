#!/bin/sh
# Creates the cluster on the first start, then runs the server. POSTGRES_PASSWORD is the password of the superuser.
set -eu

if [ ! -s "$PGDATA/PG_VERSION" ]; then
    printf '%s' "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}" > /tmp/password
    initdb --pgdata="$PGDATA" --username=postgres --pwfile=/tmp/password \
        --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 > /dev/null
    rm /tmp/password
    echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
    cat >> "$PGDATA/postgresql.conf" << 'END'
shared_preload_libraries = 'pg_cron'
cron.database_name = 'scheduled'
cron.use_background_workers = on
max_worker_processes = 32
END
    echo 'create database scheduled' | postgres --single -D "$PGDATA" postgres > /dev/null
fi

exec "$@" -c listen_addresses='*'
