from django.apps import AppConfig


class DatabaseCheckConfig(AppConfig):
    name = "clinic_site.database_check"
    label = "database_check"

    def ready(self) -> None:
        from django.core.checks import Tags, register

        from clinic_site.database_check.earlier_database import (
            check_that_current,
            reason_of_earlier,
        )
        from clinic_site.database_check.starting import refuse_to_start_if

        register(check_that_current, Tags.database)
        refuse_to_start_if(reason_of_earlier)
