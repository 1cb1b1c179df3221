#!/bin/sh
# A telephone exchange that lives as long as one command: Kamailio with the configuration that Astra ships, on loopback.
# Usage: tests/throwaway_kamailio.sh COMMAND...   The command finds ASTRA_TEST_KAMAILIO (its port for Astra),
# ASTRA_TEST_SIP (where calls arrive), ASTRA_TEST_DESK (where it hands them on) and ASTRA_SERVICES=1.
# Telephones that ring in vain give up after 6 seconds, and a call of which nobody says the end is over after 8.
set -eu
cd "$(dirname "$0")/.."
DIR=$(mktemp -d)
KAMAILIO=$(command -v kamailio || printf /usr/sbin/kamailio)
FIRST=${FIRST_PORT:-5960}
SIP=$FIRST DESK=$((FIRST + 2)) ASTRA=$((FIRST + 8))
"$KAMAILIO" -f src/astra/sites/telephone/data/kamailio.cfg -DD -E -m 64 -Y "$DIR" -P "$DIR/pid" -w "$DIR" \
    -A "LISTEN=udp:127.0.0.1:$SIP" -A "EXCHANGE=\"sip:127.0.0.1:$DESK\"" -A "ASTRA=\"127.0.0.1:$ASTRA\"" \
    -A RING_MS=6000 -A ANSWERS_MS=2000 -A LONGEST_CALL_S=8 >"$DIR/log" 2>&1 &
PID=$!
trap 'kill $PID 2>/dev/null || true; wait $PID 2>/dev/null || true; rm -rf "$DIR"' EXIT
trap 'exit 130' INT TERM
tries=0
until python3 -c "import socket; socket.create_connection(('127.0.0.1', $ASTRA), 1).close()" 2>/dev/null; do
    tries=$((tries + 1))
    if [ $tries -gt 100 ] || ! kill -0 $PID 2>/dev/null; then
        cat "$DIR/log" >&2 || true
        echo "kamailio did not start." >&2
        exit 1
    fi
    sleep 0.1
done
ASTRA_TEST_KAMAILIO=$ASTRA ASTRA_TEST_SIP=$SIP ASTRA_TEST_DESK=$DESK ASTRA_SERVICES=1 "$@"
