"""The moderators' screens, made from Wagtail's own components."""
