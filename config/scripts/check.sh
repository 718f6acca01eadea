#!/usr/bin/env bash
# Format, lint, types, import rules, templates, translations; stops at the first that fails.
set -euo pipefail
export DJANGO_SETTINGS_MODULE=config.settings.test PATH="$PWD/.venv/node:$PATH"
say() { printf '\033[1m• %s\033[0m\n' "$1"; }
say "Format";       .venv/bin/ruff format --check .
say "Lint";         .venv/bin/ruff check .
say "Import rules"; .venv/bin/lint-imports
say "Types";        .venv/bin/mypy
say "Templates";    .venv/bin/djlint --quiet --lint archive/templates annotations/templates
say "Translations"; .venv/bin/python manage.py translations --missing
say "Migrations";   .venv/bin/python manage.py makemigrations --check --dry-run
say "Front end";    (cd frontend && npm run --silent check)
say "All checks pass"
