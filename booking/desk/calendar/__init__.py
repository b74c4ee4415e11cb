"""The calendar: the screen on which the desk works all day."""
