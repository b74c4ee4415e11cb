from django.urls import path, re_path

from booking import private, views
from booking.forms import Step

app_name = "booking"

urlpatterns = [
    path("", views.show_step, {"step": Step.START}, name="start"),
    path("contact/", views.show_step, {"step": Step.CONTACT}, name="contact"),
    path("check/", views.show_step, {"step": Step.CHECK}, name="check"),
    path("send/", views.send, name="send"),
    re_path(r"^received/(?P<reference>[0-9A-Z]{4}-[0-9A-Z]{4})/$", views.received, name="received"),
    path("visit/<str:token>/", private.show_visit, name="visit"),
    path("visit/<str:token>/earlier/", private.show_visit, name="earlier"),
]
