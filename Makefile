# Two commands matter: `make serve` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
PORT ?= 8000
HUIYING_DATA ?= var
RUN := .venv/bin
# The first Python that is new enough; 3.11 is what the locked packages were resolved for.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help setup setup-pdf setup-roster setup-test serve test lint bench screenshots clean python

help: ## list these commands
	@echo "Huiying 回应"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found. On Debian: apt-get install python3 python3-pip python3-venv" >&2; exit 2; }

setup: python ## install into .venv what the program needs (locked, with hashes)
	@$(PYTHON) tools/setup.py core

setup-pdf: python ## the same with what plans as PDF need (60 MB more)
	@$(PYTHON) tools/setup.py pdf

setup-roster: python ## the same with the solver of duty rosters (220 MB more)
	@$(PYTHON) tools/setup.py roster

setup-test: python
	@$(PYTHON) tools/setup.py test

serve: setup ## start with a demo town on 127.0.0.1 (PORT=8000)
	@HUIYING_DATA="$(HUIYING_DATA)" exec $(RUN)/huiying serve --port "$(PORT)"

test: setup-test ## run every test on SQLite and in Chromium (RINGS="postgres postgres-doors" for PostgreSQL)
	@$(RUN)/python -m tests.rings $(RINGS)

lint: setup-test ## check style, types, imports, translations and documents
	@$(RUN)/python tools/lint.py

bench: setup-test ## measure against the targets (a few minutes; BENCH=--all for three sizes)
	@$(RUN)/python -m bench $(BENCH)

screenshots: setup-test ## take the pictures of docs/screenshots again (needs Chromium)
	@HUIYING_TEST_SCREENSHOTS=1 $(RUN)/python -m pytest -q -p no:randomly tests/browser/test_screenshots.py -k shown

clean: ## remove what setup and the tests made; keeps the data in ./var
	@rm -rf .venv .make build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null; rm -rf src/*.egg-info; echo "Clean. The data in ./var is untouched."
