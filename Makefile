# Everything needs only make and Python 3.11 or newer; `make help` lists the targets.
#
#   make reports CITIES=norwalk     one city instead of all four
#   make test PYTHON=python3.12     another Python (for a new .venv)
#   make test WORKERS=4             more test processes
#   make test THOROUGH=1            the slow tests too: every city, page, layout and report

PYTHON  ?= python3
WORKERS ?= 2
CITIES  ?=
THOROUGH ?=

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.installed
UV    := .venv-lock/bin/uv
PIP   := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help reports test lab bench lint clean lock python

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s  %s\n", $$1, $$2 }' Makefile

reports: $(STAMP) ## build the website of report cards into reports/_site
	@$(BIN)/c2c build $(CITIES)

test: lint ## check style and types, then run the tests (browser tests need Chromium)
	@export PYTHONDONTWRITEBYTECODE=; \
		$(if $(THOROUGH),export HYPOTHESIS_PROFILE="$${HYPOTHESIS_PROFILE:-ci}";) \
		$(BIN)/python -m pytest -q $(if $(THOROUGH),,-m "not thorough") -n $(WORKERS) \
		--dist worksteal --durations 10

lab: $(STAMP) ## open JupyterLab on the notebooks
	@$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root)

bench: $(STAMP) ## run the benchmarks that the README's figures come from
	@set -e; for script in benchmarks/*.py; do \
		[ -e "$$script" ] || { echo "No benchmark in benchmarks/."; exit 1; }; \
		echo "== $$script"; $(BIN)/python "$$script"; \
	done

lint: $(STAMP) ## check style (ruff) and types (mypy)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { \
		echo "Files to format: run '$(BIN)/ruff format .'"; $(BIN)/ruff format --check .; }
	@$(BIN)/mypy --no-error-summary

clean: ## remove what is built: the site, work folders, caches (not .venv)
	@rm -rf build dist reports/_pdf reports/_site reports/_site.* .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find src tests benchmarks notebooks -name __pycache__ -prune -exec rm -rf {} +

lock: python ## resolve requirements.lock again (UPGRADE=1 takes the newest versions)
	@[ -x $(UV) ] || { $(PYTHON) -m venv .venv-lock && \
		.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv; }
	@$(UV) pip compile pyproject.toml --extra lab --extra test --extra dev --universal \
		--python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade) \
		--quiet --output-file requirements.lock > /dev/null
	@echo "requirements.lock: $$(grep -c == requirements.lock) packages"

python:
	@command -v "$(PYTHON)" > /dev/null || { \
		echo "'$(PYTHON)' was not found. Install Python 3.11 or newer, or name one: make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "'$(PYTHON)' is $$("$(PYTHON)" -V 2>&1), but Python 3.11 or newer is needed: make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2> /dev/null || { \
		echo "'$(PYTHON)' cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }

# The stamp is made last, so an installation that was cut short is taken up again.
$(STAMP): requirements.lock pyproject.toml
	@$(PIP) --version > /dev/null 2>&1 || { \
		$(MAKE) --no-print-directory python && \
		echo "Making $(VENV) with $$("$(PYTHON)" -V)" && "$(PYTHON)" -m venv $(VENV); }
	@echo "Installing the packages of requirements.lock (a few minutes the first time)"
	@$(PIP) install --quiet --require-hashes --requirement requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
