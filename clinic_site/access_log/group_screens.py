"""Wagtail's screens of roles. They give permissions on pages and pictures without any signal."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from wagtail.users.views import groups

from clinic_site.access_log.signal_handlers import SCOPED, record_scoped_given


class RecordsGivenMixin:
    object: Group

    @transaction.atomic
    def process_form(self) -> HttpResponse:
        """Store all that was ticked, with a line of each permission that is new."""
        before = {*_scoped(self.object)}
        response: HttpResponse = super().process_form()  # type: ignore[misc]
        for key, row in _scoped(self.object).items():
            if key not in before:
                record_scoped_given(row)
        return response


class GroupCreateView(RecordsGivenMixin, groups.CreateView):
    pass


class GroupEditView(RecordsGivenMixin, groups.EditView):
    pass


class GroupViewSet(groups.GroupViewSet):
    add_view_class = GroupCreateView
    edit_view_class = GroupEditView


def _scoped(group: Group) -> dict[tuple[type[Model], int], Any]:
    """Return what a role may do in parts of the trees, in the order in which it was given."""
    if group.pk is None:
        return {}
    return {
        (model, row.pk): row
        for model in SCOPED
        for row in model.objects.filter(group=group).select_related("permission").order_by("pk")
    }
