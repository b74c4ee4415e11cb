from django.db import models


class JobSchedule(models.Model):
    """When a periodic job of the worker is due next."""

    name = models.CharField(max_length=80, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
