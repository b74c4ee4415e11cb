from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from clinic_site.access_log.signal_handlers import record_changes_of
        from clinic_site.accounts.roles import register_permissions
        from clinic_site.jobs import periodic
        from clinic_site.mail.words.registry import register_emails
        from clinic_site.page_cache.signal_handlers import invalidate_all_on_change
        from clinic_site.privacy.register import register_personal_data
        from comments.data_requests import TABLES
        from comments.email_words import EMAILS
        from comments.jobs import JOBS
        from comments.models import CommentRules
        from comments.permissions import ABOUT_PATIENTS, PERMISSIONS
        from comments.privacy import NOT_PERSONAL, RECORDS

        invalidate_all_on_change(CommentRules)
        record_changes_of(CommentRules)
        for job in JOBS:
            periodic.register_job(*job)
        register_personal_data(*RECORDS, tables=TABLES, not_personal=NOT_PERSONAL)
        register_emails(_("Comments"), EMAILS)
        register_permissions(PERMISSIONS, about_patients=ABOUT_PATIENTS)
