from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.signals import post_page_move


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from blog.admin.reviews import remind_owners
        from blog.models import ArticlePage
        from blog.related import compare_anew, relate_articles
        from clinic_site.jobs import periodic

        periodic.register("remind of reviews", remind_owners, periodic.monthly)
        periodic.register(
            "relate articles", relate_articles, periodic.every(minutes=1), takes_long=True
        )
        post_page_move.connect(compare_anew, sender=ArticlePage)
