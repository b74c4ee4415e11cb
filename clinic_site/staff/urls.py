"""What somebody opens who has no account yet."""

from django.urls import path
from django.views.decorators.cache import never_cache

from clinic_site.staff.accepting import open_invitation
from clinic_site.staff.first_account import first_account

urlpatterns = [
    path("first-account/<str:token>/", never_cache(first_account), name="first_account"),
    path("invitation/<str:token>/", open_invitation, name="staff_invitation"),
]
