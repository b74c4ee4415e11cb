import unicodedata
from contextlib import suppress
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


def casefolded(name: str) -> str:
    """Return a user name as it is compared. Databases differ: SQLite knows no small É."""
    return unicodedata.normalize("NFKC", name).casefold()


class NormalizedUsernameField(models.CharField):
    """The user name as it is compared, kept by whatever stores a user."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        compared = casefolded(model_instance.username)
        setattr(model_instance, self.attname, compared)
        return compared


class StaffManager(UserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        """Find somebody by their user name, in capitals or not, or else by their email address.

        Phones begin with a capital. An address that two accounts have is nobody's.
        """
        typed = username or ""
        if "@" in typed and not self.filter(compared_name=casefolded(typed)).exists():
            with suppress(self.model.MultipleObjectsReturned):
                return self.get(email__iexact=typed, is_active=True)
        return self.get(compared_name=casefolded(typed))


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """Somebody of the staff, who signs in to the admin."""

    # Longer than the name itself, since some small letters are written as two or three.
    compared_name = NormalizedUsernameField(max_length=450, editable=False)

    objects: ClassVar[StaffManager] = StaffManager()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["compared_name"],
                name="user_name_is_one_persons",
                violation_error_message=_("That username is taken."),
            )
        ]

    @property
    def display_name(self) -> str:
        """What others read of somebody: their name or, without one, their user name."""
        return self.get_full_name() or self.get_username()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if "username" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "compared_name"}
        super().save(*args, **kwargs)


class RoleGrant(models.Model):
    """A permission that the code has given to a role, so that what was changed by hand is known."""

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
