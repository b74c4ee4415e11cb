"""Classes: their weekly dates made ahead, their seats taken and given back, their waiting list."""
