"""What holds the shape of the project: `python -m checks`, which `make check` runs.

Each module finds violations of one rule and gives each a line that stays the same while the
violation stays. Lines in `baseline.txt` are tolerated for now; that file can only get shorter.
"""
