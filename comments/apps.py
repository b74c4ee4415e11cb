from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from clinic_site.accounts.roles import register_rights
        from clinic_site.jobs import periodic
        from clinic_site.page_cache.signal_handlers import invalidate_all_on_change
        from clinic_site.privacy.register import register_personal_data
        from comments.jobs import JOBS
        from comments.models import CommentRules
        from comments.privacy import RECORDS
        from comments.rights import RIGHTS

        invalidate_all_on_change(CommentRules)
        for job in JOBS:
            periodic.register_job(*job)
        register_personal_data(*RECORDS)
        register_rights(RIGHTS)
