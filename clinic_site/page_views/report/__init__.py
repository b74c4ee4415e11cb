"""The sums of some days, for editors and owners."""
