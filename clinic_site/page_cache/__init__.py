"""Pages that are the same for everybody are kept, each until something that it shows has changed.

A kept page names the versions of what it shows. They stand in the database and change in the
transaction of the change itself, so every process sees a page go at the moment of the commit,
and the keeping can stay where it is fastest, in each process's own memory (decision 9).

Whoever changes what a page shows says so: `invalidate_pages(page)`, or `invalidate_all()` if it
is on many. What Wagtail changes is heard of by its signals (`signal_handlers`).
"""
