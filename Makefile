# make run    the desk on http://127.0.0.1:8501 (make run PORT=8600 for another port)
# make test   everything that is checked, in the order of .ci/run
# make serve-partners   public layers for partners' GIS on http://127.0.0.1:5000 (PORT=, STORE=, VERDICTS=)
# make venv   .venv with both requirement files
# make lint | demo | bench | bench-facts | clean

PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
# The first Python that is recent enough; PYTHON=... chooses another one.
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
# Open a browser window where there is a desktop to open it on.
HEADLESS := $(if $(DISPLAY)$(WAYLAND_DISPLAY)$(filter Darwin,$(shell uname -s)),false,true)

.DEFAULT_GOAL := run
.PHONY: run test venv lint unit properties browser demo bench bench-facts clean chromium postgis serve-partners

run: $(VENV)/.run-ready
	@echo "Technopole: http://127.0.0.1:$(PORT)  (Ctrl+C stops it)"
	@$(BIN)/python -m streamlit run app.py --server.port=$(PORT) --server.headless=$(HEADLESS)

venv: $(VENV)/.test-ready

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 or newer is needed and was not found." >&2; \
		echo "Install it (Debian: apt install python3 python3-venv), or say where it is: make PYTHON=/path/to/python3.11" >&2; \
		exit 1; \
	fi
	@echo "Preparing $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV) || { \
		rm -rf $(VENV); \
		echo "$(PYTHON) cannot make an environment (Debian: apt install python3-venv)." >&2; \
		exit 1; \
	}

$(VENV)/.run-ready: requirements.txt | $(BIN)/python
	@echo "Installing requirements.txt (a few minutes the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.partners-ready: geodata/serving/requirements.txt $(VENV)/.run-ready
	@echo "Installing geodata/serving/requirements.txt"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r $<
	@touch $@

$(VENV)/.test-ready: tests/requirements.txt geodata/serving/requirements.txt $(VENV)/.run-ready
	@echo "Installing tests/requirements.txt"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

# The tests start only when the lint has passed. Two processes share the unit tests, file by file;
# the browser has one other suite beside it.
test: venv chromium postgis
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory -j2 --output-sync=line properties browser

lint: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(VENV)/.test-ready postgis
	$(BIN)/python -m pytest -n 2 --dist loadfile tests --ignore=tests/properties --ignore=tests/browser

properties: $(VENV)/.test-ready
	$(BIN)/python -m pytest tests/properties

browser: $(VENV)/.test-ready chromium
	$(BIN)/python -m pytest tests/browser

chromium:
	@for each in chromium chromium-browser google-chrome; do \
		command -v $$each >/dev/null && exit 0; \
	done; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "Chromium is needed by the browser tests and was not found." >&2; \
		echo "Run 'make test' once as root (Debian, Ubuntu), or install Chromium yourself: apt install chromium" >&2; \
		exit 1; \
	fi; \
	echo "Installing Chromium"; \
	log=$$(mktemp); \
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-liberation; } \
		>"$$log" 2>&1 || { cat "$$log" >&2; rm -f "$$log"; exit 1; }; \
	rm -f "$$log"

# Installed once, as root; the tests start a server of their own.
postgis:
	@sh tests/servers/postgis.sh

# PORT is that of the desk unless it is given; STORE and VERDICTS are files to publish.
serve-partners: PARTNERS_PORT = $(if $(filter file,$(origin PORT)),5000,$(PORT))
serve-partners: $(VENV)/.partners-ready
	@$(BIN)/python -m geodata publish --out .partners $(if $(STORE),--store "$(STORE)") $(if $(VERDICTS),--verdicts "$(VERDICTS)")
	@$(BIN)/python -m geodata serve .partners --port $(PARTNERS_PORT)

demo: $(VENV)/.run-ready
	$(BIN)/python -m geodata demo

$(VENV)/.bench-ready: tests/bench/requirements.txt $(VENV)/.test-ready
	@echo "Installing tests/bench/requirements.txt"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

bench: $(VENV)/.bench-ready chromium postgis
	@for each in tests/bench/bench_*.py; do echo "$$each"; $(BIN)/python "$$each" || exit 1; done

# SIZES=70000 RUNS=5 ENGINES=postgis,sedonadb choose what is run.
bench-facts: $(VENV)/.bench-ready postgis
	@SIZES="$(or $(SIZES),70000,700000)" $(if $(RUNS),RUNS="$(RUNS)") $(if $(ENGINES),ENGINES="$(ENGINES)") \
		$(BIN)/python tests/bench/bench_facts.py

clean:
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache tests/browser/output tests/bench/results
	find . -name __pycache__ -not -path "./$(VENV)/*" -prune -exec rm -rf {} +
