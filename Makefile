# Set-up, the main job, the checks. With uv when it is there, with plain venv and pip otherwise.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCK := --quiet --universal --all-extras --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header

.PHONY: run test faults check audit install lock clean

run: install
	@if [ -n "$$TELEGRAM_TOKEN" ] || grep -qs '^TELEGRAM_TOKEN=.' .env; then \
		$(BIN)/codir telegram; else $(BIN)/codir chat; fi

test: install
	@echo "== Tests"
	@$(BIN)/python -m pytest -n 4 --dist worksteal

# Long runs in which everything goes wrong; ten minutes at most.
faults: install
	@echo "== Pannes (dix minutes au plus)"
	@$(BIN)/python -m pytest -n 3 --dist load --maxschedchunk 1 --durations 0 -o faulthandler_timeout=900 -m fault

check: install
	@echo "== ruff, mypy, import-linter, contenu"
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/hadolint Dockerfile
	@$(BIN)/codir check

audit: install
	@echo "== pip-audit"
	@.ci/audit

install: $(STAMP)

$(STAMP): requirements.txt requirements-dev.txt pyproject.toml
	@echo "== Installation dans $(VENV) (une à deux minutes la première fois)"
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python $(PYTHON) $(VENV) && \
		uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt && \
		uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
		$(PYTHON) -m venv $(VENV) && \
		echo "   dépendances…" && \
		$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt && \
		echo "   codir…" && \
		$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	fi
	@touch $(STAMP)
	@echo "== Prêt : $(BIN)/codir"

# The two locked lists, with hashes and without the name of any index.
lock:
	uv pip compile $(LOCK) pyproject.toml -o requirements.txt
	uv pip compile $(LOCK) pyproject.toml --group dev -o requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
