"""The server's own lines, in the form of the site's."""

import os

from gunicorn.config import Config
from gunicorn.glogging import Logger


class SiteLogger(Logger):
    def setup(self, cfg: Config) -> None:
        from clinic_site.logs.formatters import JsonFormatter, LineFormatter

        super().setup(cfg)
        as_json = os.environ.get("LOG_FORMAT") == "json"
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter() if as_json else LineFormatter())
