"""The site's own settings, with an environment that no machine's `.env` can change.

The database is SQLite in a file, or what `TEST_DATABASE_URL` names.
"""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

_root = Path(__file__).parent.parent
_var = Path(tempfile.mkdtemp(prefix="clinic-tests-"))
atexit.register(shutil.rmtree, _var, ignore_errors=True)

for _name in re.findall(r"^#?([A-Z_]+)=", (_root / ".env.example").read_text(), re.MULTILINE):
    os.environ.pop(_name, None)
os.environ |= {
    "ENV_FILE": os.devnull,
    "DEBUG": "false",
    "SECRET_KEY": "for-tests-only-and-long-enough-to-satisfy-the-deployment-check",
    "VAR_DIR": str(_var),
    "EMAIL_URL": "memory://",
    "TIME_ZONE": "America/Los_Angeles",
    "LOG_LEVEL": "ERROR",
    "REQUIRE_SECOND_FACTOR": "false",  # its own tests turn it on
}
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from clinic_site.settings import *  # noqa: E402, F403
from clinic_site.settings import DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402
from tests import postgresql  # noqa: E402

INSTALLED_APPS += ["django_migration_linter"]

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, so that threads have connections of their own as processes do.
    DATABASES["default"]["TEST"] = {"NAME": str(_var / "test.sqlite3")}

else:
    DATABASES["default"]["TEST"] = {"NAME": postgresql.database("clinic_test")}
    # A server that loses power loses a test's rows, and nobody minds.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"

# Tests move the clock by days, and whoever is signed in stays so; tests of sessions set their own.
SESSION_HOURS = 10_000
SESSION_IDLE_MINUTES = 60 * SESSION_HOURS
SESSION_COOKIE_AGE = SESSION_HOURS * 3600

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir()  # noqa: F405
