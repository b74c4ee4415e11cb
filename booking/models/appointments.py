"""Who asked for what when, and what became of it. What was promised is kept in its own columns."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.catalog import Service
from booking.models.courses.courses import Course
from booking.models.patients import Patient
from booking.models.practitioners import Practitioner
from booking.parts_of_day import PartOfDay, Wish
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.phone import without_extension
from clinic_site.clinic.search_terms import mailbox
from clinic_site.privacy.encryption import BlindIndexField, EncryptedTextField
from clinic_site.search.columns import SearchWordsField, SearchWordsQuerySet

# What an email about an appointment tells of, before its number.
SUBJECT = "appointment "


def form_key_of(idempotency_key: str) -> str:
    """Return what all keys of one form begin with, whatever its answers are."""
    return idempotency_key[:32]


class AppointmentQuerySet(SearchWordsQuerySet["Appointment"]):
    def unanswered(self) -> "AppointmentQuerySet":
        """What the front desk has to answer: holds that run out first, then the oldest."""
        waits_for_a_time = Q(
            waiting_list_entry__isnull=False, waiting_list_entry__without_visit=True
        )
        return self.filter(
            ~waits_for_a_time, state=Appointment.State.REQUESTED, class_session=None
        ).order_by(F("hold_expires_at").asc(nulls_last=True), "requested_at", "pk")

    def waiting_for_a_seat(self) -> "AppointmentQuerySet":
        """Those who would come to a class that is full, the longest waiting first."""
        waits = self.filter(state=Appointment.State.REQUESTED, class_session__isnull=False)
        return waits.order_by("waiting_list_entry__place", "requested_at", "pk")

    def next_for_a_seat(self) -> "AppointmentQuerySet":
        """Those of them who are offered one as it falls free, in their order."""
        return self.waiting_for_a_seat().filter(waiting_list_entry__by_hand=False)

    def upcoming(self, now: datetime) -> "AppointmentQuerySet":
        """The agreed visits from `now` on, the next first."""
        return self.filter(state=Appointment.State.CONFIRMED, starts_at__gte=now).order_by(
            "starts_at", "pk"
        )

    def overlapping(self, begins: datetime, ends: datetime) -> "AppointmentQuerySet":
        """Those with a time of which a part lies between two instants, agreed or asked for."""
        longest = timedelta(minutes=Appointment.LONGEST_MINUTES)
        return self.filter(
            starts_at__gt=begins - longest, starts_at__lt=ends, ends_at__gt=begins
        ).order_by("starts_at", "pk")

    def standing(self) -> "AppointmentQuerySet":
        """Those that may still take place: requested, proposed or confirmed."""
        return self.filter(state__in=Appointment.STANDING)

    def lapsed(self, now: datetime) -> "AppointmentQuerySet":
        """Those whose hold has run out, the oldest first."""
        return self.filter(state__in=Appointment.HOLDING, hold_expires_at__lte=now).order_by(
            "hold_expires_at", "pk"
        )

    def not_lapsed(self, now: datetime) -> "AppointmentQuerySet":
        """Those that hold no time, or hold theirs still."""
        return self.filter(Q(hold_expires_at=None) | Q(hold_expires_at__gt=now))

    def of_same_form(self, idempotency_key: str) -> "AppointmentQuerySet":
        """What stands of what a form has made, whatever its answers; asked as a range of keys."""
        form_key = form_key_of(idempotency_key)
        stands = {*Appointment.STANDING, *Appointment.AGREED}
        return self.filter(
            idempotency_key__gte=form_key, idempotency_key__lt=f"{form_key}g", state__in=stands
        ).order_by("pk")

    def of_same_contact(self, appointment: "Appointment") -> "AppointmentQuerySet":
        """Other appointments with the same phone or email: perhaps, not surely, the same person."""
        same = Q(phone_index__of=appointment.phone) | Q(email_index__of=appointment.email)
        return self.filter(same).exclude(pk=appointment.pk).order_by("-requested_at", "-pk")

    def of_patient(self, patient: Patient) -> "AppointmentQuerySet":
        return self.filter(patient__in=patient.family_ids).order_by("-starts_at", "-pk")

    def unmatched(self) -> "AppointmentQuerySet":
        """Those of which nobody has said yet whose they are, as far as they count; oldest first."""
        counts = {*Appointment.STANDING, *Appointment.AGREED}
        nobodys = self.filter(patient=None, erased_at=None, state__in=counts)
        return nobodys.order_by("requested_at", "pk")

    def for_desk(self) -> "AppointmentQuerySet":
        """See all of them: what waits for an answer first, then the newest."""
        waits = Case(When(state=Appointment.State.REQUESTED, then=0), default=1)
        return self.select_related("location", "practitioner__person").order_by(
            waits, "-requested_at", "-pk"
        )


class Appointment(models.Model):
    """One visit, from the request to its end.

    Whether it takes time is told by its claims, never by its state.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("requested")
        PROPOSED = "proposed", _("times proposed")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("expired")
        CANCELED = "canceled", _("canceled")
        ARRIVED = "arrived", _("arrived")
        COMPLETED = "completed", _("completed")
        NO_SHOW = "no_show", _("no-show")

    # Python's own sets, for the queries and constraints below.
    HOLDING = ("requested", "proposed")
    STANDING = ("requested", "proposed", "confirmed")
    AGREED = ("confirmed", "arrived", "completed", "no_show")
    LONGEST_MINUTES = 720

    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    idempotency_key = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.REQUESTED, editable=False
    )
    # Grows with every change; a change made on a stale page hits no row. Calendars read it too.
    version = models.PositiveIntegerField(default=1, editable=False)
    requested_at = models.DateTimeField(_("requested"), default=timezone.now, editable=False)
    # Until then the requested or proposed times stay held; without a held time it is empty.
    hold_expires_at = models.DateTimeField(_("held until"), null=True, editable=False)

    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.PROTECT, related_name="+"
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.PROTECT, related_name="+"
    )
    practitioner = models.ForeignKey(
        Practitioner,
        verbose_name=_("practitioner"),
        null=True,
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    any_practitioner = models.BooleanField(_("with anyone"), default=False)
    # The date of a class that it has a seat in, or, as a request, would have one.
    class_session = models.ForeignKey(
        "booking.ClassSession", null=True, on_delete=models.PROTECT, related_name="appointments"
    )
    # One of several visits that were booked together.
    course = models.ForeignKey(
        Course, null=True, editable=False, on_delete=models.SET_NULL, related_name="appointments"
    )
    service_name = models.CharField(_("service as promised"), max_length=80)
    duration_minutes = models.PositiveSmallIntegerField(_("length as promised, in minutes"))
    buffer_minutes = models.PositiveSmallIntegerField(_("minutes kept free after it"), default=0)
    price_text = models.CharField(_("price as promised"), max_length=80, blank=True)

    preferred_date = models.DateField(_("preferred day"), null=True)
    part_of_day = models.CharField(
        _("part of the day"), max_length=9, choices=PartOfDay.choices, default=PartOfDay.ANY
    )
    second_date = models.DateField(_("second wish"), null=True)
    second_part = models.CharField(max_length=9, choices=PartOfDay.choices, default=PartOfDay.ANY)
    third_date = models.DateField(_("third wish"), null=True)
    third_part = models.CharField(max_length=9, choices=PartOfDay.choices, default=PartOfDay.ANY)
    wants_call = models.BooleanField(_("wants a call"), default=False)

    # The agreed time, or the one that the request holds.
    starts_at = models.DateTimeField(_("time"), null=True, editable=False)
    ends_at = models.DateTimeField(_("end"), null=True, editable=False)
    # The time of which the patient was reminded: moved, it is another, and they are reminded again.
    reminded_of = models.DateTimeField(null=True, editable=False)
    reminded_in_the_morning_of = models.DateTimeField(null=True, editable=False)

    # Whose it is, once the front desk has said so. What follows is what was given in the booking.
    patient = models.ForeignKey(
        Patient, null=True, editable=False, on_delete=models.PROTECT, related_name="appointments"
    )
    # Since when nothing in it says who somebody was.
    erased_at = models.DateTimeField(null=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    # E.164, with `;ext=` for an extension: 48 is the longest that forms let through.
    phone = EncryptedTextField(_("phone"), max_length=48, blank=True, shown=True)
    email = EncryptedTextField(_("email"), max_length=254, blank=True, shown=True)
    phone_index = BlindIndexField(of="phone", normalize=without_extension)
    email_index = BlindIndexField(of="email", normalize=mailbox)
    new_patient = models.BooleanField(_("new to the clinic"))
    # They had come to another visit when they came to this one: it is not their first.
    came_before = models.BooleanField(default=False, editable=False)
    for_somebody_else = models.BooleanField(_("asks for someone else"), default=False)
    visitor_name = models.CharField(_("who comes, if someone else"), max_length=80, blank=True)
    access_needs = EncryptedTextField(_("access needs"), max_length=300, blank=True, shown=True)
    note = EncryptedTextField(_("note"), max_length=500, blank=True, shown=True)
    name_words = SearchWordsField(of="name")
    visitor_words = SearchWordsField(of="visitor_name")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        permissions = [("export_appointment", "Can export appointments")]
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "requested_at"], name="appointment_by_state"),
            models.Index(fields=["practitioner", "starts_at"], name="appointment_by_practitioner"),
            models.Index(fields=["location", "starts_at"], name="appointment_by_location"),
            models.Index(fields=["starts_at"], name="appointment_by_time"),
            models.Index(fields=["phone_index"], name="appointment_by_phone"),
            models.Index(fields=["email_index"], name="appointment_by_email"),
            models.Index(
                fields=["requested_at"],
                condition=Q(patient__isnull=True),
                name="appointment_of_nobody_known",
            ),
            models.Index(
                fields=["hold_expires_at"],
                condition=Q(hold_expires_at__isnull=False),
                name="appointment_by_hold",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(starts_at__isnull=False),
                name="confirmed_appointment_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["arrived", "completed", "no_show"])
                | Q(starts_at__isnull=False),
                name="appointment_came_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(hold_expires_at__isnull=True) | Q(state__in=["requested", "proposed"]),
                name="appointment_holds_until_answered",
            ),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email="") | Q(erased_at__isnull=False),
                name="appointment_has_phone_or_email",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(name="", phone="", email="", visitor_name="", access_needs="", note="")
                & Q(patient=None),
                name="erased_appointment_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(third_date__isnull=True) | Q(second_date__isnull=False),
                name="appointment_wishes_in_order",
            ),
            models.CheckConstraint(
                condition=Q(second_date__isnull=True) | Q(preferred_date__isnull=False),
                name="appointment_wishes_from_first",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="appointment_ends_after_its_start",
            ),
        ]

    def __str__(self) -> str:
        # The reference alone: this text reaches logs, which hold no names.
        return self.reference

    @property
    def starts_at_location(self) -> datetime | None:
        """The agreed or requested time on the clock of the location."""
        return self.starts_at and self.starts_at.astimezone(self.location.zone)

    @property
    def ends_at_location(self) -> datetime | None:
        return self.ends_at and self.ends_at.astimezone(self.location.zone)

    def has_lapsed(self, now: datetime) -> bool:
        """Tell whether its hold has run out, be it ended by the worker or not."""
        return self.hold_expires_at is not None and self.hold_expires_at <= now

    @property
    def wishes(self) -> list[Wish]:
        """The days that would suit, at most three, the most wanted first."""
        wishes = (
            (self.preferred_date, self.part_of_day),
            (self.second_date, self.second_part),
            (self.third_date, self.third_part),
        )
        return [Wish(day, part) for day, part in wishes if day]

    @property
    def visitor(self) -> str:
        """Who comes."""
        return self.visitor_name or self.name
