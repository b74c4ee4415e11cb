"""Whom the front desk is to call, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.appointments import Appointment
from clinic_site.clinic.models import Closure


class CallTaskQuerySet(models.QuerySet["CallTask"]):
    def open(self) -> "CallTaskQuerySet":
        """Whom the desk still has to call, the longest waiting first."""
        return (
            self.filter(done_at__isnull=True)
            .select_related("appointment__location", "closure")
            .order_by("created_at", "pk")
        )

    def ask(self, appointment: Appointment, reason: str) -> None:
        """Ask the desk to call, once for a reason while it is not done."""
        call = CallTask(appointment=appointment, reason=reason)
        CallTask.objects.bulk_create([call], ignore_conflicts=True)


class CallTask(models.Model):
    """The front desk is to call a patient. Done, it stays as a note of it."""

    class Reason(models.TextChoices):
        ASKED = "asked", _("the patient asked for a call")
        MAIL_FAILED = "mail", _("an email didn’t arrive")
        CLOSURE = "closure", _("a closure falls on the appointment")
        EXPIRED = "expired", _("a held time has expired")
        NO_EMAIL = "no_email", _("there’s news, and no email address")

    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, related_name="call_tasks"
    )
    reason = models.CharField(_("reason"), max_length=8, choices=Reason.choices)
    closure = models.ForeignKey(
        Closure, null=True, on_delete=models.CASCADE, related_name="call_tasks"
    )
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = CallTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("call to make")
        verbose_name_plural = _("calls to make")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "reason"],
                condition=Q(done_at__isnull=True, closure__isnull=True),
                name="call_task_open_once_a_reason",
            ),
            models.UniqueConstraint(
                fields=["appointment", "closure"], name="call_task_once_a_closure"
            ),
            models.CheckConstraint(
                condition=Q(closure__isnull=False, reason="closure")
                | (Q(closure__isnull=True) & ~Q(reason="closure")),
                name="call_task_names_its_closure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment}: {self.get_reason_display()}"
