"""The site's own settings, with a server that takes its time over the posts of editors."""

from clinic_site.settings import *  # noqa: F403
from clinic_site.settings import MIDDLEWARE

MIDDLEWARE = ["tests.browser.slow_answers.SlowAnswers", *MIDDLEWARE]
