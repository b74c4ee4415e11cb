from django.urls import path

from comments import views

app_name = "comments"

urlpatterns = [
    path("<int:page_id>/reply/", views.reply, name="reply"),
    path("<int:page_id>/received/", views.received, name="received"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("mine/<str:token>/", views.mine, name="mine"),
]
