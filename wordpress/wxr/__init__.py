"""What WordPress writes as an export (WXR), read piece by piece. Knows no database."""
