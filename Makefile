# make run, make test: both set everything up first, in .venv, and are quick the second time.
PYTHON ?= python3
BIN = .venv/bin
READY = .venv/.ready
DEV_READY = .venv/.dev-ready
BENCH_READY = .venv/.bench-ready

.PHONY: run test check format soak bench bench-suggest bench-coverage clean

run: $(READY)
	@if [ -n "$$SLACK_BOT_TOKEN$$SLACK_APP_TOKEN$$SLACK_SIGNING_SECRET" ] \
	    || grep -qsE '^[[:space:]]*(export[[:space:]]+)?SLACK_(BOT_TOKEN|APP_TOKEN|SIGNING_SECRET)[[:space:]]*=[[:space:]]*[^[:space:]]' .env; \
	then exec $(BIN)/python -m bot run; \
	else exec $(BIN)/python -m playground; fi

test: $(DEV_READY)
	$(BIN)/python -m pytest

check: $(DEV_READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

format: $(DEV_READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The proofs of delivery in large, some twenty minutes; a part: make soak SOAK="storm --seed 2".
soak: $(DEV_READY)
	$(BIN)/python -m tests.delivery.proof $(SOAK)

# make bench BENCH="--seconds 3 --rounds 11" takes longer and tells more.
bench: $(BENCH_READY)
	$(BIN)/python -m benchmarks.slash $(BENCH)

# How often the suggested competency is right; another ladder: make bench-suggest BENCH="--dir DIR".
bench-suggest: $(BENCH_READY)
	$(BIN)/python -m benchmarks.suggest $(BENCH)

# What a picture of one's examples costs; more competencies: make bench-coverage BENCH="--rows 25".
bench-coverage: $(BENCH_READY)
	$(BIN)/python -m benchmarks.coverage $(BENCH)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Python 3.11 or newer is needed: install it, or name it with make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another one with make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python cannot make a virtual environment here. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

$(READY): requirements/run.txt | $(BIN)/python
	@echo "Setting up (a minute, the first time only) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

$(DEV_READY): requirements/dev.txt $(READY)
	@echo "Setting up what the tests need (a minute, the first time only) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(BENCH_READY): requirements/bench.txt $(READY)
	@echo "Setting up what the benchmarks need (a minute, the first time only) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

# For maintainers: pins every version with its hashes, for every platform.
.PHONY: pin
pin:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --extra playground pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --extra dev pyproject.toml -c requirements/run.txt -o requirements/dev.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --extra bench pyproject.toml -c requirements/run.txt -o requirements/bench.txt
