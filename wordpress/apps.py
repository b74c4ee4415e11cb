from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WordPressConfig(AppConfig):
    name = "wordpress"
    verbose_name = _("Move in from WordPress")

    def ready(self) -> None:
        from clinic_site.accounts.roles import register_permissions
        from clinic_site.jobs.periodic import every, register_job
        from clinic_site.jobs.queues import register_queue
        from clinic_site.privacy.register import register_personal_data
        from wordpress.permissions import PERMISSIONS
        from wordpress.privacy import NOT_PERSONAL
        from wordpress.runs import QUEUE, delete_old_exports, do_next_run

        register_queue(QUEUE, do_next_run)
        register_job("wordpress.delete_old_exports", delete_old_exports, every(days=1))
        register_permissions(PERMISSIONS)

        register_personal_data(not_personal=NOT_PERSONAL)
