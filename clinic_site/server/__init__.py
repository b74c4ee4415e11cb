"""The web server: gunicorn's processes, and in each of them waitress, which waits for slow clients.

Nothing here is imported by the rest of the site; `gunicorn.conf.py` names the worker.
"""
