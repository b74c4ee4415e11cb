"""How what comments hold of somebody is found, handed over and erased."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import delete_emails, export_emails
from clinic_site.privacy.tables import (
    CannotErase,
    Exported,
    PersonalDataTable,
    RowSummary,
    Sought,
    export_fields,
    export_value,
)
from comments.actions.by_commenter import erase
from comments.actions.transitions import InvalidTransition, StaleComment
from comments.models import Comment, CommentDraft, CommentEdit, Commenter, ReplyNotice, UndoSnapshot
from comments.models.querysets import SUBJECT

TRIES = 3  # a moderator may decide about it at this very moment


class CommentTable(PersonalDataTable[Comment]):
    title = _("Comments")
    model = Comment

    def rows(self) -> Iterable[Comment]:
        said = Comment.objects.filter(staff_author=None).exclude(state=Comment.State.ERASED)
        return said.select_related("page", "commenter")

    def find(self, sought: Sought) -> Iterable[Comment]:
        found = Q(pk__in=[])
        for email in sought.emails:
            found |= Q(commenter__in=Commenter.objects.of_address(email))
        if sought.name:
            found |= Comment.objects.all().having("name_words", sought.name)
        said: Any = self.rows()
        return said.filter(found).order_by("-submitted_at", "-pk")

    def summary(self, row: Comment) -> RowSummary:
        writer = getattr(row, "commenter", None)
        title = gettext("%(when)s, on “%(page)s”: %(words)s") % {
            "when": export_value(row.submitted_at),
            "page": row.page.title,
            "words": row.excerpt(),
        }
        return RowSummary(title, (row.name,), (writer.email,) if writer else ())

    def export(self, row: Comment) -> Exported:
        exported: dict[str, Any] = dict(export_fields(row, "name text state submitted_at"))
        exported[gettext("Page")] = row.page.title
        if writer := getattr(row, "commenter", None):
            exported |= export_fields(writer, "email wants_replies confirmed_at delete_at")
        if edit := CommentEdit.objects.filter(comment=row).first():
            exported[gettext("Other words that wait")] = edit.text
        kept = UndoSnapshot.objects.filter(event__comment=row)
        exported[gettext("Words that can still come back")] = [
            words for snapshot in kept for words in export_fields(snapshot, "text").values()
        ]
        exported[gettext("History")] = [
            export_fields(event, "at event_type") for event in row.events.all()
        ]
        exported[gettext("Emails")] = export_emails(f"{SUBJECT}{row.pk}")
        return exported

    def identity(self, row: Comment) -> str:
        return f"{row.pk} {row.submitted_at.isoformat()}"

    def erase(self, row: Comment, *, by: User | None) -> None:
        """Leave an empty row, so that answers of others keep their place."""
        told_others = ReplyNotice.objects.filter(reply=row, email__isnull=False)
        emails = [*told_others.values_list("email", flat=True)]
        delete_emails(OutgoingEmail.objects.filter(pk__in=emails))
        for _try in range(TRIES):
            now = Comment.objects.filter(pk=row.pk).first()
            if now is None:
                return
            try:
                erase(now)
            except InvalidTransition:  # erased already
                return
            except StaleComment:
                continue
            return
        raise CannotErase(_("Somebody is working on it just now. Please try again."))


class CommentDraftTable(PersonalDataTable[CommentDraft]):
    """There are as many as could not be taken in the last two hours."""

    title = _("Comments not sent yet")
    model = CommentDraft

    def summary(self, row: CommentDraft) -> RowSummary:
        fields = row.content.get("fields", {})
        email, name = fields.get("email", "").strip(), fields.get("name", "")
        return RowSummary(
            export_value(row.last_step_at), (name,) if name else (), (email,) if email else ()
        )

    def export(self, row: CommentDraft) -> Exported:
        return {name: text for name, text in row.content.get("fields", {}).items() if text}

    def identity(self, row: CommentDraft) -> str:
        return row.token_hash

    def erase(self, row: CommentDraft, *, by: User | None) -> None:
        CommentDraft.objects.filter(pk=row.pk).delete()


TABLES: list[PersonalDataTable[Any]] = [CommentTable(), CommentDraftTable()]
