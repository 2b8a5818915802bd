# Everything a person does here, in one word each. `make` alone lists the words.
# Works with GNU make 3.81 and later; the recipes need nothing but a POSIX shell and Python.

VENV ?= .venv
SITE ?=
PORT ?= 8000
# The first of these that is new enough; `make PYTHON=/path/to/python` names another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

, := ,
BIN = $(VENV)/bin
READY = $(VENV)/.ready
UNFINISHED = $(VENV)/.unfinished
PIP = $(BIN)/python -m pip --disable-pip-version-check -qq

.PHONY: help setup run serve test test-system test-long lint types imports format bench lock clean

help: ## list these words
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(READY) ## make the environment in .venv (the other words do it when it is needed)

# Redone when the lock or the project changes. The marker tells an environment that was interrupted half
# way, which is begun anew, from one that only has to catch up.
$(READY): requirements.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then \
	  echo "make: no Python 3.11 or later; install one (Debian: apt install python3-venv; macOS: brew install python)," \
	       "or name it: make PYTHON=/path/to/python" >&2; exit 1; fi
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "make: $(PYTHON) comes without venv; install it (Debian, Ubuntu: apt install python3-venv; elsewhere it" \
	       "is part of Python), or name another Python: make PYTHON=/path/to/python" >&2; exit 1; }
	@[ -e $(READY) ] && echo "Bringing $(VENV) up to date with requirements.lock …" || \
	  echo "Setting up $(VENV) with $$($(PYTHON) --version), from requirements.lock; once, about half a minute …"
	@if [ -e $(UNFINISHED) ]; then $(PYTHON) -m venv --clear $(VENV); \
	  elif [ ! -x $(BIN)/python ]; then $(PYTHON) -m venv $(VENV); fi
	@rm -f $(READY) && touch $(UNFINISHED)
	@$(PIP) install --no-compile --require-hashes -r requirements.lock
	@$(PIP) install --no-compile --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib syndicate > /dev/null || true  # on all cores; pip would take one
	@$(BIN)/python -c 'from syndicate.templating.compiled import keep_ours; keep_ours()'
	@rm $(UNFINISHED) && touch $(READY)

run: $(READY) ## the whole river once, on the example site, or on yours: make run SITE=path
ifeq ($(SITE),)
	@$(BIN)/syndicate --quiet subscriber import example/readers.csv --list gazette --confirmed \
	  --consent "invented for the example"
	@$(BIN)/syndicate run --once
else
	@$(BIN)/syndicate --site "$(SITE)" run --once
endif

serve: $(READY) ## feeds, pages and unsubscribing on http://127.0.0.1:8000/ (PORT=8080 for another)
	@$(BIN)/syndicate serve --port $(PORT)

# One more than there are cores: some tests wait, for a server's patience or a process to end.
WORKERS = $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

test: lint types imports ## lint, types, import contracts, and every test of two minutes (all but the long ones in CI)
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "$(if $(SYNDICATE_TEST_EVERYTHING),not long,not long and not system)"
	@echo "Left out: $(if $(SYNDICATE_TEST_EVERYTHING),,what kills processes and fills disks$(,) PostgreSQL$(,) and whole sites" \
	  "by the command line (make test-system)$(,) )what takes minutes (make test-long), and what is named SKIPPED above," \
	  "each with its reason."

test-system: $(READY) ## processes killed, disks filled, PostgreSQL, Postfix, a browser, whole sites: some minutes
	@$(BIN)/pytest -n auto -m "system and not long"

test-long: $(READY) ## the tests that take minutes
	@$(BIN)/pytest -n auto -m long

lint: $(READY) ## ruff: every rule on, the exceptions reasoned in pyproject.toml
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .

types: $(READY)
	@$(BIN)/mypy --no-error-summary -p syndicate -p bench

imports: $(READY)
	@$(BIN)/lint-imports > $(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }

format: $(READY) ## put the layout right
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

bench: $(VENV)/.bench ## speed, each figure as a ratio to a named reference measured in the same run
	@$(BIN)/python -m bench

# Hugo is measured against, and is no part of the environment until somebody does.
$(VENV)/.bench: $(READY) bench/requirements.txt
	@echo "Adding what is measured against, from bench/requirements.txt …"
	@$(PIP) install --require-hashes -r bench/requirements.txt && touch $(VENV)/.bench

lock: $(READY) ## renew requirements.lock from pyproject.toml
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	  --output-file requirements.lock pyproject.toml

clean: ## remove the environment and the caches; outbox/ stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist *.egg-info
