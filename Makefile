# What a person types, and what the continuous integration calls: `make help` lists it.
#
# Everything lives in .venv, made by the standard library from a lock with hashes. A stamp holds
# the sums of what was installed, so that nothing is done twice: see `installed` below.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
unexport PYTHONPATH PYTHONHOME

# The Python that makes .venv: any from 3.11; by default the first that really starts.
PYTHON ?=
PYTHONS = $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14
BIN = .venv/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check -qq install

# $(call installed,NAME): .venv holds requirements/NAME.txt and the project, installed in place.
# The locks are whole: --no-deps is quicker. The build backend is in them: no isolation.
# .venv is made anew if it came from another place or if its Python is gone.
define installed
@set -e; \
sum="$$(cat requirements/$(1).txt pyproject.toml | cksum)"; \
if ! [ -x $(BIN)/python ] || [ "$$(cat .venv/place 2>/dev/null)" != "$$PWD" ]; then \
	for python in $(PYTHONS) ''; do \
		[ -n "$$python" ] || { echo 'No Python from 3.11 with venv (Debian: python3-venv); set PYTHON.' >&2; exit 1; }; \
		"$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	done; \
	rm -rf .venv; "$$python" -m venv .venv; printf '%s\n' "$$PWD" > .venv/place; \
fi; \
if [ "$$(cat .venv/$(1).sum 2>/dev/null)" != "$$sum" ]; then \
	echo 'Installing requirements/$(1).txt into .venv (once)…' >&2; \
	$(PIP) --no-deps --require-hashes --requirement requirements/$(1).txt; \
	$(PIP) --no-deps --no-build-isolation --editable .; \
	printf '%s\n' "$$sum" > .venv/$(1).sum; \
fi
endef

.PHONY: help
help: ## list what can be asked
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name what; do printf '%-19s%s\n' "$$name" "$$what"; done

.PHONY: run
run: ## try the assistant, with invented people (no network, no development tool)
	$(call installed,run)
	@$(BIN)/espace-tui demo

.PHONY: counter
counter: ## try the counter, with invented people
	$(call installed,run)
	@$(BIN)/espace-tui demo --counter

.PHONY: dev
dev: ## install everything needed to work on it
	$(call installed,dev)

.PHONY: test
# Tests write thousands of small files and wait for each to be on the disk: memory, where there is
# enough of it, makes them three times quicker. What they prove does not depend on it.
QUICK = $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 2000000 { print "/dev/shm" }')
test soak: export TMPDIR := $(or $(QUICK),$(TMPDIR),/tmp)

test: dev ## run the tests with coverage; `make test ARGS='-k nir'` runs a part without it
	$(BIN)/python -m pytest $(if $(ARGS),$(ARGS),--numprocesses 3 --dist loadfile --no-loadscope-reorder --cov --cov-report=term)
	$(if $(ARGS),,$(BIN)/coverage report --include='$(WHOLE)' --precision=2 --fail-under=100)

# Decides what is right or wrong: every branch is tested.
WHOLE = espace_tui/validators/*,espace_tui/journey/session.py,espace_tui/journey/wizard.py,espace_tui/errors.py,espace_tui/activation/*.py,espace_tui/activation/crypto/*,espace_tui/activation/mail/*.py,espace_tui/activation/records/*,espace_tui/activation/use_cases/*

.PHONY: check
check: format-check lint types imports spelling texts-check ## all that can be checked without running; writes nothing (-k: show all)

.PHONY: format-check lint types imports spelling texts-check
format-check: dev
	$(BIN)/ruff format --check .
lint: dev
	$(BIN)/ruff check .
types: dev
	$(BIN)/mypy
imports: dev
	$(BIN)/lint-imports --no-logo
spelling: dev
	$(BIN)/codespell
	$(BIN)/codespell --toml /dev/null --dictionary tools/spelling/french-mistakes.txt $(FRENCH)
texts-check: dev
	$(BIN)/python -m tools.texts check

FRENCH = espace_tui/i18n/locale/fr/*.po $(wildcard *.fr.md docs/*.fr.md)

.PHONY: fix
fix: dev ## format, and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: texts
texts: dev ## compile the texts of both languages
	$(BIN)/python -m tools.texts compile

.PHONY: bench
bench: dev ## measure: start, key to screen, memory, service
	$(BIN)/python -m bench $(ARGS)

.PHONY: soak
soak: dev ## the long proofs: kills, faults, thousands of journeys
	$(BIN)/python -m pytest -m soak $(ARGS)

.PHONY: mutants
mutants: export TMPDIR := $(or $(QUICK),$(TMPDIR),/tmp)
mutants: dev ## what the tests would let through; ARGS='validators' for one part (long)
	$(BIN)/python -m tools.mutants $(ARGS)

.PHONY: screenshots
screenshots: dev ## draw every screen again for the documentation
	$(BIN)/python -m tools.screenshots

.PHONY: lock
lock: dev ## choose the newest versions that agree, for Python from 3.11 (LOCK=--no-upgrade: keep)
	$(call locked,dev,--all-extras --group dev)
	$(call locked,service,--extra service --constraint requirements/dev.txt)
	$(call locked,run,--constraint requirements/dev.txt)

LOCK ?= --upgrade
# $(call locked,NAME,OPTIONS): no index address and no path of this machine ends up in a lock.
locked = UV_CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links $(filter --upgrade,$(LOCK)) \
	--output-file requirements/$(1).txt pyproject.toml --group build $(2)

.PHONY: clean
clean: ## remove all that can be made again
	rm -rf .venv build dist htmlcov .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache snapshot_report.html
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
