from calendar import monthrange
from datetime import date

from django.db import migrations


def set_due_dates(apps, schema_editor):
    Article = apps.get_model("blog", "ArticlePage")
    for article in Article.objects.exclude(reviewed_on=None).only("reviewed_on", "review_every"):
        reviewed = article.reviewed_on
        year, month = divmod(reviewed.year * 12 + reviewed.month - 1 + article.review_every, 12)
        day = min(reviewed.day, monthrange(year, month + 1)[1])
        due = date(year, month + 1, day)
        Article.objects.filter(pk=article.pk).update(review_due_on=due)


def remove_ready_made_workflow(apps, schema_editor):
    """It would have articles approved by those who moderate comments. One in use stays."""
    Workflow = apps.get_model("wagtailcore", "Workflow")
    Task = apps.get_model("wagtailcore", "Task")
    unused = Workflow.objects.filter(name="Moderators approval", workflow_states=None)
    tasks = list(Task.objects.filter(workflow_tasks__workflow__in=unused, task_states=None))
    unused.delete()
    Task.objects.filter(pk__in=[task.pk for task in tasks], workflow_tasks=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0003_medical_review"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [
        migrations.RunPython(set_due_dates, migrations.RunPython.noop),
        migrations.RunPython(remove_ready_made_workflow, migrations.RunPython.noop),
    ]
