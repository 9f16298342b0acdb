# One command for everything a person does here; CI calls the same targets.
# `make help` prints each target's `##` comment.

.DEFAULT_GOAL := help
.PHONY: help run test test-unit test-integration test-poc test-uat test-js test-odoo load crash \
	bench bench-odoo bench-import lint odoo bootstrap verify-env smoke-test verify-buffer tokens lock clean \
	edge dev node odoo-env

PYTHON := .venv/bin/python
RUN_TESTS := $(PYTHON) -m bootstrap.run_tests

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' Makefile

run: edge ## start a working till here: adapter, virtual register, OFD simulator
	@exec $(PYTHON) -m bootstrap.till_stack

test: node odoo-env ## lint and every suite, one line each at the end
	@$(RUN_TESTS) lint unit integration poc uat js odoo

test-unit: dev ## rules, clock, buffer: seconds
	@$(RUN_TESTS) unit

test-integration: dev odoo-env ## the adapter against its simulators, real processes
	@$(RUN_TESTS) integration

test-poc: dev odoo-env ## POC-1, POC-2, POC-4, POC-5
	@$(RUN_TESTS) poc

test-uat: dev odoo-env ## acceptance scenarios: the adapter, price lists in Odoo
	@$(RUN_TESTS) uat

test-js: node ## the till page's JavaScript, in Node
	@$(RUN_TESTS) js

test-odoo: dev odoo-env ## addon suites on the Odoo 17 at ODOO_HOME; TAGS=/addon:Class for some
	@ODOO_TEST_TAGS='$(TAGS)' $(RUN_TESTS) odoo

load: dev ## many tills at once against a till started here
	@$(RUN_TESTS) load

crash: dev ## kill the adapter 500 times under load and count what was lost (nothing may be)
	@$(RUN_TESTS) crash

bench: dev ## speed beside bare sqlite3, FastAPI, litequeue and persist-queue
	@$(RUN_TESTS) bench

bench-odoo: dev odoo-env ## the addons on years of data, beside Odoo's own sales
	@$(RUN_TESTS) bench-odoo

bench-import: dev odoo-env ## price lists of 10,000 and 100,000 rows, beside Odoo's own load()
	@$(RUN_TESTS) bench-import

lint: node ## ruff, mypy, import-linter, eslint, prettier, shellcheck, pylint-odoo
	@$(RUN_TESTS) lint

odoo: dev odoo-env ## an Odoo here with our addons and demo data; FRESH=1 begins anew
	@exec $(PYTHON) -m bootstrap.odoo.serve $(if $(FRESH),--fresh)

bootstrap: node odoo-env ## install everything that run and test need

verify-env: edge ## what this machine has and lacks
	@$(PYTHON) -m bootstrap.verify_env

smoke-test: edge ## start a till in a temporary directory, sell once, stop
	@$(PYTHON) -m bootstrap.smoke_test

verify-buffer: edge ## check the event chain and the rows of this till's buffer
	@$(PYTHON) -m kkt_adapter.verify

tokens: edge ## make the till's and the administrator's tokens (0600, kept when present)
	@$(PYTHON) -m bootstrap.make_tokens

lock: dev ## renew requirements/*.txt and package-lock.json from pyproject.toml and package.json
	@$(PYTHON) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--all-extras pyproject.toml --output-file requirements/dev.txt
	@$(PYTHON) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--extra tracing --constraints requirements/dev.txt pyproject.toml \
		--output-file requirements/edge.txt
	@bootstrap/lock_odoo.sh
	@npm update --package-lock-only --no-audit --no-fund

clean: ## remove what was installed and built; the till's data stays
	rm -rf .venv .venv-odoo .odoo node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -rf tests/logs/*.log tests/logs/screenshots

# What the targets above stand on: done once, then a look at a stamp.
edge:
	@bootstrap/install_system.sh run
	@bootstrap/install_python.sh edge

dev:
	@bootstrap/install_system.sh test
	@bootstrap/install_python.sh dev

node: dev
	@bootstrap/install_node.sh

odoo-env:
	@bootstrap/install_odoo.sh
