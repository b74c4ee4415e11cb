"""Classes: when they meet, and how many can come."""
