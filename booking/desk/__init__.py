"""The front desk's screens, made from Wagtail's own components."""
