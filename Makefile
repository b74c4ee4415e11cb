# Two commands matter: `make run` and `make test`. `make help` lists the others.
PORT ?= 8000
VENV := .venv
NEXT_VENV := .venv-next
PYTHON := $(VENV)/bin/python
MANAGE := $(PYTHON) manage.py
BASE_PYTHON ?= python3
QUICK := not browser and not processes and not slow
# What the next Wagtail runs of booking and comments: screens of staff, pages, and what docs/wagtail.md names.
OF_WAGTAIL := $(addprefix tests/,$(addsuffix .py,booking/test_bad_input booking/test_desk% booking/test_service% booking/test_withdrawn \
	comments/test_all_comments comments/test_bad_input comments/test_decisions comments/test_gone_from_pages comments/test_moderation \
	comments/test_redacting comments/test_staff_replies comments/test_thread))
NEXT_LEAVES_OUT := tests/checks tests/emails $(filter-out $(OF_WAGTAIL),$(wildcard tests/booking/test_*.py tests/comments/test_*.py))
export HTTP_PORT := $(PORT)

.PHONY: help run dev quick test emails words guide-pictures test-clocks test-next test-pythons bench check migrations requirements clean

help:
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: $(VENV)/installed .env ## the site and its worker, as in production
	@$(PYTHON) -c 'import socket, sys; sys.exit(not socket.socket().connect_ex(("127.0.0.1", $(PORT))) and "Port $(PORT) is taken. Choose another: make run PORT=8001")'
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --verbosity 0 --no-input
	@[ "$(LOAD_DEMO)" = no ] || $(MANAGE) load_demo
	@$(MANAGE) first_account
	@exec $(VENV)/bin/honcho start --no-colour

dev: $(VENV)/installed .env ## the auto-reloading server, for work on the code
	@DEBUG=true $(MANAGE) migrate --verbosity 0
	@DEBUG=true $(MANAGE) load_demo
	@DEBUG=true $(MANAGE) runserver 127.0.0.1:$(PORT)

test: $(VENV)/installed-dev ## every test, on every database and browser that is here
	@$(PYTHON) -m tests

quick: $(VENV)/installed-dev ## most tests in two or three minutes: SQLite alone, no browser, no other processes
	@$(PYTHON) -m pytest -q -n auto --dist load -m "$(QUICK)"

guide-pictures: $(VENV)/installed-dev ## the pictures of the guide for editors, taken from the demo by a browser
	@$(PYTHON) -m tests.guide_pictures

test-clocks: $(VENV)/installed-dev ## the tests at times that trouble calendars; takes an hour
	@$(PYTHON) -m tests --clocks

test-next: $(NEXT_VENV)/installed ## what the next release of Wagtail can change of the quick tests
	@$(NEXT_VENV)/bin/python -m pytest -q -n auto -m "$(QUICK)" $(addprefix --ignore=,$(NEXT_LEAVES_OUT))

test-pythons: $(VENV)/installed-dev ## the quick tests on each newer Python that is here
	@$(PYTHON) -m tests.pythons

bench: $(VENV)/installed-dev ## how fast it is, as one table; takes some minutes
	@$(PYTHON) -m bench

emails: $(VENV)/installed-dev ## a picture of every email, light and dark, in var/emails
	@$(PYTHON) -m tests.emails var/emails

words: $(VENV)/installed-dev ## all that people read, as text to be read aloud, in var/words
	@rm -rf var/words
	@$(PYTHON) -m tests.words var/words

check: $(VENV)/installed-dev ## style, types, imports, shape, migrations, deployment settings
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/djlint templates --lint --quiet
	$(VENV)/bin/lint-imports
	$(PYTHON) -m checks
	$(VENV)/bin/mypy
	$(MANAGE) makemigrations --check --settings tests.settings
	@# On SQLite every new constraint remakes its table, which looks like new NOT NULL columns.
	@# Ignored: addresses of commenters are encrypted, which the code before cannot read anyway.
	$(if $(TEST_POSTGRES_URL),TEST_DATABASE_URL=$(TEST_POSTGRES_URL) $(MANAGE) lintmigrations --settings tests.settings --no-cache --quiet ok ignore --include-apps access_log accounts appearance blog booking clinic comments data_requests demo documents health http images jobs mail page_cache page_views pages privacy second_factor staff wordpress,@echo "Left out: migrations are linted where TEST_POSTGRES_URL names a server.")
	ENV_FILE=/dev/null SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') ENCRYPTION_KEYS=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') BASE_URL=https://clinic.example $(MANAGE) check --deploy --fail-level WARNING

migrations: $(VENV)/installed-dev ## write the migrations that changed models need
	$(MANAGE) makemigrations --settings tests.settings

requirements: $(VENV)/installed-dev ## pin requirements*.in again
	$(VENV)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade requirements.in -o requirements.txt
	$(VENV)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade requirements-dev.in -o requirements-dev.txt
	sed '/^-c/d' requirements.in requirements-dev.in | $(VENV)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --override requirements-next.in -c requirements-dev.txt - -o requirements-next.txt

clean: ## forget the environment, the database, the pictures and the mail
	rm -rf $(VENV) $(VENV)-* .pytest_cache var .env

.env:
	@$(PYTHON) -c 'import secrets; from pyrage.x25519 import Identity; backup = Identity.generate(); t = open(".env.example").read(); key = lambda: secrets.token_urlsafe(50) + "\n"; open(".env", "w").write(t.replace("SECRET_KEY=\n", "SECRET_KEY=" + key(), 1).replace("#ENCRYPTION_KEYS=\n", "ENCRYPTION_KEYS=" + key(), 1).replace("#BACKUP_KEYS=\n", f"BACKUP_KEYS={backup}\n", 1))'
	@[ "$(LOAD_DEMO)" = no ] || sed -i.bak 's/^#REQUIRE_SECOND_FACTOR=true/REQUIRE_SECOND_FACTOR=false/' .env && rm -f .env.bak
	@chmod 600 .env

$(VENV)/bin/python:
	@$(BASE_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one by BASE_PYTHON=")'
	@$(BASE_PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python cannot make environments here. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(BASE_PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the site runs on ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "Installing what the tests need ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(NEXT_VENV)/installed: requirements-next.txt
	@echo "Installing what the tests need, with the next Wagtail ..."
	@$(BASE_PYTHON) -m venv $(NEXT_VENV)
	@$(NEXT_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-next.txt
	@touch $@
