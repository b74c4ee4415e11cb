"""What the desk does with the waiting list: adds, offers, puts in order, takes off; and back."""
