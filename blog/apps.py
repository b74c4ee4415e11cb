from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.signals import init_new_page, post_page_move


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from blog import schema_org  # noqa: F401, registers what an article tells search engines
        from blog.editor.form import preset_author
        from blog.jobs import JOBS
        from blog.models import ArticlePage, SearchSynonym
        from blog.permissions import PERMISSIONS
        from blog.privacy import NOT_PERSONAL, RECORDS
        from blog.related import discard_related
        from blog.review.email_words import EMAILS
        from blog.review.handing_over import Reviews
        from blog.review.notifications import replace_wagtail_notifications
        from clinic_site.accounts.roles import register_permissions
        from clinic_site.jobs.periodic import register_job
        from clinic_site.mail.words.registry import register_emails
        from clinic_site.page_cache.signal_handlers import invalidate_all_on_change
        from clinic_site.privacy.register import register_personal_data
        from clinic_site.staff.duties import register_duty

        register_duty(Reviews())
        register_personal_data(*RECORDS, not_personal=NOT_PERSONAL)
        register_permissions(PERMISSIONS)
        register_emails(_("Articles"), EMAILS)
        invalidate_all_on_change(SearchSynonym)
        for job in JOBS:
            register_job(*job)
        replace_wagtail_notifications()
        init_new_page.connect(preset_author)
        post_page_move.connect(discard_related, sender=ArticlePage)
