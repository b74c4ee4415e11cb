"""Wagtail's search in the site's own database: the same words find the same on either."""
