"""Classes at the desk: who comes to a date, its seats, its weekly days."""
