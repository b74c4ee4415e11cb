from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "clinic_site.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        from django.core.checks import Tags, register
        from django.db.models.signals import post_migrate

        from clinic_site.database_check.starting import refuse_to_start_if
        from clinic_site.jobs import periodic
        from clinic_site.privacy import key_checks
        from clinic_site.privacy.register import register_personal_data
        from clinic_site.privacy.retention import end_what_is_over
        from clinic_site.sqlite import wal

        register(key_checks.check_keys_fit, Tags.database)
        register(key_checks.check_keys_named, Tags.security, deploy=True)
        post_migrate.connect(key_checks.note_after_migrating, sender=self)
        refuse_to_start_if(key_checks.wrong_keys)
        periodic.register_job(
            "empty the write-ahead log", wal.checkpoint_wal, periodic.every(minutes=1), True
        )
        periodic.register_job(
            "end what is kept long enough", end_what_is_over, periodic.every(minutes=15), True
        )
        register_personal_data(
            not_personal={
                "jobs.JobSchedule": "name",
                "jobs.JobStatus": "name last_error",
                "privacy.KeptSecret": "purpose text",
                "privacy.KeyCheck": "key_id sealed",
                "privacy.RetentionPeriod": "key",
            }
        )
