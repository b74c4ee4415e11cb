"""What the months come to, counted from appointments and their history, never from who they are of.

`read` asks the database, which adds up; `open_hours` and `answers` measure time; `report` puts the
numbers of a month together; `meanings` says what each is.
"""
