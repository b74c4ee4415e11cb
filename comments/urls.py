from django.urls import path

from comments.public.views import private_link, replies, reply_emails, threads

app_name = "comments"

urlpatterns = [
    path("<int:page_id>/reply/", replies.reply, name="reply"),
    path("<int:page_id>/reply/<str:draft>/", replies.reply_again, name="reply_again"),
    path("<int:page_id>/received/", replies.received, name="received"),
    path("<int:page_id>/published/", replies.received, {"published": True}, name="published"),
    path("<int:page_id>/thread/", threads.thread, name="thread"),
    path("see/<int:pk>/", threads.see, name="see"),
    path("confirm/<str:token>/", reply_emails.confirm, name="confirm"),
    path("unsubscribe/<str:token>/", reply_emails.unsubscribe, name="unsubscribe"),
    path("replies/<slug:outcome>/", reply_emails.outcome, name="outcome"),
    path("erased/", private_link.erased, name="erased"),
    path("mine/<str:token>/", private_link.mine, name="private_link"),
    path("mine/<str:token>/erase/", private_link.erase_mine, name="erase"),
    path("mine/<str:token>/typed/<str:draft>/", private_link.mine, name="private_link_typed"),
]
