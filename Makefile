# The commands of Holdfast. `make help` lists them; README.md says when to use which.
PYTHON ?= python3
VENV   := .venv/bin/python
BESIDE := $(VENV) -m config.devservices exec
PYTEST := $(VENV) -m pytest

# Packages are compiled as they are used, and once: without their bytecode each start takes half a minute.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check prove bench baseline screenshots format lock sbom environment styles browser

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: ## start the demo on http://127.0.0.1:8000 (PORT, DATABASE_URL, REDIS_URL, DEMO_PASSWORD)
	@$(PYTHON) config/bootstrap.py embedded
	@exec $(VENV) -m config.launcher

test: environment styles browser check ## every check, then every test in its short settings
	@CHROMIUM="$$($(VENV) -m config.launcher.browser)" $(PYTEST) -n 2 --dist worksteal

check: environment ## format, lint, types, contracts, migrations, deployment, security, our own rules, the API's document
	@$(VENV) -m ruff format --check --quiet .
	@$(VENV) -m ruff check --quiet .
	@.venv/bin/lint-imports --no-cache > /dev/null || .venv/bin/lint-imports --no-cache
	@$(BESIDE) -- sh config/check.sh
	@$(VENV) -m bandit --quiet --severity-level medium --recursive --configfile pyproject.toml .
	@$(VENV) -m config.launcher.rules
	@$(VENV) -m config.launcher.linter

prove: environment styles browser ## the long settings: faults, properties, the API for an hour, the restore drill
	@PROVE=1 CHROMIUM="$$($(VENV) -m config.launcher.browser)" $(PYTEST) -n 2 --dist worksteal

bench: environment styles ## the budgets of docs/architecture.md as ratios, in one run
	@$(BESIDE) --migrate -- $(VENV) -m bench

baseline: environment ## take new migrations into what an empty database begins with
	@$(BESIDE) -- $(VENV) -m config.devservices.baseline

screenshots: environment styles browser ## take the pictures in docs/ again
	@CHROMIUM="$$($(VENV) -m config.launcher.browser)" $(PYTEST) -p no:cacheprovider docs/screenshots.py

format: environment ## put the code in the house's format
	@$(VENV) -m ruff format .
	@$(VENV) -m ruff check --fix --quiet .

lock: environment ## choose the newest allowed packages anew, with their hashes
	@for set in runtime "embedded --extra embedded" "dev --extra embedded --extra dev"; do \
		set -- $$set && name=$$1 && shift && \
		uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-header --no-emit-index-url --no-emit-find-links $$@ \
			pyproject.toml --output-file requirements/$$name.txt; \
	done
	@for tool in rules crawler; do \
		uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-header --no-emit-index-url --no-emit-find-links --emit-build-options \
			requirements/$$tool.in --output-file requirements/$$tool.txt; \
	done
	@npm update --package-lock-only --silent
	@npm update --package-lock-only --silent --prefix config/linter

sbom: environment ## the list of all that runs, as CycloneDX JSON, into holdfast.cdx.json
	@$(VENV) -m config.launcher.bill > holdfast.cdx.json

environment:
	@$(PYTHON) config/bootstrap.py dev

styles: environment
	@$(VENV) -m config.launcher.styles

browser: environment
	@$(VENV) -m config.launcher.browser > /dev/null
