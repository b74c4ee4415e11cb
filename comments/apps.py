from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import Holding, register


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from clinic_site.accounts.roles import register_rights
        from clinic_site.jobs import periodic
        from clinic_site.page_cache.signal_handlers import shown_everywhere
        from comments.actions import retention
        from comments.models import CommentRules
        from comments.privacy import address_kept, words_kept
        from comments.rights import RIGHTS

        shown_everywhere(CommentRules)
        periodic.register(
            "delete what is over of comments", retention.delete_due, periodic.every(minutes=15)
        )
        periodic.register(
            "tell moderators what waits", retention.send_digest, retention.next_morning
        )
        register(
            Holding(
                what=_("The name and the words of a comment"),
                why=_("To publish them once one of us has read them."),
                seen_by=_("Our moderators; everybody once it is approved."),
                until=words_kept,
            ),
            Holding(
                what=_("The email address of somebody who comments, encrypted"),
                why=_(
                    "To tell people apart, and to tell you of replies if you want that. It is "
                    "never published, nor anything made from it."
                ),
                seen_by=_("Those of us who may see addresses."),
                until=address_kept,
            ),
        )
        register_rights(RIGHTS)
