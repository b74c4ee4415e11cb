"""One file that holds the whole site, encrypted; and the site made again from it.

The file is what `age` makes of a compressed tar: `age -d -i KEY FILE | tar -tz` lists it on any
machine. It holds every table as lines of JSON, whatever database they come from, and the uploads.
"""
