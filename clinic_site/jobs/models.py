from django.db import models


class ChoreDue(models.Model):
    """When a chore of the worker is to be done next."""

    name = models.CharField(max_length=80, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
