"""What the front desk can do with an appointment: one small form for each transition."""
