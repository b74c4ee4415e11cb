"""Web addresses in what people type."""

import re

ENDINGS = "com|net|org|info|biz|ru|xyz"

LINK = re.compile(rf"(?:https?:)?//\S|www\.\S|\b[\w-]+\.(?:{ENDINGS})\b", re.IGNORECASE)
# What a mail program might turn into a link.
LIKE_A_LINK = re.compile(rf"//|www\.|\.(?:{ENDINGS})\b|@", re.IGNORECASE)


def count_links(text: str) -> int:
    return len(LINK.findall(text))


def may_become_link(text: str) -> bool:
    """Tell whether `text` holds anything like a web or an email address."""
    return LIKE_A_LINK.search(text) is not None
