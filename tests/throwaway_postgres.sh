#!/bin/sh
# A PostgreSQL that lives as long as one command: its own folder, a Unix socket, no port, nothing kept.
# Usage: tests/throwaway_postgres.sh COMMAND...   The command finds ASTRA_DATABASE_URL and ASTRA_KEYSTORE_URL.
# Works as root (the server then runs as postgres) and as an ordinary user. fsync is off: for tests only.
# With KEPT_POSTGRES=FOLDER its data stay there for the next time, and it writes to the disk as at work: for measuring.
set -eu
BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
BIN=${BIN:-$(pg_config --bindir)}
DIR=$(mktemp -d)
DATA=$DIR/data MODE=immediate DURABLE="-c fsync=off -c full_page_writes=off"
if [ -n "${KEPT_POSTGRES:-}" ]; then
    mkdir -p "$KEPT_POSTGRES"
    KEPT_POSTGRES=$(cd "$KEPT_POSTGRES" && pwd)
    DATA=$KEPT_POSTGRES/data MODE=fast DURABLE="-c shared_buffers=512MB -c max_wal_size=2GB"
fi
AS=
if [ "$(id -u)" = 0 ]; then
    chown postgres "$DIR" ${KEPT_POSTGRES:+"$KEPT_POSTGRES"}
    AS="runuser -u postgres --"
fi

stop() {
    cd /
    $AS "$BIN/pg_ctl" -D "$DATA" -m $MODE -s stop || true
    rm -rf "$DIR"
}

HERE=$PWD
cd "$DIR"
is_new=
if [ ! -e "$DATA/PG_VERSION" ]; then
    is_new=yes
    $AS "$BIN/initdb" -D "$DATA" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
fi
trap stop EXIT
trap 'exit 130' INT TERM
$AS "$BIN/pg_ctl" -D "$DATA" -w -s -l "$DIR/log" \
    -o "-k $DIR -p 54329 -c listen_addresses='' -c max_connections=200 $DURABLE" start
for name in ${is_new:+astra keystore}; do
    $AS "$BIN/createdb" -h "$DIR" -p 54329 -U postgres "$name"
done
$AS "$BIN/postgres" --version
cd "$HERE"

SOCKET=$(printf %s "$DIR" | sed 's|/|%2F|g')
export ASTRA_DATABASE_URL="postgres://postgres@$SOCKET:54329/astra"
export ASTRA_KEYSTORE_URL="postgres://postgres@$SOCKET:54329/keystore"
"$@"
