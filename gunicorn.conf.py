"""The server of `make run` and of production. WEB_CONCURRENCY sets the number of processes."""

import os

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = False
accesslog = None  # addresses of visitors are not kept
errorlog = "-"
loglevel = "warning"
# A process is replaced now and then, so that a slow leak never adds up.
max_requests = 20_000
max_requests_jitter = 2_000
