from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImagesConfig(AppConfig):
    name = "clinic_site.images"
    label = "images"
    verbose_name = _("Images")

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from clinic_site.accounts.roles import register_permissions
        from clinic_site.images import avif, privacy, renditions
        from clinic_site.images.permissions import PERMISSIONS
        from clinic_site.jobs import queues
        from clinic_site.privacy.register import register_personal_data

        avif.encode_quickly()
        post_save.connect(renditions.queue_renditions, sender="images.SiteImage")
        queues.register_queue(
            renditions.QUEUE,
            renditions.make_next_renditions,
            at_start=renditions.queue_missing_renditions,
        )
        register_personal_data(not_personal=privacy.NOT_PERSONAL)
        register_permissions(PERMISSIONS)
