# Needs Python 3.11+, make and git. Everything else is installed into .venv, locked by hash; the browser of the
# tests is one of this machine, or Debian's.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.installed
BROWSER := .venv/.browser
BENCH_READY := .venv-bench/.installed

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

# What holds the house together, and needs no server.
HOUSE := tests/test_house_rules.py tests/test_street_plan.py tests/test_vocabulary.py \
	tests/test_catalogues.py tests/test_glossary.py tests/test_documents.py tests/test_rule_table.py

# Tests of pure code: the branches of models/ are measured here, and nothing is run twice.
PURE := tests/models tests/register tests/documents tests/confidential/test_settings.py tests/sign_in/test_settings.py \
	tests/test_sample_scenarios.py tests/letters/test_kept_copy.py tests/reconciliation

# By three processes, file by file, in the order of tests/fixtures/sharing.py.
SHARED := -n 3 --dist loadgroup --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help demo rehearse up test check judge bench explore stories drill cluster client doctor lock verify clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

demo: $(READY) ## Play four monitorings through the whole of the Rules, with commentary
	@$(BIN)/python -m local.demo

rehearse: $(READY) ## Play a year of rule 13 on virtual time, print its letters and events
	@$(BIN)/python -m local.rehearsal

up: $(READY) ## Start everything with the demo's data and stay (Ctrl-C stops, data is kept)
	@test -e .state/demo/tokens.json || $(BIN)/python -m local.demo
	@$(BIN)/python -m local.stack up

test: $(READY) $(BROWSER) ## Run all tests against real servers
	@$(BIN)/python -m pytest $(SHARED) --cov --cov-report= $(PURE)
	@$(BIN)/python -m pytest $(SHARED) $(addprefix --ignore=,$(PURE))
	@$(BIN)/python -m tests.branches

check: $(READY) ## Format, lint, types, house rules, catalogues, documents
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/python -m djlint --lint --quiet api activities local
	@$(BIN)/mypy .
	@$(BIN)/python -m pytest -q $(HOUSE)

judge: $(READY) ## Have veraPDF judge every printed document (needs java; mvn brings it once)
	@$(BIN)/python -m tests.documents.judged

bench: $(READY) $(BENCH_READY) ## Measure beside the floors: make bench [BENCH="lifecycles --build before=PATH"]
	@$(BIN)/python -m benchmarks $(BENCH)

explore: $(READY) ## Send the API what nobody wrote, for long: make explore [EXPLORE="examples=50 seed=7 seconds=1800"]
	@EXPLORE="$(EXPLORE)" $(BIN)/python -m pytest tests/api_contract/test_generated.py -n 0 -q -o test_limit_seconds=7200

stories: $(READY) ## Play the stories with no workflow in memory, replay every history: make stories [STORIES="--batched"]
	@$(BIN)/python -m pytest $(SHARED) --cold $(STORIES) tests/workflows tests/bad_days/test_worker_killed.py

drill: $(READY) ## Conduct 100 monitorings on every kind of bad day, then judge: make drill [DRILL="--seed 192 --kills 10"]
	@$(BIN)/python -m local.drill $(DRILL)

cluster: $(READY) ## Run docker-compose.yml's services as processes, play the demo: make cluster [CLUSTER="up | drill --kills 10"]
	@$(BIN)/python -m local.cluster $(or $(CLUSTER),demo)

client: $(READY) ## Make the Python client of the API: a project and its wheel in dist/ (docs/client.md)
	@$(BIN)/python -m client

doctor: $(READY) ## Explain this environment's installation, else the demo's: make doctor [DOCTOR="--trial-letter me@example.kz"]
	@test -n "$$DATABASE_URL" || eval "$$($(BIN)/python -m local.stack environment --name demo)"; \
	  $(BIN)/python -m operate doctor $(DOCTOR)

lock: $(READY) $(BIN)/uv ## Resolve the dependencies of pyproject.toml anew
	$(BIN)/uv pip compile --generate-hashes --no-emit-index-url --all-extras -q pyproject.toml -o requirements-dev.txt
	$(BIN)/uv pip compile --generate-hashes --no-emit-index-url -q pyproject.toml -c requirements-dev.txt -o requirements.txt
	$(BIN)/uv pip compile --generate-hashes --no-emit-index-url -q --group bench -c requirements-dev.txt -o requirements-bench.txt

verify: $(READY) ## Check a bundle offline: make verify BUNDLE=file [HEAD=hash] [KEY=public key]
	@test -n "$(BUNDLE)" || { echo "Which bundle? make verify BUNDLE=file.zip"; exit 2; }
	@$(BIN)/python verify.py "$(BUNDLE)" $(if $(HEAD),--head "$(HEAD)") $(if $(KEY),--key "$(KEY)")

clean: ## Remove the environment, caches and all local data
	@for lock in .state/*/stack.lock; do \
	  test ! -e "$$lock" || flock --nonblock "$$lock" true || { echo "A stack still runs: $$lock"; exit 1; }; done
	rm -rf .venv .venv-bench .state dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed (make PYTHON=python3.x)")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the locked packages into .venv …"
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

# The pages are looked at in Chromium (tests/browser).
$(BROWSER): $(READY) tests/browser/chromium.py
	@$(BIN)/python -m tests.browser.chromium
	@touch $@

# DBOS, which is measured beside the product and is no part of it.
$(BENCH_READY): requirements-bench.txt
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements-bench.txt
	@touch $@

$(BIN)/uv: $(READY)
	@$(BIN)/python -m pip install --quiet uv
