from django.urls import path

from booking.public import views
from booking.public.forms.steps import Step

app_name = "booking"

urlpatterns = [
    path("", views.start, name="start"),
    *(
        path(
            f"request/<str:token>/{step.slug}/",
            views.show_step,
            {"step": step},
            name=f"step_{step}",
        )
        for step in Step
    ),
    path("request/<str:token>/send/", views.send, name="send"),
    path("find/", views.find, name="find"),
    path("find/<str:token>/", views.find_again, name="find_again"),
    path("done/<str:ticket>/", views.done, name="done"),
    path("done/<str:ticket>/calendar/", views.done_calendar_file, name="done_calendar"),
    path("course/<str:token>/", views.choose_course, name="course"),
    path("course/<str:token>/calendar/", views.course_calendar_file, name="course_calendar"),
    path("mine/<str:token>/", views.show_visit, name="visit"),
    path("mine/<str:token>/again/", views.book_again, name="again"),
    path("mine/<str:token>/move/", views.move, name="move"),
    path("mine/<str:token>/cancel/", views.cancel, name="cancel"),
    path("mine/<str:token>/accept/", views.accept, name="accept"),
    path("mine/<str:token>/calendar/", views.calendar_file, name="calendar"),
    path("mine/<str:token>/emails/", views.next_visit_emails, name="next_visit_emails"),
    path("mine/<str:token>/waiting-list/", views.waiting_list, name="waiting_list"),
    path("mine/<str:token>/offer/", views.answer_offer, name="offer"),
]
