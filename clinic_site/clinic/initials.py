"""What stands in place of somebody's photo."""


def initials_of(name: str) -> str:
    """Return the first letters of the first word and the last; empty if neither has one."""
    words = name.split()
    first = (next(filter(str.isalnum, word), "") for word in words[:1] + words[1:][-1:])
    return "".join(first).upper()
