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
        from blog.models import ArticlePage
        from blog.related import discard_related
        from blog.review.notifications import replace_wagtail_notifications
        from clinic_site.jobs.periodic import register_job

        for job in JOBS:
            register_job(*job)
        replace_wagtail_notifications()
        init_new_page.connect(preset_author)
        post_page_move.connect(discard_related, sender=ArticlePage)
