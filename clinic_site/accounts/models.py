from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """Somebody of the staff, who signs in to the admin."""


class RoleGrant(models.Model):
    """A right that the code has given to a role, so that what was changed by hand is known."""

    class Kind(models.TextChoices):
        MODEL = "model"
        PAGES = "pages"
        COLLECTIONS = "collections"

    role = models.CharField(max_length=40)
    kind = models.CharField(max_length=11, choices=Kind.choices)
    permission = models.CharField(max_length=200)  # "app.codename"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role", "kind", "permission"], name="role_granted_a_right_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.permission}"
