"""Courses of visits, and the invitations to choose their times."""
