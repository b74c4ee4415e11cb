"""The server of `make run` and of production; docs/decisions/012-slow-clients.md says why this one.

What .env says (BIND, HTTP_PORT, WEB_CONCURRENCY) counts here too, the environment before it.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from environs import Env

env = Env()
env.read_env(os.environ.get("ENV_FILE", str(Path(__file__).with_name(".env"))), recurse=False)

bind = env.str("BIND", f"127.0.0.1:{env.int('HTTP_PORT', 8000)}")
workers = env.int("WEB_CONCURRENCY", 2)
# One loop in each process waits for clients; threads only make pages.
worker_class = "clinic_site.server.worker.BufferingWorker"
threads = 4  # to answer readers, and as many for forms and staff
worker_connections = 1000
# Behind a proxy longer than the proxy's own patience (nginx: 60 s), so that none sends a request
# on a connection that is just being closed.
keepalive = 75 if env.bool("BEHIND_PROXY", False) else 20
preload_app = False
umask = 0o077
accesslog = None  # addresses of visitors are not kept
errorlog = "-"
loglevel = "error"
logger_class = "clinic_site.logs.gunicorn_logger.SiteLogger"
control_socket_disable = True  # it would lie in the home directory
# A process is replaced now and then, so that a slow leak never adds up.
max_requests = 20_000
max_requests_jitter = 2_000


def post_worker_init(worker: Any) -> None:
    """Read what every page needs before the first reader comes.

    Error pages know the clinic's phone number from it, whatever happens to the database.
    """
    from django.db import DatabaseError, connection
    from gunicorn.arbiter import Arbiter

    from clinic_site.database_check.starting import reason_not_to_start
    from clinic_site.page_views.counting.writing import CountsWriter
    from clinic_site.pages.context import warm_up

    if connection.vendor == "postgresql":
        from clinic_site.server.silent_database import give_up_on_silence

        give_up_on_silence()
    if reason := reason_not_to_start():
        sys.stderr.write(f"{reason}\n")
        sys.exit(Arbiter.APP_LOAD_ERROR)  # which ends the server and not this process alone

    with suppress(DatabaseError):
        warm_up()
    worker.page_views = CountsWriter()
    worker.page_views.start()


def worker_exit(server: Any, worker: Any) -> None:
    """Write what was read since the last time; a process that never served has nothing."""
    if hasattr(worker, "page_views"):
        worker.page_views.stop()
