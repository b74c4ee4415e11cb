"""Django's backend for SQLite, in which writers wait in line and give up in time.

SQLite has one lock for all who write, and lets those who wait for it try by chance. Here one
thread of a process tries and the others stand behind it, so that nobody is passed over; and who
cannot get through is told so soon enough to tell a patient.
"""
