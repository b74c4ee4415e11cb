from django.urls import path

from comments.views import letters, private, replies

app_name = "comments"

urlpatterns = [
    path("<int:page_id>/reply/", replies.reply, name="reply"),
    path("<int:page_id>/received/", replies.received, name="received"),
    path("<int:page_id>/published/", replies.received, {"published": True}, name="published"),
    path("confirm/<str:token>/", letters.confirm, name="confirm"),
    path("unsubscribe/<str:token>/", letters.unsubscribe, name="unsubscribe"),
    path("mine/<str:token>/", private.mine, name="mine"),
]
