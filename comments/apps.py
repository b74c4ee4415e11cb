from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from clinic_site.people import Holding, register


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from clinic_site import chores, throttle
        from clinic_site.page_cache.changes import shown_everywhere
        from comments.holdings import address_kept, words_kept
        from comments.models import CommentRules
        from comments.services import retention

        shown_everywhere(CommentRules)
        chores.register(
            "delete what is over of comments", retention.delete_due, chores.every(minutes=15)
        )
        chores.register("tell moderators what waits", retention.send_digest, retention.next_morning)
        chores.register("forget counts of senders", throttle.purge, chores.every(hours=1))
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
            Holding(
                what=_("How often something was sent from your network"),
                why=_(
                    "To stop floods. We keep no network address, only a code made from it that "
                    "is another each day."
                ),
                seen_by=_("Nobody."),
                until=_("For a day."),
            ),
        )
