from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class StaffManager(UserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        """Find somebody by their user name, in capitals or not: phones begin with one."""
        named = self.alias(lower_name=Lower("username"))
        return named.get(lower_name=Lower(Value(username or "")))


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """Somebody of the staff, who signs in to the admin."""

    objects: ClassVar[StaffManager] = StaffManager()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_is_one_persons",
                violation_error_message=_("Somebody has this user name already."),
            )
        ]


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
