"""The desk's screens about patients: finding them, their records, whose a booking is."""
