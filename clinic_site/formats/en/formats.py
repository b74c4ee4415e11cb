"""As Django's own, but hours are "9:00 AM" here as everywhere else, not "9 a.m."."""

TIME_FORMAT = "g:i\u00a0A"
DATETIME_FORMAT = "N j, Y, g:i\u00a0A"
SHORT_DATETIME_FORMAT = "m/d/Y g:i\u00a0A"
