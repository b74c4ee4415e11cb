from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "clinic_site.documents"
    label = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from clinic_site.accounts.roles import register_permissions
        from clinic_site.documents.models import SiteDocument
        from clinic_site.documents.permissions import PERMISSIONS
        from clinic_site.documents.privacy import NOT_PERSONAL
        from clinic_site.page_cache.signal_handlers import invalidate_all_on_change
        from clinic_site.privacy.register import register_personal_data

        invalidate_all_on_change(SiteDocument)
        register_personal_data(not_personal=NOT_PERSONAL)
        register_permissions(PERMISSIONS)
