from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PageCacheConfig(AppConfig):
    name = "clinic_site.page_cache"
    label = "page_cache"
    verbose_name = _("Page cache")

    def ready(self) -> None:
        from clinic_site.page_cache import signal_handlers
        from clinic_site.privacy.register import register_personal_data

        signal_handlers.connect()
        register_personal_data(not_personal={"page_cache.PageVersion": "address"})
