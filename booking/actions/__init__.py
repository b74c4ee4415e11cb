"""Every change of an appointment and of the time that is taken. None of these knows a request."""
