"""Days off, extra hours, and what becomes of the visits that a day off hits."""
