# Two commands for a new machine: make demo, make test. `make help` tells the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := .venv-tools
.DEFAULT_GOAL := help
.PHONY: help demo test check shots pictures bench faults sbom audit app clean

help: ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("pzdesk needs Python 3.11 or newer; set PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(READY) ## a fictional practice with its papers in build/demo
	rm -rf build/demo
	$(BIN)/pzdesk demo --out build/demo

test: $(READY) ## all tests
	$(BIN)/python -m pytest

check: $(READY) ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

shots: $(READY) ## every paper and every page of the window as a picture in build/shots (or PART=rondom)
	$(BIN)/python -m tests.shots build/shots $(PART)

pictures: $(READY) ## the four pictures of the README, in resources/pictures
	$(BIN)/python -m tests.pictures resources/pictures

bench: $(READY) ## measure against the bare libraries (or a part of it: PART=hands)
	$(BIN)/python -m tests.bench $(PART)

faults: $(READY) ## what is promised, tried by force: kills, power cuts, full disks, damage; half an hour (or PART="2 15")
	$(BIN)/python -m tests.faults $(PART)

$(TOOLS)/.ready: Makefile
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1 cyclonedx-bom==7.5.0
	@touch $@

sbom: $(READY) $(TOOLS)/.ready ## what pzdesk is made of: build/sbom.json (CycloneDX) and build/licenties.txt
	mkdir -p build
	$(TOOLS)/bin/cyclonedx-py environment $(BIN)/python --output-file build/sbom.json
	$(BIN)/python -m tests.supply natives build/sbom.json
	$(BIN)/python -m tests.supply licences > build/licenties.txt

audit: $(READY) $(TOOLS)/.ready ## known vulnerabilities of the exact versions; fails when nothing could be looked at
	mkdir -p build
	rm -f build/audit.json
	-$(TOOLS)/bin/pip-audit --requirement constraints.txt --no-deps --disable-pip --progress-spinner off --format json --output build/audit.json 2>/dev/null
	$(BIN)/python -m tests.supply audit build/audit.json

app: $(READY) ## pzdesk in one folder, dist/pzdesk, that needs no Python; and its self-test
	$(BIN)/pyinstaller --noconfirm --clean --log-level ERROR --distpath dist --workpath build/pyinstaller build.spec
	env -i LANG=C.UTF-8 dist/pzdesk/pzdesk --zelftest

clean: ## remove what was made
	rm -rf build dist $(VENV) $(TOOLS) .mypy_cache .ruff_cache .pytest_cache .hypothesis
