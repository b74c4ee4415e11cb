"""What somebody signs in with besides their password."""

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.encryption import EncryptedTextField
from clinic_site.privacy.secret_links import SecretLink


class Authenticator(models.Model):
    """An app on somebody's phone that shows a new code every thirty seconds (RFC 6238)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="authenticator"
    )
    key = EncryptedTextField()  # base32, as the app is told
    last_step = models.BigIntegerField(default=0)  # of the last code taken: none is taken twice
    drift = models.SmallIntegerField(default=0)  # steps by which the phone's clock is off
    set_up_at = models.DateTimeField(_("set up"), default=timezone.now)

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """A code that signs somebody in once when their phone is gone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    code = EncryptedTextField()

    def __str__(self) -> str:
        return str(self.user)


class RememberedBrowser(SecretLink):
    """A browser in which somebody is asked for no code until it expires."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="remembered_browsers"
    )

    def __str__(self) -> str:
        return str(self.user)


class SignIn(models.Model):
    """A session of somebody who is signed in, as they can tell it from their others."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins"
    )
    browser = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.user}: {self.browser}"
