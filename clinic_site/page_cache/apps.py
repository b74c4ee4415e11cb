from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PageCacheConfig(AppConfig):
    name = "clinic_site.page_cache"
    label = "page_cache"
    verbose_name = _("Page cache")

    def ready(self) -> None:
        from clinic_site.page_cache import signal_handlers

        signal_handlers.connect()
