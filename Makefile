# The whole of Byfolk in five words: setup, demo, test, check, bench. `make help` says what each does.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help setup demo test check bench clean

help: ## Say what each word does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

.venv/base: requirements/bootstrap.txt requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Byfolk needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "  Installing Byfolk's packages (about a minute the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/base.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/base requirements/dev.txt
	@echo "  Installing what tests need"
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

setup: .venv/base ## Install packages, build style, texts and database
	@$(BIN)/byfolk setup

demo: .venv/base ## Load the demo city of 50,000 employees and serve it at http://127.0.0.1:8000/
	@$(BIN)/byfolk setup --no-database
	@$(BIN)/byfolk demo

test: .venv/dev ## Run every test, the browser's too
	@$(BIN)/byfolk setup --no-database
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/dev ## Format, lint, types, import rules, migrations, translations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports
	@$(BIN)/byfolk manage makemigrations --check --dry-run
	@$(BIN)/byfolk translations --check
	@$(BIN)/mypy byfolk

bench: .venv/dev ## Measure everything in docs/benchmarks.md at full size (about ten minutes)
	@$(BIN)/byfolk setup --no-database
	@$(BIN)/python -m tests.bench

clean: ## Remove what can be made again (never the database)
	rm -rf .venv node_modules byfolk/portal/static_built var/static
