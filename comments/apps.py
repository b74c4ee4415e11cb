from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from clinic_site.people import Holding, register


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        register(
            Holding(
                what=_("The name and the words of a comment"),
                why=_("To publish them once one of us has read them."),
                seen_by=_("Our moderators; everybody once it is approved."),
                until=_("Until the comment or its article is deleted."),
            ),
            Holding(
                what=_("The email address of somebody who comments"),
                why=_("To tell people apart. It is never published, nor anything made from it."),
                seen_by=_("Our moderators and the owners of the clinic."),
                until=_("Until the comment or its article is deleted."),
            ),
        )
