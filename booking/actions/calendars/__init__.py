"""What changes when practitioners can be booked: closures, blocked time, their own calendars."""
