"""What patients see: the steps of booking, what has become of it, and their private pages."""

from booking.public.views.course import choose_course, course_calendar_file
from booking.public.views.done import done, done_calendar_file
from booking.public.views.find import find, find_again
from booking.public.views.next_visit_emails import next_visit_emails
from booking.public.views.sending import send
from booking.public.views.steps import book_again, show_step, start
from booking.public.views.visit import accept, calendar_file, cancel, move, show_visit
from booking.public.views.waiting_list import answer_offer, waiting_list

__all__ = [
    "accept",
    "answer_offer",
    "book_again",
    "calendar_file",
    "cancel",
    "choose_course",
    "course_calendar_file",
    "done",
    "done_calendar_file",
    "find",
    "find_again",
    "move",
    "next_visit_emails",
    "send",
    "show_step",
    "show_visit",
    "start",
    "waiting_list",
]
