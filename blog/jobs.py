"""What the worker does for articles by the clock.

A name, what is done, when it is due next, and whether it takes long.
"""

from blog.related import relate_articles
from blog.reminders import remind_owners
from blog.search.in_vain import forget_searches_in_vain
from blog.search.suggestions import collect_words
from clinic_site.jobs.periodic import every, monthly

JOBS = (
    ("remind of reviews", remind_owners, monthly, False),
    ("relate articles", relate_articles, every(minutes=1), True),
    ("collect words for suggestions", collect_words, every(minutes=5), True),
    ("forget searches in vain", forget_searches_in_vain, every(days=1), False),
)
