#!/usr/bin/env bash
# Prepare the embedded site, fill it once with the demonstration, and serve it with a real worker.
set -euo pipefail
export DEMO=${DEMO:-yes} PORT=${PORT:-8000}
export PUBLIC_URL=${PUBLIC_URL:-http://localhost:$PORT}
say() { printf '\033[1m• %s\033[0m\n' "$1"; }

if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then
  echo "Port $PORT is taken by another program. Choose another: make demo PORT=8001" >&2
  exit 1
fi
say "Preparing the database"
.venv/bin/python manage.py migrate --verbosity 0
say "Filling it with the demonstration collection (once)"
.venv/bin/python manage.py demo_data
say "Starting web server and worker; stop them with Ctrl+C"
echo
echo "    Arabic:  $PUBLIC_URL/ar/"
echo "    English: $PUBLIC_URL/en/"
echo
.venv/bin/python manage.py demo_data --accounts
# Celery advises against root; who runs the demonstration as root on their own machine has decided that.
export PYTHONWARNINGS=${PYTHONWARNINGS:-ignore::UserWarning}
exec .venv/bin/honcho --no-colour -f config/scripts/Procfile start
