"""What changes about a course: booked as a whole, called off, undone, its times chosen."""
