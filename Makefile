# Two commands are enough on a fresh machine: `make run` and `make test`. Both call `make setup`.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python

.PHONY: help setup setup-dev run test lint format bench clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.installed ## the virtual environment, the system packages and the recogniser
	@./scripts/system-packages run
	@$(VENV)/bin/troly models install whisper-base
	@$(VENV)/bin/troly warm

setup-dev: setup $(VENV)/.installed-dev
	@./scripts/system-packages test

$(VENV)/bin/pip:
	@./scripts/make-venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/pip
	$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/.installed
	$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

run: setup ## start the kiosk on 127.0.0.1:8550
	@$(VENV)/bin/troly run

test: setup-dev lint ## everything CI checks
	$(PY) -m pytest

lint: setup-dev ## ruff, mypy --strict, import rules between the rooms
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache

format: setup-dev
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

bench: setup-dev ## the figures in docs/, on this machine
	$(PY) -m bench

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build *.egg-info
