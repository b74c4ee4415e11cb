"""What is done to many pages at once: to each as to one alone, and with a word of what was not."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages import bulk_actions
from wagtail.locks import ScheduledForPublishLock, WorkflowLock
from wagtail.models import Page

from clinic_site.pages.editing.page_lock import page_lock
from clinic_site.pages.editing.root_page import ALIAS_STAYS, STAYS

NAMED = 5

Left = dict[str, list[str]]  # why pages were left as they were, and what they are called


class OneByOne:
    """Goes before one of Wagtail's actions, which then does what it can and says what it left."""

    request: Any
    left: Left

    def form_valid(self, form: Any) -> HttpResponse:
        self.left = {}
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        for reason, titles in self.left.items():
            messages.warning(self.request, _left_as_it_was(titles, reason))
        return response

    def prepare_action(self, objects: list[Page], without_access: dict[str, Any]) -> Any:
        for page in without_access["items_with_no_access"]:
            _leave(self.left, page, self.why_not_yours(page))
        return super().prepare_action(objects, without_access)  # type: ignore[misc]

    def why_not_yours(self, page: Page) -> str:
        return _why_not_yours(page, self.request.user)

    def get_execution_context(self) -> dict[str, Any]:
        context: dict[str, Any] = super().get_execution_context()  # type: ignore[misc]
        return context | {"left": self.left}

    def get_success_message(self, pages: int, below: int) -> str | None:
        message: str = super().get_success_message(pages, below)  # type: ignore[misc]
        return message if pages or below else None


class PublishMany(OneByOne, bulk_actions.PublishBulkAction):
    @classmethod
    def execute_action(
        cls, objects: list[Page], include_descendants: bool = False, **given: Any
    ) -> tuple[int, int]:
        below = _below(objects, live=False) if include_descendants else []
        return _one_by_one(_publish, objects, **given), _one_by_one(_publish, below, **given)


class UnpublishMany(OneByOne, bulk_actions.UnpublishBulkAction):
    def why_not_yours(self, page: Page) -> str:
        return super().why_not_yours(page) if page.live else _("It isn’t published.")

    @classmethod
    def execute_action(
        cls, objects: list[Page], include_descendants: bool = False, **given: Any
    ) -> tuple[int, int]:
        below = _below(objects, live=True) if include_descendants else []
        return _one_by_one(_unpublish, objects, **given), _one_by_one(_unpublish, below, **given)


class MoveMany(OneByOne, bulk_actions.MoveBulkAction):
    @classmethod
    def execute_action(
        cls, objects: list[Page], destination: Page | None = None, **given: Any
    ) -> tuple[int, int]:
        def move(page: Page, user: Any) -> None:
            page.move(destination, pos="last-child", user=user)

        return _one_by_one(move, objects, **given), 0


class DeleteMany(OneByOne, bulk_actions.DeleteBulkAction):
    @classmethod
    def execute_action(cls, objects: list[Page], **given: Any) -> tuple[int, int]:
        below = len(_below(objects))
        return _one_by_one(lambda page, user: page.delete(user=user), objects, **given), below


ACTIONS = (PublishMany, UnpublishMany, MoveMany, DeleteMany)


def _one_by_one(
    act: Callable[[Page, Any], None], pages: Iterable[Page], user: Any, left: Left, **_given: Any
) -> int:
    """Do it to each page as it stands by then; return to how many it was done."""
    done = 0
    for asked in sorted(pages, key=lambda page: page.pk):
        try:
            with page_lock(asked.pk):
                if page := Page.objects.filter(pk=asked.pk).first():  # unless it went with another
                    act(page.specific, user)
                    done += 1
        except (PermissionDenied, ValidationError) as refusal:
            _leave(left, asked, " ".join(getattr(refusal, "messages", [str(refusal)])))
    return done


def _publish(page: Page, user: Any) -> None:
    if page.alias_of_id:
        raise PermissionDenied(_("An alias is published with the page that it repeats."))
    if page.live and not page.has_unpublished_changes:
        raise PermissionDenied(_("Nothing has changed since it was published."))
    if not page.permissions_for_user(user).can_publish() or _is_locked(page, user):
        raise PermissionDenied(_why_not_yours(page, user))
    revision = page.get_latest_revision() or page.save_revision(user=user)
    revision.publish(user=user)


def _unpublish(page: Page, user: Any) -> None:
    if not page.live:  # an alias, which has gone with its original
        return
    if page.alias_of_id:
        raise PermissionDenied(ALIAS_STAYS)
    if not page.permissions_for_user(user).can_unpublish():
        raise PermissionDenied(_why_not_yours(page, user))
    page.unpublish(user=user)


def _below(pages: list[Page], **which: Any) -> list[Page]:
    """Return what stands below the pages and is not among them."""
    found = Page.objects.none()
    for page in pages:
        found |= page.get_descendants().filter(**which)
    return list(found.exclude(pk__in=[page.pk for page in pages]))


def _is_locked(page: Page, user: Any) -> bool:
    lock = page.get_lock()
    return bool(lock and lock.for_user(user))


def _why_not_yours(page: Page, user: Any) -> str:
    lock = page.specific.get_lock()
    if page.is_site_root():
        return str(STAYS)
    if lock and lock.for_user(user):
        if isinstance(lock, WorkflowLock):
            return _("It’s with its reviewer.")
        if isinstance(lock, ScheduledForPublishLock):
            return _("It’s scheduled already.")
        return _("Someone has locked it.")
    return _("You don’t have permission to do that.")


def _leave(left: Left, page: Page, reason: str) -> None:
    left.setdefault(reason, []).append(page.specific_deferred.get_admin_display_title())


def _left_as_it_was(titles: list[str], reason: str) -> str:
    names = ", ".join(f"“{title}”" for title in titles[:NAMED])
    more = len(titles) - NAMED
    if more > 0:
        names = _("%(names)s and %(more)s more") % {"names": names, "more": more}
    return _("Not done for %(names)s. %(reason)s") % {"names": names, "reason": reason}
