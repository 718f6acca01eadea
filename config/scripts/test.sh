#!/usr/bin/env bash
# The tests on the embedded default; names what this machine cannot run.
set -euo pipefail
export PATH="$PWD/.venv/node:$PATH"
say() { printf '\033[1m• %s\033[0m\n' "$1"; }
# An empty database is migrated meanwhile, for all tests to copy.
.venv/bin/python -m tests.migrated & migrating=$!
say "Import rules"
.venv/bin/lint-imports
say "Front end tests"
(cd frontend && npm test --silent)
say "Python tests on SQLite"
.venv/bin/python -m pytest -n "${TEST_WORKERS:-2}" -m "not browser and not postgres and not broker and not slow" tests "$@"
wait "$migrating"
say "Left out here: browser, PostgreSQL, broker and slow suites (.ci/run has them)"
