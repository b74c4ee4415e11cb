"""Whom the front desk is to call, and why."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.appointments import Appointment
from booking.models.events import AppointmentEvent
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.privacy.encryption import EncryptedJSONField, EncryptedTextField

State = Appointment.State


class CallTaskQuerySet(models.QuerySet["CallTask"]):
    def open(self, now: datetime) -> "CallTaskQuerySet":
        """Whom the desk still has to call: those due first, of these the longest waiting.

        A call ends by itself when the matter is over: the visit has taken place, the time has
        passed, the request is answered, the visit on a closed day is moved or called off. That is
        asked of what stands, so that what is undone brings its call back.

        Of a course, one call tells of all visits that there is news of.
        """
        state, ends_at = "appointment__state", "appointment__ends_at"
        came = [State.ARRIVED, State.COMPLETED, State.NO_SHOW]
        ahead = Q(**{ends_at: None}) | Q(**{f"{ends_at}__gt": now})
        moved = AppointmentEvent.objects.filter(
            appointment=OuterRef("appointment"),
            event_type=AppointmentEvent.EventType.MOVED,
            at__gte=OuterRef("created_at"),
            undone_by=None,
        )
        stands = Q(**{f"{state}__in": Appointment.STANDING})
        news = Q(reason__in=CallTask.NEWS) & ~Q(**{f"{state}__in": came})
        same_course = CallTask.objects.filter(
            news,
            ahead,
            done_at=None,
            reason=OuterRef("reason"),
            appointment__course=OuterRef("appointment__course"),
            pk__lt=OuterRef("pk"),
        )
        closed = Q(reason=CallTask.Reason.CLOSURE) & stands & ~Exists(moved)
        asked = Q(**{"reason": CallTask.Reason.ASKED, state: State.REQUESTED})
        expired = Q(reason=CallTask.Reason.EXPIRED)
        course = Q(**{"reason": CallTask.Reason.COURSE, state: State.CONFIRMED})
        return (
            self.filter(news | closed | asked | expired | course, ahead, done_at=None)
            .exclude(Exists(same_course))
            .select_related("appointment__location", "closure", "last_by")
            .order_by(F("try_again_at").asc(nulls_first=True), "created_at", "pk")
        )

    def to_make(self, now: datetime) -> "CallTaskQuerySet":
        """The open calls, without those that a request asks for: these are made from it."""
        return self.open(now).exclude(reason=CallTask.Reason.ASKED)

    def told_with(self, call: "CallTask") -> "CallTaskQuerySet":
        """The other calls about a course whose news are told in one."""
        course = call.appointment.course_id if call.reason in CallTask.NEWS else None
        if course is None:
            return self.none()
        return self.filter(reason=call.reason, appointment__course=course).exclude(pk=call.pk)

    def end(self, appointment: Appointment, by: User | None) -> None:
        """End what the patient would be called about: they are on the phone just now."""
        now = timezone.now()
        self.filter(appointment=appointment, done_at=None).exclude(
            reason__in=[CallTask.Reason.ASKED, CallTask.Reason.COURSE]
        ).update(done_at=now, done_by=by, try_again_at=None, outcome=CallTask.Outcome.NOT_NEEDED)

    def take_back(self, appointment: Appointment, since: datetime) -> None:
        """Nobody need be called about what is undone, unless somebody has been called already."""
        calls = self.filter(
            appointment=appointment, reason=CallTask.Reason.NO_EMAIL, created_at__gte=since
        )
        if calls.filter(done_at__isnull=False).exists():
            self.ask(appointment, CallTask.Reason.NO_EMAIL)
        else:
            calls.delete()

    def ask(self, appointment: Appointment, reason: str) -> None:
        """Ask the desk to call, once for a reason while it is not done."""
        call = CallTask(appointment=appointment, reason=reason)
        CallTask.objects.bulk_create([call], ignore_conflicts=True)


class CallTask(models.Model):
    """The front desk is to call a patient. Done, it stays as a note of it."""

    class Reason(models.TextChoices):
        ASKED = "asked", _("the patient asked for a call")
        EMAIL_FAILED = "email", _("an email didn’t arrive")
        CLOSURE = "closure", _("we’re closed that day")
        EXPIRED = "expired", _("a held time has expired")
        COURSE = "course", _("one visit is left of the course")
        NO_EMAIL = "no_email", _("something changed, and there’s no email address")

    class Outcome(models.TextChoices):
        REACHED = "reached", _("reached")
        MESSAGE = "message", _("left a message")
        NO_ANSWER = "no_answer", _("no answer")
        NOT_NEEDED = "not_needed", _("no call needed")

    # Python's own set: what ends a call.
    ENDING = ("reached", "not_needed")
    # Why somebody is to be told what an email would have said.
    NEWS = ("email", "no_email")

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
    note = EncryptedTextField(_("note"), max_length=300, blank=True, shown=True)
    # The last try, if there was one.
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_at = models.DateTimeField(_("last try"), null=True)
    last_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    try_again_at = models.DateTimeField(_("try again"), null=True)
    # What the last try has written over, so that it can be taken back.
    before = EncryptedJSONField(shown=True)

    objects = CallTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("call to make")
        verbose_name_plural = _("calls to make")
        ordering = ["created_at", "pk"]
        indexes = [
            # Few are open, of all that were ever made.
            models.Index(
                fields=["created_at"],
                condition=Q(done_at__isnull=True),
                name="call_task_open_by_age",
            ),
        ]
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
                condition=Q(done_at__isnull=True) | Q(try_again_at__isnull=True),
                name="call_task_done_is_not_tried_again",
            ),
            models.CheckConstraint(
                condition=Q(closure__isnull=False, reason="closure")
                | (Q(closure__isnull=True) & ~Q(reason="closure")),
                name="call_task_names_its_closure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment}: {self.get_reason_display()}"
