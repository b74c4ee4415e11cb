"""What emails say: the words in the code, what owners say instead, and the facts in both."""
