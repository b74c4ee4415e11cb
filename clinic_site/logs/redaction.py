"""What is kept out of the log: secrets in addresses, as private links have, email addresses, and
line breaks, by which somebody could write lines of their own."""

import re

# Whatever follows these steps of a path, however it was copied.
AFTER = re.compile(r"(/(?:calendars|confirm|done|find|invitation|mine|request|unsubscribe)/).+")
# A long part of a path with capitals or colons: names of pages have neither.
SECRET = re.compile(r"(?<=/)(?=[^/\s]*[A-Z:])[\w:%-]{24,}")
# Whoever types an email address, or a link to one, into the address of a page.
EMAIL = re.compile(r"[^\s/<>\"']+(?:@|%40)[^\s/<>\"']+")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def redacted(message: str) -> str:
    """Return a message on one line, without secrets and addresses of people."""
    hidden = EMAIL.sub("…", SECRET.sub("…", AFTER.sub(r"\1…", message)))
    return CONTROL.sub(lambda found: repr(found[0])[1:-1], hidden)
