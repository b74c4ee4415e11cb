from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "clinic_site.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from clinic_site.accounts.roles import register_permissions
        from clinic_site.jobs.periodic import register_job
        from clinic_site.mail.words.registry import register_emails
        from clinic_site.page_cache import invalidation
        from clinic_site.pages import privacy
        from clinic_site.pages.editing.emails import NOT_PUBLISHED
        from clinic_site.pages.editing.reserved_slugs import refuse_reserved_slugs
        from clinic_site.pages.editing.root_page import begin_at_home, protect_root_pages
        from clinic_site.pages.editing.testimonials import TABLES
        from clinic_site.pages.jobs import JOBS
        from clinic_site.pages.permissions import PERMISSIONS
        from clinic_site.pages.profiles import profile_paths
        from clinic_site.pages.site_address import sync_site_hostname
        from clinic_site.privacy.register import register_personal_data
        from clinic_site.privacy.retention import register_retention

        register_retention(*privacy.RETENTION)
        register_personal_data(*privacy.RECORDS, tables=TABLES, not_personal=privacy.NOT_PERSONAL)
        for job in JOBS:
            register_job(*job)
        invalidation.register_lists(profile_paths)
        post_migrate.connect(sync_site_hostname, sender=self)
        register_permissions(PERMISSIONS)
        register_emails(_("Pages"), [NOT_PUBLISHED])
        refuse_reserved_slugs()
        protect_root_pages()
        begin_at_home()
