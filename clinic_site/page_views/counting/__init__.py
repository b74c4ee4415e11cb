"""From a reader's request to a sum in the table."""
