# What people and CI run; see CONTRIBUTING.md.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint e2e bench screenshots test-environment

demo:
	@$(PYTHON) scripts/demo.py

test-environment:
	@$(PYTHON) scripts/environment.py test

lint: test-environment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint templates

test: lint
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m pytest -q -n 2 -m "not e2e"

# The journeys need a real browser: it is installed where it is missing, and they fail, never skip, without it.
e2e: test-environment
	@command -v chromium >/dev/null || (apt-get update -q && apt-get install -y -q chromium fonts-noto-cjk)
	$(BIN)/python -m pytest -q -m e2e --screenshot only-on-failure tests/e2e

# The handbook's pictures, taken from a running `make demo` (PORT as there); without one it says so.
screenshots: test-environment
	@dpkg -s chromium-l10n >/dev/null 2>&1 || (apt-get update -q && apt-get install -y -q chromium chromium-l10n fonts-noto-cjk)
	$(BIN)/python -m scripts.screenshots http://127.0.0.1:$(or $(PORT),8000)

# No test and not part of CI: see docs/performance.md for the server that it wants. SIZES=1000,100000 for a short one.
bench: test-environment
	$(BIN)/python manage.py bench $(if $(SIZES),--sizes $(SIZES))
