"""The server of `make run` and of production. WEB_CONCURRENCY sets the number of processes."""

import os
import sys
from contextlib import suppress
from typing import Any

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('HTTP_PORT', '8000')}")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = False
# Django decides by BEHIND_PROXY whom to believe about https.
forwarded_allow_ips = ""
umask = 0o077
accesslog = None  # addresses of visitors are not kept
errorlog = "-"
loglevel = "error"  # its warnings of malformed requests name addresses
# A process is replaced now and then, so that a slow leak never adds up.
max_requests = 20_000
max_requests_jitter = 2_000


def post_worker_init(worker: Any) -> None:
    """Read what every page needs before the first reader comes.

    Error pages know the clinic's phone number from it, whatever happens to the database.
    """
    from django.db import DatabaseError
    from gunicorn.arbiter import Arbiter

    from clinic_site.pages.context import warm_up
    from clinic_site.schema.earlier import reason_not_to_start

    if reason := reason_not_to_start():
        sys.stderr.write(f"{reason}\n")
        sys.exit(Arbiter.APP_LOAD_ERROR)  # which ends the server and not this process alone

    with suppress(DatabaseError):
        warm_up()
