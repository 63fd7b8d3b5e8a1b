# `make demo` shows the system, `make test` proves it; neither needs anything else typed.
.DEFAULT_GOAL := help
.PHONY: help demo start test prove bench lint ledger docs clean
PYTHON ?= python3
PIP := .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes

help:
	@echo "make demo    a demo town at http://127.0.0.1:8000 (Ctrl-C stops it)"
	@echo "make start   an empty town for real use"
	@echo "make test    the whole suite; make lint: style, types and layers"
	@echo "make prove   the long proofs (power cuts, soaks); make bench: figures"
	@echo "make ledger  docs/reference/ledger.md; make docs: pictures and reference"
	@echo "make clean   remove what was built (the data in var/ stays)"

demo: .venv/run.stamp var/vendor.stamp var/messages.stamp
	@bin/shouwang demo

start: .venv/run.stamp var/vendor.stamp var/messages.stamp
	@bin/shouwang start

test: .venv/test.stamp var/vendor.stamp var/messages.stamp
	@.venv/bin/python -m pytest -q -n 2 --dist loadfile

prove: .venv/test.stamp var/vendor.stamp var/messages.stamp
	@.venv/bin/python -m tests.prove

bench: .venv/bench.stamp var/vendor.stamp var/messages.stamp
	@.venv/bin/python -m bench

lint: .venv/test.stamp
	@.venv/bin/python -m ruff check .
	@.venv/bin/python -m ruff format --check --quiet .
	@.venv/bin/python -m mypy shouwang
	@.venv/bin/python -m djlint --lint --quiet shouwang

ledger: .venv/test.stamp
	@.venv/bin/python -m tests.ledger

docs: .venv/test.stamp var/vendor.stamp var/messages.stamp
	@bin/shouwang document
	@.venv/bin/python -m tests.pictures
	@.venv/bin/python -m tests.recording
	@.venv/bin/python -m tests.ledger

clean:
	rm -rf .venv node_modules var/vendor var/*.stamp var/test-* .pytest_cache .mypy_cache .ruff_cache

.venv/bin/python:
	@echo "[1/5] Virtual environment …"
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.txt requirements/plan.txt | .venv/bin/python
	@echo "[2/5] Python packages (about 270 MB) …"
	@$(PIP) -r requirements/run.txt -r requirements/plan.txt
	@touch $@

.venv/test.stamp: requirements/test.txt requirements/link.txt .venv/run.stamp
	@echo "      Python packages for tests …"
	@$(PIP) -r requirements/run.txt -r requirements/plan.txt -r requirements/link.txt -r requirements/test.txt
	@touch $@

.venv/bench.stamp: requirements/bench.txt .venv/test.stamp
	@echo "      Python packages for benchmarks …"
	@$(PIP) -r requirements/run.txt -r requirements/bench.txt
	@touch $@

node_modules/.stamp: package-lock.json | .venv/run.stamp
	@echo "[3/5] Front-end packages …"
	@bin/shouwang npm ci --no-progress --loglevel=error
	@touch $@

var/vendor.stamp: shouwang/ui/vendor.py node_modules/.stamp
	@echo "[4/5] Front-end files …"
	@mkdir -p var
	@bin/shouwang vendor
	@touch $@

var/messages.stamp: $(wildcard shouwang/*/locale/zh_Hans/LC_MESSAGES/*.po shouwang/*/*/locale/zh_Hans/LC_MESSAGES/*.po) | .venv/run.stamp
	@echo "[5/5] Translations …"
	@mkdir -p var
	@bin/shouwang messages
	@touch $@
