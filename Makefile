# `make run` and `make test` make their own environment in .venv, from the versions in constraints.txt.

PYTHON ?= python3
BIN := .venv/bin
# The environment as it should be: made anew when the project's metadata or the pinned versions change.
READY := .venv/.ready

.PHONY: run test lint types imports tests docs prove bench golden clean
.DEFAULT_GOAL := run

# Every gap is told, those that the baseline accepts as well.
run: $(READY)
	@$(BIN)/annotator extract --quiet corpus
	@$(BIN)/annotator verify annotations
	@$(BIN)/annotator reconcile annotations --baseline /dev/null || [ $$? -eq 1 ]
	@$(BIN)/annotator report annotations

test: lint types imports tests

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports

# The browser has an event loop of its own, which the tests of the terminal application must not meet.
tests: $(READY)
	$(BIN)/pytest -n auto --ignore=tests/browser
	$(BIN)/pytest tests/browser

# The documentation as a site, in build/site.
docs: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

# Speed and memory beside the bare tokenizer, in one run; ARTICLES is a folder of texts to measure on.
bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python -m benchmarks $(ARTICLES)

# The random tests of the reconciler at full size, and its selftest on every record of the gold; takes minutes.
prove: $(READY)
	$(BIN)/pytest tests/test_reconciliation.py --prove
	$(BIN)/annotator selftest --all

# The whole-article golden files, rewritten on purpose: look at the diff before committing it.
golden: $(READY)
	$(BIN)/pytest tests/test_golden.py --update-golden

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; say which with make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
