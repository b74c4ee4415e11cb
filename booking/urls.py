from django.urls import path

from booking.public import views
from booking.public.forms.steps import Step

app_name = "booking"

urlpatterns = [
    path("", views.show_step, {"step": Step.START}, name="start"),
    path("place/", views.show_step, {"step": Step.PLACE}, name="place"),
    path("with/", views.show_step, {"step": Step.PERSON}, name="person"),
    path("time/", views.show_step, {"step": Step.TIME}, name="time"),
    path("wishes/", views.show_step, {"step": Step.WISHES}, name="wishes"),
    path("contact/", views.show_step, {"step": Step.CONTACT}, name="contact"),
    path("check/", views.show_step, {"step": Step.CHECK}, name="check"),
    path("send/", views.send, name="send"),
    path("done/<str:ticket>/", views.done, name="done"),
    path("done/<str:ticket>/calendar/", views.done_calendar_file, name="done_calendar"),
    path("mine/<str:token>/", views.show_visit, name="visit"),
    path("mine/<str:token>/move/", views.move, name="move"),
    path("mine/<str:token>/cancel/", views.cancel, name="cancel"),
    path("mine/<str:token>/accept/", views.accept, name="accept"),
    path("mine/<str:token>/calendar/", views.calendar_file, name="calendar"),
    path("mine/<str:token>/waiting/", views.wait_for_earlier, name="waiting"),
    path("mine/<str:token>/earlier/", views.answer_offer, name="earlier"),
]
