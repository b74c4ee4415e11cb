from django.apps import AppConfig


class SchemaConfig(AppConfig):
    name = "clinic_site.schema"
    label = "schema"

    def ready(self) -> None:
        from django.core.checks import Tags, register

        from clinic_site.schema.earlier import check_that_current

        register(check_that_current, Tags.database)
