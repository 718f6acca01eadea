# Hashiya's commands. Each says what it does and may be repeated without harm.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check fmt bench browser-test clean

PORT ?= 8000
# Compiled once and kept, also where the environment asks Python not to: each command has some two thousand modules of
# ours and of libraries to read, which takes seconds.
export PYTHONDONTWRITEBYTECODE :=
PY := .venv/bin/python
UV := .venv/bin/uv
# A Node of this machine if it is new enough, else the one that PyPI carries.
NODE_BIN := $(CURDIR)/.venv/node

say = @printf '\033[1m• %s\033[0m\n' "$(1)"

help: ## Show this list.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s'|'

.venv/bin/uv: requirements/uv.txt
	$(call say,Making a Python environment in .venv)
	@python3 -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Hashiya needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@test -x .venv/bin/python || python3 -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.base: .venv/bin/uv requirements/base.txt
	$(call say,Installing the libraries)
	@$(UV) pip install --quiet --python $(PY) --compile-bytecode --require-hashes -r requirements/base.txt
	@touch $@

.venv/.dev: .venv/.base requirements/dev.txt
	$(call say,Installing what the checks and tests need)
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements/dev.txt
	@touch $@

.venv/node: .venv/bin/uv requirements/node.txt
	@bash config/scripts/find_node.sh "$@"

FRONT_SOURCES := $(shell find frontend/src -type f 2>/dev/null) $(wildcard frontend/*.json frontend/*.ts)

frontend/node_modules/.installed: frontend/package-lock.json | .venv/node
	$(call say,Installing the front end's libraries)
	@cd frontend && PATH="$(NODE_BIN):$$PATH" npm ci --silent --no-audit --no-fund
	@touch $@

frontend/dist/manifest.json: frontend/node_modules/.installed $(FRONT_SOURCES)
	$(call say,Building the front end)
	@cd frontend && PATH="$(NODE_BIN):$$PATH" npm run --silent build
	@touch $@

config/locale/ar/LC_MESSAGES/django.mo: config/locale/ar/LC_MESSAGES/django.po archive/management/library_words.py .venv/.base
	$(call say,Compiling the words of the interface)
	@$(PY) manage.py translations --compile

setup: .venv/.base frontend/dist/manifest.json config/locale/ar/LC_MESSAGES/django.mo ## Install and build all that running needs.
	$(call say,Ready)

setup-dev: setup .venv/.dev ## Also install what the checks and tests need.

demo: setup ## Serve a populated site (PORT=8000).
	@PORT=$(PORT) bash config/scripts/demo.sh

test: setup-dev ## Run the tests on the embedded default, and say what was left out.
	@bash config/scripts/test.sh

check: setup-dev ## Format, lint, types, import rules, templates, translations.
	@bash config/scripts/check.sh

fmt: setup-dev ## Put the sources into shape.
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .
	@cd frontend && PATH="$(NODE_BIN):$$PATH" npm run --silent fmt

bench: setup-dev ## Measure against peers and limits, in the same run (ONLY=reading: one of them).
	@$(PY) -m tests.bench $(ONLY)

browser-test: setup-dev ## Drive Chromium through the site.
	@$(PY) -m pytest -m browser tests/browser

clean: ## Remove what was built and the demonstration's data; sources stay.
	rm -rf .venv frontend/node_modules frontend/dist var
