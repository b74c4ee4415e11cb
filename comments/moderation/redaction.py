"""Leaving out a part of what somebody said, and nothing else."""

MARK = "[…]"  # stands where something was left out


def only_leaves_out(before: str, after: str) -> bool:
    """Tell whether `after` is `before` with some parts replaced by the mark.

    So nobody's words are changed into what they did not say.
    """
    first, *others = after.split(MARK)
    if not others:
        return before == after
    *middle, last = others
    if not before.startswith(first):
        return False
    place = len(first)
    for piece in middle:
        found = before.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return before.endswith(last) and len(before) - len(last) >= place
