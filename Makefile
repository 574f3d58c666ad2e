# Everything runs in the project's own environment, .venv; the first run of a target builds what it needs.
#   make demo    show the program at work (needs only Python)
#   make test    all tests            make lint    style, types, import contracts
#   make bench   speed and accuracy   make fuzz    damaged and hostile files
#   make docs    write docs/rules again from the rules, and the finding README shows

VENV := .venv
BIN := $(VENV)/bin
PATHS := juesuan tests $(wildcard tools/*.py) $(wildcard bench/*.py)

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench fuzz docs clean

help:
	@sed -n '2,5s/^# *//p' Makefile

$(VENV)/.ready: pyproject.toml tools/setup.sh
	@tools/setup.sh venv $(VENV)
	@tools/setup.sh install $(VENV) .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	@tools/setup.sh install $(VENV) '.[dev]'
	@touch $@

# Left unmarked while something is missing, so that it is said again the next time.
$(VENV)/.ready-system: tools/setup.sh $(VENV)/.ready
	@if tools/setup.sh system; then touch $@; fi

demo: $(VENV)/.ready
	@$(BIN)/juesuan demo

test: $(VENV)/.ready-dev $(VENV)/.ready-system
	@$(BIN)/python -m pytest -n 2 $(PYTEST)

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(PATHS)
	$(BIN)/lint-imports

format: $(VENV)/.ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.ready-dev
	@$(BIN)/python bench/run.py

fuzz: $(VENV)/.ready-dev
	@$(BIN)/python bench/fuzz.py

docs: $(VENV)/.ready-dev
	@$(BIN)/python tools/make_docs.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
