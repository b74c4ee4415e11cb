"""Wagtail's own workflow would have articles approved by those who moderate comments."""

from django.db import migrations


def remove_ready_made_workflow(apps, schema_editor):
    Workflow = apps.get_model("wagtailcore", "Workflow")
    Task = apps.get_model("wagtailcore", "Task")
    unused = Workflow.objects.filter(name="Moderators approval", workflow_states=None)
    tasks = list(Task.objects.filter(workflow_tasks__workflow__in=unused, task_states=None))
    unused.delete()
    Task.objects.filter(pk__in=[task.pk for task in tasks], workflow_tasks=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0001_initial"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [migrations.RunPython(remove_ready_made_workflow, migrations.RunPython.noop)]
