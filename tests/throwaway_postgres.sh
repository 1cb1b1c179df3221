#!/bin/sh
# A PostgreSQL that lives as long as one command: its own folder, a Unix socket, no port, nothing kept.
# Usage: tests/throwaway_postgres.sh COMMAND...   The command finds ASTRA_DATABASE_URL and ASTRA_KEYSTORE_URL.
# Works as root (the server then runs as postgres) and as an ordinary user. fsync is off: for tests only.
set -eu
BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
BIN=${BIN:-$(pg_config --bindir)}
DIR=$(mktemp -d)
AS=
if [ "$(id -u)" = 0 ]; then
    chown postgres "$DIR"
    AS="runuser -u postgres --"
fi

stop() {
    cd /
    $AS "$BIN/pg_ctl" -D "$DIR/data" -m immediate -s stop || true
    rm -rf "$DIR"
}

HERE=$PWD
cd "$DIR"
$AS "$BIN/initdb" -D "$DIR/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
trap stop EXIT
trap 'exit 130' INT TERM
$AS "$BIN/pg_ctl" -D "$DIR/data" -w -s -l "$DIR/log" \
    -o "-k $DIR -p 54329 -c listen_addresses='' -c max_connections=200 -c fsync=off -c full_page_writes=off" start
for name in astra keystore; do
    $AS "$BIN/createdb" -h "$DIR" -p 54329 -U postgres "$name"
done
$AS "$BIN/postgres" --version
cd "$HERE"

SOCKET=$(printf %s "$DIR" | sed 's|/|%2F|g')
export ASTRA_DATABASE_URL="postgres://postgres@$SOCKET:54329/astra"
export ASTRA_KEYSTORE_URL="postgres://postgres@$SOCKET:54329/keystore"
"$@"
