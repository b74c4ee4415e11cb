"""The desk's screens of courses: booked on the phone, how each stands, called off."""
