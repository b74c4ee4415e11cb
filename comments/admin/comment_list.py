"""All comments, found by state, article, person and words, and taken away as a table."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log

from clinic_site.admin import spreadsheets
from clinic_site.admin.viewsets import CappedPaginator, RecordIndexView, StateColumn
from comments.admin.articles import pages_titled
from comments.admin.comment_detail import SEE_ADDRESSES
from comments.admin.labels import ICONS
from comments.models import Comment, Commenter, CommentRules
from comments.moderation.rules import in_words
from comments.queue import LARGEST_KEY

ROWS_AT_ONCE = 500


class CommentFilter(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"),
        choices=Comment.State.choices,
        widget=django_filters.widgets.forms.CheckboxSelectMultiple,
    )
    article = django_filters.CharFilter(
        label=gettext_lazy("Article"),
        help_text=gettext_lazy("Words of its title."),
        method="of_article",
    )
    person = django_filters.CharFilter(
        label=gettext_lazy("Person"), help_text=gettext_lazy("Their name."), method="of_person"
    )
    same_person_as = django_filters.NumberFilter(
        label=gettext_lazy("Same person as of comment number"),
        method="of_same_person",
        min_value=1,
        max_value=LARGEST_KEY,
    )
    since = django_filters.DateFilter(
        label=gettext_lazy("Sent since"),
        field_name="submitted_at",
        lookup_expr="date__gte",
        widget=AdminDateInput,
    )

    class Meta:
        model = Comment
        fields = ["state", "article", "person", "same_person_as", "since"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.may_see_addresses:
            self.form.fields["person"].help_text = _("Their name or the whole email address.")

    @property
    def may_see_addresses(self) -> bool:
        return self.request is not None and self.request.user.has_perm(SEE_ADDRESSES)

    def of_article(self, rows: QuerySet[Comment], _name: str, words: str) -> QuerySet[Comment]:
        return rows.filter(page__in=pages_titled(words))

    def of_person(self, rows: QuerySet[Comment], _name: str, words: str) -> QuerySet[Comment]:
        if "@" in words and self.may_see_addresses:
            return rows.filter(pk__in=Commenter.objects.of_address(words).values("comment"))
        return rows.filter(Comment.objects.having("name_words", words))

    def of_same_person(self, rows: QuerySet[Comment], _name: str, pk: Any) -> QuerySet[Comment]:
        one = Commenter.objects.filter(comment=int(pk)).defer("email").first()
        if one is None:
            return rows.filter(pk=int(pk))
        return rows.filter(pk__in=Commenter.objects.same_person_as(one).values("comment"))


class CommentListView(RecordIndexView):
    """The list of all comments. The newest stands first."""

    page_title = gettext_lazy("All comments")
    filterset_class = CommentFilter
    paginator_class = CappedPaginator
    default_ordering = ("-submitted_at", "-pk")
    index_url_name = "comment_queue:all"
    index_results_url_name = "comment_queue:all_results"
    # What the tables for download hold; the names are those of the columns.
    list_export = ["comment"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = request.GET.get("export") in spreadsheets.FORMATS

    def get_base_queryset(self) -> QuerySet[Comment]:
        return Comment.objects.select_related("page", "decided_by")

    def as_spreadsheet(self, queryset: QuerySet[Comment], kind: str) -> HttpResponseBase:
        """Return what is listed, all of it, and note that somebody took it away."""
        addresses = self.request.user.has_perm(SEE_ADDRESSES)
        asked = sorted(set(self.request.GET) - {"export"})
        data = {"format": kind, "addresses": addresses, "narrowed_by": asked}
        log(CommentRules.load(), "comments.export", user=self.request.user, data=data)
        return spreadsheets.response(
            kind, "comments", column_headings(addresses), rows(queryset, addresses)
        )


def column_headings(addresses: bool) -> list[str]:
    columns = [_("Number"), _("Article"), _("Answers number"), _("Name"), _("Comment"), _("State")]
    columns += [_("Sent"), _("Decided"), _("Decided by"), _("Held because"), _("From the clinic")]
    return [*columns, _("Email")] if addresses else columns


def rows(comments: QuerySet[Comment], addresses: bool) -> Iterator[list[Any]]:
    if addresses:
        comments = comments.select_related("commenter", "page", "decided_by")
    for comment in comments.iterator(ROWS_AT_ONCE):
        row = [
            comment.pk,
            comment.page.title,
            comment.parent_id,
            comment.name,
            comment.text,
            comment.get_state_display(),
            comment.submitted_at,
            comment.decided_at,
            comment.decided_by.display_name if comment.decided_by else "",
            " ".join(in_words(comment.held_for)),
            _("yes") if comment.is_staff else _("no"),
        ]
        yield [*row, _address(comment)] if addresses else row


def _address(comment: Comment) -> str:
    commenter = getattr(comment, "commenter", None)
    return commenter.email if commenter else ""


COLUMNS = [
    "excerpt",
    Column("name", label=gettext_lazy("Name")),
    Column("page", label=gettext_lazy("Article"), accessor="page.title"),
    StateColumn(ICONS),
    DateColumn("submitted_at", label=gettext_lazy("Sent")),
]
