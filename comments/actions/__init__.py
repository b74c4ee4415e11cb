"""Every change of a comment's state, one function each. None of these knows a request."""
