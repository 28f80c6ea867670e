# `make` alone lists what there is. The first target that needs it makes .venv.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := bash

PYTHON ?= $(shell command -v python3.11 || command -v python3)
WORKERS ?= auto
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP_INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check

.PHONY: help
help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Name another: make PYTHON=…" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV); the first time takes some minutes …"
	@$(PIP_INSTALL) --constraint constraints.txt --editable '.[course,lab,dev]'
	@touch $@

.PHONY: venv
venv: $(READY)  ## make the virtual environment .venv

.PHONY: demo
demo: $(READY)  ## mark a small class of right, wrong, broken and hostile notebooks
	@$(BIN)/autograder demo $(ARGS)

.PHONY: test
test: $(READY)  ## run all tests, on all cores
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup $(ARGS)

.PHONY: corpus
corpus: $(READY)  ## mark every right and wrong answer; `make test` marks a sample
	@CORPUS=all $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup tests/test_corpus.py $(ARGS)

.PHONY: lint
lint: $(READY)  ## look for mistakes in style, format and layers
	@failed=0; \
	$(BIN)/ruff check || failed=1; \
	$(BIN)/ruff format --check || failed=1; \
	$(BIN)/lint-imports --no-logo || failed=1; \
	exit $$failed

.PHONY: format
format: $(READY)  ## put imports and code in order
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

.PHONY: typecheck
typecheck: $(READY)  ## check types strictly
	@$(BIN)/mypy

.PHONY: release
release: $(READY)  ## make exercises/ from solutions/
	@$(BIN)/autograder release $(ARGS)

.PHONY: validate
validate: $(READY)  ## solutions get all points, blank notebooks none, everything adds up
	@$(BIN)/autograder validate $(ARGS)

.PHONY: wheel
wheel: $(READY)  ## build the wheel into dist/
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist .

.PHONY: pin
pin: $(READY)  ## write constraints.txt anew from what .venv holds
	@{ sed -n '/^#/p' constraints.txt; \
	   $(BIN)/python -m pip freeze -qq --all --exclude-editable --exclude pip | sed 's/+cpu$$//'; } > build.constraints
	@mv build.constraints constraints.txt && touch $(READY)

.PHONY: clean
clean:  ## remove what can be made again, but for .venv
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find autograder reference tests -name __pycache__ -prune -exec rm -rf {} +

.PHONY: clean-all
clean-all: clean  ## remove .venv too
	@rm -rf $(VENV)
