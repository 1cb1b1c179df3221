#!/bin/sh
# A virus scanner that lives as long as one command, with one signature: the harmless EICAR test file.
# Usage: tests/throwaway_clamd.sh COMMAND...   The command finds ASTRA_CLAMD and ASTRA_SERVICES=1.
# Nothing is downloaded: the signatures a real scanner uses are not needed to know that scanning works.
set -eu
DIR=$(mktemp -d)
CLAMD=$(command -v clamd || printf /usr/sbin/clamd)
mkdir "$DIR/signatures"
# Written in hexadecimal, so that a scanner on this machine does not take this script for the test file.
printf '%s' 'Eicar-Test:0:0:58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d5354414e444152442d' \
    '414e544956495255532d544553542d46494c452124482b482a' >"$DIR/signatures/eicar.ndb"
printf '\n' >>"$DIR/signatures/eicar.ndb"
cat >"$DIR/clamd.conf" <<CONF
LocalSocket $DIR/socket
DatabaseDirectory $DIR/signatures
LogFile $DIR/log
TemporaryDirectory $DIR
StreamMaxLength 200M
MaxFileSize 200M
MaxScanSize 200M
Foreground yes
CONF

"$CLAMD" --config-file="$DIR/clamd.conf" >/dev/null 2>&1 &
PID=$!
trap 'kill $PID 2>/dev/null || true; wait $PID 2>/dev/null || true; rm -rf "$DIR"' EXIT
trap 'exit 130' INT TERM
tries=0
until [ -S "$DIR/socket" ]; do
    tries=$((tries + 1))
    if [ $tries -gt 300 ] || ! kill -0 $PID 2>/dev/null; then
        cat "$DIR/log" >&2 || true
        echo "clamd did not start." >&2
        exit 1
    fi
    sleep 0.1
done
ASTRA_CLAMD="$DIR/socket" ASTRA_SERVICES=1 "$@"
