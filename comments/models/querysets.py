"""Comments as a set: which are meant, and the verbs that change rows."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from wagtail.models import Page

from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import delete_emails
from clinic_site.page_cache.invalidation import invalidate_pages
from clinic_site.search.columns import SearchWordsQuerySet
from clinic_site.sqlite.wal import empty_log_after_commit
from comments.models.history import CommentEvent, UndoSnapshot
from comments.models.state import CommentState
from comments.moderation.rules import LIKELY_SPAM

if TYPE_CHECKING:
    from comments.models.comment import Comment  # noqa: F401

# What an email about a comment tells of, before its number.
SUBJECT = "comment "

# What readers see of a comment: a change of one of these changes its page.
SHOWN = {"page", "page_id", "parent", "parent_id", "name", "text", "state", "submitted_at"}
SHOWN |= {"is_staff", "redacted"}
# What an erased comment still says.
NOTHING: dict[str, Any] = {
    "name": "",
    "text": "",
    "digest": "",
    "held_for": [],
    "idempotency_key": None,
    "spam_score": 0,
}


class CommentQuerySet(SearchWordsQuerySet["Comment"]):
    """Comments. Every verb that changes rows makes the pages anew that show them, and so does
    `Comment.save`: whatever way a comment goes, the next reader does not see it.
    """

    def approved(self) -> "CommentQuerySet":
        """What anybody may read, in the order it was said."""
        return self.filter(state=CommentState.APPROVED).order_by("submitted_at", "pk")

    def to_read(self) -> "CommentQuerySet":
        """What waits and does not look like spam, oldest first."""
        pending = self.filter(state=CommentState.PENDING, spam_score__lt=LIKELY_SPAM)
        return pending.order_by("submitted_at", "pk")

    def likely_spam(self) -> "CommentQuerySet":
        """What waits and looks like spam, oldest first."""
        pending = self.filter(state=CommentState.PENDING, spam_score__gte=LIKELY_SPAM)
        return pending.order_by("submitted_at", "pk")

    def matching(self, words: str) -> "CommentQuerySet":
        return self.filter(self.having("name_words", words) | self.having("text_words", words))

    def update(self, **fields: Any) -> int:
        if not SHOWN & fields.keys():
            return super().update(**fields)
        to = fields.get("state", "")
        with transaction.atomic():
            # Any expression could make approved ones of them.
            pages = self.lock(approved_only=isinstance(to, str) and to != CommentState.APPROVED)
            count = super().update(**fields)
            moved = [fields[name] for name in ("page", "page_id") if name in fields]
            invalidate_by_key(pages | {getattr(page, "pk", page) for page in moved})
        return count

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete these. Of one that is answered by a comment that stays, an empty row stays too."""
        pages = self.lock()
        stay = self._answered_by_others()
        self.delete_emails()
        self.model._default_manager.filter(pk__in=stay).erase()
        deleted = super(CommentQuerySet, self.exclude(pk__in=stay)).delete()
        invalidate_by_key(pages)
        empty_log_after_commit()
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    @transaction.atomic
    def erase(self) -> int:
        """Leave empty rows of these, and nothing that is kept beside them; return how many."""
        rows = list(self.exclude(state=CommentState.ERASED).order_by("pk"))
        these = self.model._default_manager.filter(pk__in=[row.pk for row in rows])
        to = CommentState.ERASED
        these.update(
            state=to, version=F("version") + 1, decided_at=timezone.now(), learned_as="", **NOTHING
        )
        these.delete_related()
        event_type = CommentEvent.EventType.ERASED
        CommentEvent.objects.bulk_create(
            CommentEvent(comment=row, event_type=event_type, from_state=row.state, to_state=to)
            for row in rows
        )
        return len(rows)

    erase.alters_data = True  # type: ignore[attr-defined]
    erase.queryset_only = True  # type: ignore[attr-defined]

    def delete_emails(self) -> None:
        """Delete the emails to those who wrote these: they have their names and addresses."""
        ref = Concat(Value(SUBJECT), Cast("pk", models.CharField()))
        told_of = self.order_by().annotate(ref=ref).values("ref")
        delete_emails(OutgoingEmail.objects.filter(subject_ref__in=told_of))

    delete_emails.alters_data = True  # type: ignore[attr-defined]
    delete_emails.queryset_only = True  # type: ignore[attr-defined]

    def delete_related(self) -> None:
        """Delete what is kept beside these: an edit, the address, the link, words, emails."""
        self.delete_emails()
        for relation in self.model._meta.related_objects:
            if relation.one_to_one:
                relation.related_model._default_manager.filter(comment__in=self).delete()
        UndoSnapshot.objects.filter(event__comment__in=self).delete()
        empty_log_after_commit()

    delete_related.alters_data = True  # type: ignore[attr-defined]
    delete_related.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        with transaction.atomic():
            made = super().bulk_create(objs, *args, **kwargs)
            invalidate_by_key({row.page_id for row in made if row.state == CommentState.APPROVED})
        return made

    def lock(self, *, approved_only: bool = True) -> set[int]:
        """Keep others from these rows, in one order for everybody; return the pages they are on."""
        these = self.model._base_manager.filter(pk__in=self.order_by().values("pk")).order_by("pk")
        rows = these.select_for_update().values_list("state", "page_id")
        seen = CommentState.APPROVED
        return {page for state, page in rows if state == seen or not approved_only}

    def _answered_by_others(self) -> set[int]:
        """Return those of these that something rests upon which is not among them."""
        keys = self.order_by().values("pk")
        others = self.model._base_manager.filter(parent__in=keys).exclude(pk__in=keys)
        found: set[int] = set()
        above: set[Any] = set(others.values_list("parent", flat=True))
        while above:
            found |= above
            above = set(self.filter(answers__in=above).values_list("pk", flat=True)) - found
        return found


def invalidate_by_key(pages: set[int]) -> None:
    """Have the next readers of the pages with these keys see them anew."""
    if pages:
        invalidate_pages(*Page.objects.filter(pk__in=pages))
