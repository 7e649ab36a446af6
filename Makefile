# Kudos in two commands, `make run` and `make test`. CONTRIBUTING.md tells of the others.

PORT ?= 8000
ARGS ?=

BIN := .venv/bin
PYTHON := $(BIN)/python
TEMPLATES = $(shell find templates -name '*.html')

.PHONY: run test check bench faults format lock messages shots
.DELETE_ON_ERROR:

run: .venv/run
	@KUDOS_URL="$${KUDOS_URL:-http://127.0.0.1:$(PORT)}" exec $(PYTHON) manage.py serve --demo

test: .venv/dev
	@$(PYTHON) tests/engines.py $(ARGS)

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/djade --target-version 6.1 --check $(TEMPLATES)
	@$(BIN)/djhtml --tabwidth 2 --check $(TEMPLATES)
	$(PYTHON) manage.py makemigrations --check --dry-run
	@$(company) $(PYTHON) manage.py check --deploy --fail-level WARNING

# What docker-compose.yml sets, with values of no company.
company = SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') \
	KUDOS_URL=https://kudos.example.com TRUSTED_PROXIES=1 \
	DATABASE_URL=postgres://kudos:kudos@127.0.0.1/kudos REDIS_URL=redis://127.0.0.1:6379/0 \
	EMAIL_URL=smtp://127.0.0.1:25

format: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@$(BIN)/djade --target-version 6.1 $(TEMPLATES) || true # it says by 1 that it changed something
	@$(BIN)/djhtml --tabwidth 2 $(TEMPLATES)

# Prints `name: figure unit`; needs PostgreSQL, as `make test` does, and postfix's smtp-sink.
bench: .venv/dev
	@$(PYTHON) -m tests.bench

# The proof table (docs/reliability.md), or the rows named in FAULTS. Needs PostgreSQL and Redis.
RECIPIENTS ?= 10000
SEEDS ?= 5
faults: .venv/dev
	@$(PYTHON) -m tests.faults --recipients $(RECIPIENTS) --seeds $(SEEDS) $(FAULTS)

shots: .venv/dev
	$(PYTHON) -m tests.shots $(ARGS)

# The date that gettext writes into each catalog would be a change of every run.
messages: .venv/dev
	$(PYTHON) manage.py makemessages --all --no-obsolete --no-wrap --add-location file --ignore tests
	@sed -i.bak '/^"POT-Creation-Date/d' kudos/locale/*/LC_MESSAGES/django.po && rm kudos/locale/*/LC_MESSAGES/*.bak
	$(PYTHON) manage.py compilemessages --ignore .venv

lock:
	uv pip compile $(lock_options) pyproject.toml -o requirements.txt
	uv pip compile $(lock_options) --extra dev pyproject.toml -o requirements-dev.txt
lock_options = --quiet --universal --python-version 3.12 --generate-hashes --no-header $(ARGS)

# The stamps of what is installed; the packages for development include those for running.
.venv/run: requirements.txt | .venv
	@echo "Installing what Kudos needs; the first time takes half a minute."
	@$(install) -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt | .venv
	@echo "Installing what Kudos and its tests need; the first time takes a minute."
	@$(install) -r requirements-dev.txt
	@touch .venv/run $@

install = $(PYTHON) -m pip install -qq --disable-pip-version-check --require-hashes

.venv:
	@python=$$($(find_python)) && "$$python" -m venv $@ || { rm -rf $@; \
	  echo "Kudos needs Python 3.12 or newer with its venv module: please install one (on Debian or" \
	    "Ubuntu: python3 and python3-venv) and run make again." >&2; exit 1; }

# Each candidate is run, because version managers leave names on the PATH that do not start.
find_python = new='import ensurepip, sys, venv; sys.version_info < (3, 12) and sys.exit(1); print(sys.executable)'; \
	for python in python3.14 python3.13 python3.12 python3 python \
	    $$(pyenv root 2>/dev/null | sed 's|$$|/versions/*/bin/python|'); do \
	  "$$python" -c "$$new" 2>/dev/null && exit; \
	done; \
	uv python find '>=3.12' 2>/dev/null || { uv python install 3.13 && uv python find 3.13; } 2>/dev/null
