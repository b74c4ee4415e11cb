"""The waiting list at the desk: who waits, whom a time fits, what is offered, in which order."""
