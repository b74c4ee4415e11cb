def lines_of(text: str) -> list[str]:
    """Return what somebody wrote one line each, without the empty ones."""
    return [line for part in text.splitlines() if (line := part.strip())]
