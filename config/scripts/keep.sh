#!/usr/bin/env bash
# Keep a command running: when it dies (out of memory, killed), start it again, so that the site stays up and the
# sweep gives back what it was doing. Ends with the command when it is told to.
set -uo pipefail
child=
stop() {
  trap '' TERM INT
  kill -TERM "$child" 2>/dev/null
  wait "$child"
  exit 0
}
trap stop TERM INT
while true; do
  "$@" &
  child=$!
  wait "$child"
  echo "Ended with code $?; starting it again." >&2
  sleep "${PAUSE:-2}"
done
