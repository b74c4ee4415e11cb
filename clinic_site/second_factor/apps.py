from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class SecondFactorConfig(AppConfig):
    name = "clinic_site.second_factor"
    label = "second_factor"
    verbose_name = _("Two-step sign-in")

    def ready(self) -> None:
        from clinic_site.jobs.periodic import every, register_job
        from clinic_site.privacy.register import register_personal_data
        from clinic_site.second_factor import actions, checks, privacy, sign_in
        from clinic_site.second_factor.middleware import register_reauthentication

        checks.register_checks()
        register_personal_data(*privacy.RECORDS)
        register_job("forget remembered browsers", actions.delete_spent, every(days=1))
        user_logged_in.connect(sign_in.note_sign_in)
        register_reauthentication(
            "second_factor:set_up",
            "second_factor:renew_codes",
            "second_factor:reset",
            "second_factor:end_others",
            "second_factor:end_sign_in",
            "wagtailadmin_account",
            "wagtailusers_users:add",
            "wagtailusers_users:edit",
            "wagtailusers_users:delete",
        )
