"""What a practitioner has of their own: the day, the calendar, blocked time, feed and busy file."""
