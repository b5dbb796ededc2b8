# `make render` and `make test` each do all their own set-up: Python 3.11+, pip, venv and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Without bytecode, each program that a test starts would compile the whole package again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: render test update lint bench clean

render: $(VENV)/.installed
	$(BIN)/newsletter render

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

# Writes every generated file again: golden files, the schema, the pages of docs/reference/, the output in the tutorial.
update: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --quiet --update -m generated

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Measures time, memory and size beside other stacks, for ten to twenty minutes, and writes docs/explanation/speed.md.
# `make bench SIZES=1,5` is a short run, which only prints. The stacks of Node need Node.js and npm.
bench: $(VENV)/.installed-bench
	$(BIN)/python bench/speed.py $(if $(SIZES),--sizes $(SIZES) --runs 3 --issues 20,--write)

clean:
	rm -rf $(VENV) build dist

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newsletter needs Python 3.11 or later; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	touch $@ $(VENV)/.installed
