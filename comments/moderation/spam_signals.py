"""What is odd about how a form was sent. It holds the comment and refuses nothing."""

from datetime import timedelta

from comments.moderation.rules import Reason

# Nobody reads the form, writes and sends within this.
QUICKEST = timedelta(seconds=3)


def signals_of_form(*, honeypot_filled: bool, open_for: timedelta) -> list[Reason]:
    """Return what a filled-in form tells; the honeypot is a field that no person sees."""
    signals = [Reason("honeypot")] if honeypot_filled else []
    return [*signals, Reason("quick")] if open_for < QUICKEST else signals
