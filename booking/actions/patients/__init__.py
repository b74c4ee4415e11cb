"""What the front desk does with patients' records. Each change leaves a line of history."""
