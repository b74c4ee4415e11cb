from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImagesConfig(AppConfig):
    name = "clinic_site.images"
    label = "images"
    verbose_name = _("Images")

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from clinic_site.accounts.roles import register_rights
        from clinic_site.images import renditions, upload
        from clinic_site.images.rights import RIGHTS
        from clinic_site.jobs import queues

        upload.strip_when_rendered()
        post_save.connect(renditions.ask_for_renditions, sender="images.SiteImage")
        queues.register(
            "renditions", renditions.make_next_picture, at_start=renditions.ask_for_what_is_missing
        )
        register_rights(RIGHTS)
