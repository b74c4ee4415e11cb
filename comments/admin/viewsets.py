"""The addresses of the moderators' screens."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy

from clinic_site.admin.viewsets import RecordViewSet
from comments.admin.articles import ArticlesView, ThreadView
from comments.admin.comment_detail import AddressView, CommentView
from comments.admin.comment_list import COLUMNS, CommentListView
from comments.admin.decisions import DecideView, UndoView
from comments.admin.queue import BulkView, QueueView
from comments.admin.redaction import RedactView
from comments.admin.replies import ReplyView
from comments.models import Comment


class CommentViewSet(RecordViewSet):
    """Comments come from the public form; moderators decide, and delete nothing."""

    model = Comment
    name = "comment_queue"
    url_prefix = "comments"
    icon = "comment"
    menu_label = gettext_lazy("Comments")
    add_to_admin_menu = False
    index_view_class = CommentListView
    inspect_view_class = CommentView
    list_display = COLUMNS

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        own = {
            "index_url_name": CommentListView.index_url_name,
            "index_results_url_name": CommentListView.index_results_url_name,
        }
        listing: dict[str, Any] = super().get_index_view_kwargs(**own, **kwargs)
        for name in ("list_filter", "list_export", "filterset_class", "default_ordering"):
            listing.pop(name, None)  # the view knows them
        return listing

    def get_urlpatterns(self) -> list[URLPattern]:
        def view(view_class: Any, **kwargs: Any) -> Any:
            return self.construct_view(view_class, **kwargs)

        articles = {
            "index_url_name": ArticlesView.index_url_name,
            "index_results_url_name": ArticlesView.index_results_url_name,
        }
        address = view(AddressView, **self.get_inspect_view_kwargs())
        return [
            path("", view(QueueView), name="index"),
            path("bulk/", view(BulkView), name="bulk"),
            path("undo/", view(UndoView), name="undo"),
            path("all/", self.index_view, name="all"),
            path("all/results/", self.index_results_view, name="all_results"),
            path("articles/", view(ArticlesView, **articles), name="articles"),
            path(
                "articles/results/",
                view(ArticlesView, **articles, results_only=True),
                name="articles_results",
            ),
            path("articles/<int:pk>/close/", view(ThreadView), {"act": "close"}, name="close"),
            path("articles/<int:pk>/open/", view(ThreadView), {"act": "open"}, name="open"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/decide/", view(DecideView), name="decide"),
            path("<int:pk>/redact/", view(RedactView), name="redact"),
            path("<int:pk>/reply/", view(ReplyView), name="reply"),
            path("<int:pk>/address/", address, name="address"),
        ]
