"""What is kept out of the log: secrets that stand in addresses, as those of private links do."""

import logging
import re

# Whatever follows these steps of a path, however it was copied.
AFTER = re.compile(r"(/(?:calendars|confirm|done|earlier|find|mine|request|unsubscribe)/).+")
# A long part of a path with capitals or colons: names of pages have neither.
SECRET = re.compile(r"(?<=/)(?=[^/\s]*[A-Z:])[\w:%-]{24,}")


class RedactSecretsFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = SECRET.sub("…", AFTER.sub(r"\1…", message))
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True
