"""How often pages are read, and nothing about who reads them (decision 32).

A reader's request leaves a note in memory; a thread of the process that serves adds the notes up
and writes the sums now and then (`counting`). The table has a number for each day and name, and no
room for anything else; `report` is its screen.
"""
