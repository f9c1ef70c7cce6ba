# make dist   source/ -> dist/ (creates .venv at the first call)      make test   the same, then the tests; all: FULL=1
# make lint   ruff and mypy                                           make bench  times against the peer chain
# make accept the validators over everything, which takes some minutes
# make mutants  changes one condition or constant at a time and counts what the fast tests notice
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WENBAN_FLAGS ?=
# One worker for each core; a debugger needs them off: make test PYTEST_FLAGS='-n0 -k name'.
PYTEST_FLAGS ?= -n logical --dist worksteal
MUTANTS ?=
# Those that take long run where this is set, and in CI.
FULL ?=

.PHONY: dist test accept lint bench mutants wheel clean

dist: $(VENV)/installed
	$(BIN)/wenban convert source -o dist $(WENBAN_FLAGS)
	$(BIN)/wenban catalogue dist

test: dist $(VENV)/installed-$(if $(FULL)$(CI),test,part)
	WENBAN_FULL=$(FULL) $(BIN)/pytest $(PYTEST_FLAGS)

accept: $(VENV)/installed-test
	WENBAN_ACCEPT=1 $(BIN)/pytest tests/test_epub_validators.py tests/test_pdf.py tests/test_docx_office.py \
		tests/test_odt_office.py tests/test_verify_folder.py $(PYTEST_FLAGS)

lint: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/installed-bench
	$(BIN)/python -m tests.bench

# Which sample, and of what: make mutants MUTANTS='--seed 2 --count 200 --only convert/zh'.
mutants: $(VENV)/installed-test
	$(BIN)/python -m tests.mutants $(MUTANTS)

wheel: $(VENV)/installed-test
	$(BIN)/python -m build --wheel --outdir build .

clean:
	rm -rf $(VENV) build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find dist -mindepth 1 ! -name README.md -delete

# A stamp file for each set of packages: made again only when pyproject.toml changes.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# Not compiled when installed, but each file when it is first used: half the time.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(PIP) .
	touch $@

# The packages of an extra: what a plain `make test` needs (part), all checkers (test), the peers of the bench.
$(VENV)/installed-%: pyproject.toml $(VENV)/installed
	$(PIP) '.[$*]'
	touch $@
