#!/usr/bin/env bash
# Keep a command running: when it dies (out of memory, killed), start it again, so that the site stays up and the
# sweep gives back what it was doing. Ends with the command when it is told to.
set -uo pipefail
child=
told=
stop() {
  told=yes
  if [ -n "$child" ]; then kill -TERM "$child" 2>/dev/null; fi
}
trap stop TERM INT
while [ -z "$told" ]; do
  "$@" &
  child=$!
  # Told to end after the command began and before its number was known: nobody has passed it on yet.
  if [ -n "$told" ]; then kill -TERM "$child" 2>/dev/null; fi
  wait "$child"
  code=$?
  # A signal ends the waiting, not the command; what is still there is waited for again.
  while kill -0 "$child" 2>/dev/null; do wait "$child"; done
  child=
  if [ -z "$told" ]; then
    echo "Ended with code $code; starting it again." >&2
    sleep "${PAUSE:-2}"
  fi
done
