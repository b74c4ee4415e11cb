"""What the emails of booking say, and the facts that their words may name."""
