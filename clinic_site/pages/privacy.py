"""The personal data that pages hold, and what Wagtail keeps of everybody's work on them."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, PageLogEntry

from clinic_site.privacy.register import PersonalDataRecord
from clinic_site.privacy.retention import RetentionRule, kept_in_words

RECORDS = [
    PersonalDataRecord(
        what=_("What you say about us, if you’ve given us written permission to publish it"),
        why=_("To show others what a visit is like, under the name you chose."),
        seen_by=_("Everyone. Our editors also see the date you gave permission."),
        until=_("Until you ask us to take it down."),
        columns={
            "pages.HomePage": "body",
            "wagtailcore.Revision": "content object_str object_id",
            "wagtailsearch.IndexEntry": "autocomplete title body title_text body_text object_id",
            "wagtailsearch.SQLiteFTSIndexEntry": "autocomplete title body",
        },
        readable={
            "pages.HomePage": "body",
            "wagtailcore.Revision": "content object_str object_id",
            "wagtailsearch.IndexEntry": "autocomplete title body title_text body_text object_id",
            "wagtailsearch.SQLiteFTSIndexEntry": "autocomplete title body",
        },
        readable_because=_("Everyone reads it on the site."),
    ),
    PersonalDataRecord(
        what=_("If you work here: what you changed on this site and when"),
        why=_("So we can account for it."),
        seen_by=_("The clinic’s owners, and whoever edits the same page."),
        until=kept_in_words(
            _("%(history)s, or until the page is deleted."), history="pages.history"
        ),
        columns={
            "wagtailcore.ModelLogEntry": "label action data object_id",
            "wagtailcore.PageLogEntry": "label action data",
            "wagtailcore.TaskState": "comment",
            "wagtailcore.Comment": "text contentpath position",
            "wagtailcore.CommentReply": "text",
        },
        readable={
            "wagtailcore.ModelLogEntry": "label action data object_id",
            "wagtailcore.PageLogEntry": "label action data",
            "wagtailcore.TaskState": "comment",
            "wagtailcore.Comment": "text contentpath position",
            "wagtailcore.CommentReply": "text",
        },
        readable_because=_("It names patients by numbers, and is about pages for everyone."),
        untraceable=_("It names records by numbers, and staff by their account."),
    ),
]


def end_history(before: datetime, at_once: int) -> int:
    """Delete the lines of the site's history that are older than that; return how many."""
    ended = 0
    for log in (ModelLogEntry, PageLogEntry):
        old = log.objects.filter(timestamp__lt=before).order_by("timestamp")[: at_once - ended]
        ids = [*old.values_list("pk", flat=True)]
        log.objects.filter(pk__in=ids).delete()
        ended += len(ids)
    return ended


RETENTION = [
    RetentionRule(
        key="pages.history",
        what=_("Lines of the site’s history: who of the staff changed, handed over or erased what"),
        days=6 * 365,
        reason=_(
            "HIPAA has you keep the record of what was done with patients’ data for six years "
            "(45 CFR 164.312(b) and 164.316(b)(2))."
        ),
        end=end_history,
    ),
]
NOT_PERSONAL = {
    "pages.ContactPage": "introduction",
    "pages.StandardPage": "introduction body",
    "pages.TeamPage": "introduction",
    "wagtailcore.APIToken": "name prefix key_hash",  # Wagtail 8 has it
    "wagtailcore.Collection": "path name",
    "wagtailcore.CollectionViewRestriction": "password",
    "wagtailcore.Locale": "language_code",
    "wagtailcore.Page": ("path title draft_title slug url_path seo_title search_description"),
    "wagtailcore.PageViewRestriction": "password",
    "wagtailcore.ReferenceIndex": "object_id to_object_id model_path content_path",
    "wagtailcore.Site": "hostname site_name",
    "wagtailcore.Task": "name",
    "wagtailcore.UploadedFile": "file",
    "wagtailcore.Workflow": "name",
    "wagtailcore.WorkflowState": "object_id",
    "wagtailembeds.Embed": ("url hash type html title author_name provider_name thumbnail_url"),
    "wagtailredirects.Redirect": "old_path redirect_page_route_path redirect_link",
}
