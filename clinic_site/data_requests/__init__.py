"""Whoever says "show me everything" or "delete me", answered over all that the apps hold."""
