"""The personal data that booking holds."""

from django.utils.translation import gettext_lazy as _

from booking.actions.personal_data import periods
from clinic_site.privacy.register import PersonalDataRecord
from clinic_site.privacy.retention import RetentionRule, kept_in_words

RECORDS = [
    PersonalDataRecord(
        what=_(
            "Your name, phone number, email address, access needs, preferred times and "
            "note when you request an appointment, the name of anyone you book for, and which "
            "visits you’ve booked together"
        ),
        why=_("To find a time with you, and to know who’s coming."),
        seen_by=_(
            "Our front desk and the clinic’s owners. The practitioner you see knows who’s coming, "
            "when, for which service, whether it’s a first visit, and your access needs."
        ),
        until=kept_in_words(
            _(
                "For %(visits)s after your visit; your note and access needs for %(notes)s; a "
                "request that comes to nothing for %(requests)s. Sooner if you ask us."
            ),
            visits="booking.appointments",
            notes="booking.notes",
            requests="booking.requests",
        ),
        columns={
            "booking.Appointment": (
                "reference idempotency_key service_name price_text name phone email visitor_name "
                "access_needs note"
            ),
            "booking.AppointmentEvent": "note details",
            "booking.CallTask": "note before",
            "booking.Course": "reference idempotency_key",
        },
        readable={
            "booking.Appointment": (
                "reference idempotency_key service_name price_text name visitor_name"
            ),
            "booking.AppointmentEvent": "details",
            "booking.Course": "reference idempotency_key",
        },
        readable_because=_("The front desk finds you by the first letters of your name."),
    ),
    PersonalDataRecord(
        what=_(
            "A record of you as our patient: your names, phone numbers, email addresses, access "
            "needs and our own notes on scheduling, who books for you, and your visits. All but "
            "the names and visits is encrypted"
        ),
        why=_("To know you when you call, and to book your next visit without asking again."),
        seen_by=_("Our front desk and the clinic’s owners."),
        until=kept_in_words(
            _("For %(patients)s after we last heard from you. Sooner if you ask us."),
            patients="booking.patients",
        ),
        columns={
            "booking.Patient": "name other_names phones emails access_needs note",
            "booking.PatientEvent": "changed",
        },
        readable={"booking.Patient": "name other_names", "booking.PatientEvent": "changed"},
        readable_because=_("The front desk finds you by the first letters of your name."),
    ),
    PersonalDataRecord(
        what=_(
            "The words of your name, and codes made of your phone number and email address that "
            "can’t be turned back into them"
        ),
        why=_("To find you while you’re on the phone."),
        seen_by=_("No one."),
        until=_("As long as the record or booking they belong to."),
        columns={"booking.SearchTerm": "term"},
        readable={"booking.SearchTerm": "term"},
        readable_because=_("The words of names are, to find you by their first letters."),
    ),
    PersonalDataRecord(
        what=_("Your answers in a booking you haven’t sent yet, encrypted"),
        why=_("So you can go back without losing anything."),
        seen_by=_("Only you, at the address of the page you’re on."),
        until=_("Until you send it, or for two hours after your last step."),
        columns={"booking.BookingDraft": "token_hash text"},
    ),
    PersonalDataRecord(
        what=_("How your appointment stood before our front desk changed it, encrypted"),
        why=_("So a mistake at the front desk can be undone."),
        seen_by=_("No one."),
        until=_("Fifteen minutes, plus a few minutes at most."),
        columns={"booking.AppointmentSnapshot": "before"},
    ),
    PersonalDataRecord(
        what=_(
            "A code made from each private link we’ve sent you, the letters you’ve written down, "
            "encrypted, and until when they work"
        ),
        why=_("To show your appointment to you and no one else. The code doesn’t reveal the link."),
        seen_by=_("No one."),
        until=_("Until it’s replaced, or a few weeks after your visit, plus a day at most."),
        columns={
            "booking.ManageLink": "token_hash",
            "booking.ReturnCode": "letters",
            "booking.CourseInvitation": "token_hash",
        },
    ),
    PersonalDataRecord(
        what=_(
            "That you’d like a time, an earlier one or a seat in a full class, when, which times "
            "we offered you, and why we asked you before or after others, encrypted"
        ),
        why=_("To offer you a time that opens up."),
        seen_by=_("Our front desk and the clinic’s owners."),
        until=kept_in_words(
            _("For %(offers)s after your visit, or after you leave the list."),
            offers="booking.offers",
        ),
        columns={"booking.WaitingListEvent": "reason"},
    ),
    PersonalDataRecord(
        what=_(
            "When our practitioners are busy, in their own private calendars: the time and "
            "at most your reference, never your name"
        ),
        why=_("So they know when they’re expected."),
        seen_by=_("The practitioner you see."),
        until=_("As long as they or their calendar keep it."),
        columns={"booking.CalendarFeed": "token_hash", "booking.BusyTime": "uid"},
        readable={"booking.BusyTime": "uid"},
        readable_because=_("It’s the number of an entry in a calendar."),
        untraceable=_("It names no patient."),
    ),
    PersonalDataRecord(
        what=_("Which of our staff changed an appointment, and when"),
        why=_("So we can account for it. It holds a number and not your name."),
        seen_by=_("The clinic’s owners."),
        until=kept_in_words(_("%(history)s."), history="pages.history"),
    ),
]
RETENTION = [
    RetentionRule(
        key="booking.notes",
        what=_("Notes and access needs of a visit"),
        days=90,
        reason=_(
            "They can tell of someone’s health, and nobody needs them once the visit is settled "
            "(CCPA § 1798.100(c)). What belongs in the chart stands there."
        ),
        end=periods.end_notes,
    ),
    RetentionRule(
        key="booking.requests",
        what=_("Requests that came to nothing: declined, expired or canceled"),
        days=30,
        reason=_("To answer “Why was I not given a time?” and no longer (CCPA § 1798.100(c))."),
        end=periods.end_requests,
    ),
    RetentionRule(
        key="booking.appointments",
        what=_("Who came: name, phone and email of a visit"),
        days=3 * 365,
        reason=_(
            "A claim about care can be brought for up to three years in California (Code of Civil "
            "Procedure § 340.5). Clinical records are kept elsewhere, for seven (Health and Safety "
            "Code § 123145)."
        ),
        end=periods.end_appointments,
    ),
    RetentionRule(
        key="booking.patients",
        what=_("Patients’ records, after the last visit or change"),
        days=3 * 365,
        reason=_("As long as their visits name them (CCPA § 1798.100(c))."),
        end=periods.end_patients,
    ),
    RetentionRule(
        key="booking.offers",
        what=_("Wishes for an earlier time, and which times were offered"),
        days=30,
        reason=_("To answer “Why was I not offered it?” and no longer (CCPA § 1798.100(c))."),
        end=periods.end_offers,
    ),
]
NOT_PERSONAL = {
    "booking.BlockedTime": "reason",
    "booking.ClassSchedule": "before",  # days, times and seats, as they were until a change
    "booking.ClassSession": "reason",
    "booking.BookingRules": "late_fee late_reason",
    "booking.Service": "name slug description audience price_text sign",
    "booking.ServicePage": "introduction body what_to_wear questions",
    "booking.ServicesPage": "introduction",
}
