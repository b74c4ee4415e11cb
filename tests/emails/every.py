"""Every email of the site, as somebody gets it.

A case is named as its template, with what is special about it behind a comma.
"""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from blog.models import ArticlePage
from blog.review import emails as blog_emails
from booking import emails as booking_emails
from booking.actions.answers import confirm_appointment, propose_times
from booking.actions.undo import undo_change
from booking.actions.visits import cancel_appointment
from booking.models import Appointment, Practitioner, Service, WaitingListEntry, WaitingListOffer
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.mail.models import OutgoingEmail
from clinic_site.pages.editing import emails as page_emails
from comments import emails as comment_emails
from comments.models import Comment, CommentRules
from comments.queue import QueueCounts
from tests.booking.factories import at, book, make_appointment, make_practitioner, make_service
from tests.comments.factories import make_comment, make_rules
from tests.emails import article_cases, class_cases, course_cases, staff_cases  # noqa: F401 - more of them
from tests.emails.cases import CASES, case
from tests.factories import make_article, make_clinic, make_reviewer, make_user

NOW = at(4, 9)
LONG = "Maximiliane-Hohenlohe-Langenburg-Schillingsfürst-Weikersheim-Waldenburg"


def set_the_scene() -> None:
    """A clinic with a service, somebody who does it, and an article."""
    make_clinic()
    Location.objects.update(
        directions="Ring the bell at the side door.\n\nParking is behind the house.",
        map_url="https://maps.example/state-street",
    )
    make_practitioner("Robin Alvarez", make_service())
    make_user("Front desk")
    editor = make_user("Editors", first_name="Sam", last_name="Rivera")
    make_article(reviewer=make_reviewer(), owner=editor)
    make_rules(notify=CommentRules.Notify.AT_ONCE)


def email_of(name: str) -> OutgoingEmail:
    """Return the email of a case, which leaves nothing else behind; `set_the_scene` comes first."""
    with transaction.atomic():
        CASES[name]()
        email = OutgoingEmail.objects.latest("pk")
        transaction.set_rollback(True)
    return email


def templates() -> set[str]:
    """Return the names of all emails that have a template."""
    folders = (Path(folder) for folder in settings.TEMPLATES[0]["DIRS"])
    found = (file for folder in folders for file in folder.glob("*/emails/*.html"))
    return {f.stem for f in found if "{% extends " in f.read_text()} - {"every_email"}  # a preview


def _held(**answers: object) -> Appointment:
    return book(Service.objects.get(), at(6, 10, 30), **{"email": "jo@patient.example"} | answers)


def _visit(**answers: object) -> Appointment:
    visit = _held(**answers)
    if visit.state != Appointment.State.CONFIRMED:
        confirm_appointment(visit, by=_staff())
    return visit


def _staff() -> User:
    return User.objects.get(username="front-desk")


def _article() -> ArticlePage:
    return ArticlePage.objects.get()


def _comment(**said: object) -> Comment:
    return make_comment(_article(), **{"name": "Priya", "wants_replies": True} | said)


@case("appointment_received")
def _() -> None:
    booking_emails.appointment_received(make_appointment())


@case("appointment_received, held")
def _() -> None:
    booking_emails.appointment_received(_held(name=LONG))


@case("appointment_received, to be called")
def _() -> None:
    booking_emails.appointment_received(make_appointment(wants_call=True, wishes=[]))


@case("new_request")
def _() -> None:
    booking_emails.new_request(make_appointment(note="Please call after five."))


@case("new_request, no email")
def _() -> None:
    booking_emails.new_request(make_appointment(email=""))


@case("new_request, no phone")
def _() -> None:
    booking_emails.new_request(_held(phone=""))


@case("appointment_confirmed")
def _() -> None:
    booking_emails.appointment_confirmed(_visit())


@case("appointment_moved")
def _() -> None:
    booking_emails.appointment_moved(_visit())


@case("appointment_reminder")
def _() -> None:
    booking_emails.appointment_reminder(_visit())


@case("next_visit")
def _() -> None:
    booking_emails.next_visit(_visit())


@case("appointment_proposed")
def _() -> None:
    robin = Practitioner.objects.get()
    times = [(at(7, 10), robin), (at(8, 11), robin)]
    propose_times(make_appointment(), times, by=_staff(), note="Both are quiet hours.")


@case("appointment_expired")
def _() -> None:
    booking_emails.appointment_expired(_held())


@case("appointment_expired, no phone")
def _() -> None:
    booking_emails.appointment_expired(_held(phone=""))


@case("appointment_declined")
def _() -> None:
    booking_emails.appointment_declined(make_appointment(), "We’re full\nuntil March.")


@case("appointment_canceled")
def _() -> None:
    booking_emails.appointment_canceled(_visit(), "Robin is ill. We’re sorry.")


@case("appointment_canceled, a request")
def _() -> None:
    booking_emails.appointment_canceled(make_appointment(), "")


@case("appointment_changed")
def _() -> None:
    booking_emails.appointment_changed(_visit())


@case("appointment_corrected")
def _() -> None:
    _canceled_by_mistake(_visit())


@case("appointment_corrected, a request")
def _() -> None:
    _canceled_by_mistake(make_appointment())


def _canceled_by_mistake(appointment: Appointment) -> None:
    """Cancel it, and undo that once the email has left."""
    event = cancel_appointment(appointment, by=_staff())
    OutgoingEmail.objects.update(state=OutgoingEmail.State.SENT)
    undo_change(event, by=_staff())


@case("earlier_time_offered")
def _() -> None:
    _offer_to(WaitingListEntry(appointment=_visit()))


@case("earlier_time_offered, to somebody without a visit")
def _() -> None:
    request = _visit()
    request.starts_at = request.ends_at = None
    _offer_to(WaitingListEntry(appointment=request, without_visit=True))


def _offer_to(entry: WaitingListEntry) -> None:
    entry.save()
    offer = WaitingListOffer.objects.create(
        entry=entry,
        practitioner=Practitioner.objects.get(),
        location=entry.appointment.location,
        starts_at=at(5, 9),
        expires_at=at(4, 12),
    )
    booking_emails.earlier_time_offered(offer)


@case("comment_received")
def _() -> None:
    comment = _comment()
    comment_emails.comment_received(comment, comment.commenter, "a-secret-of-forty-three-letters")


@case("comment_received, no replies wanted")
def _() -> None:
    comment = _comment(wants_replies=False, wants_link=True)
    comment_emails.comment_received(comment, comment.commenter, "a-secret-of-forty-three-letters")


@case("link_replaced")
def _() -> None:
    comment = _comment()
    comment_emails.link_replaced(comment, comment.commenter, "a-secret-of-forty-three-letters")


@case("comment_answered")
def _() -> None:
    comment = _comment()
    answer = _comment(name="Walt", parent_id=None)
    comment_emails.comment_answered(answer, comment.commenter, after=timedelta(0))


@case("comment_waiting")
def _() -> None:
    comment_emails.comment_waiting(_comment(), CommentRules.load())


@case("comment_waiting, a change")
def _() -> None:
    comment = _comment()
    comment.state = Comment.State.APPROVED
    comment_emails.comment_waiting(comment, CommentRules.load())


@case("comments_waiting")
def _() -> None:
    counts = QueueCounts(
        to_read=3, likely_spam=2, edits=1, oldest=timezone.now() - timedelta(hours=30)
    )
    comment_emails.comments_waiting(counts, CommentRules.load())


@case("review_asked")
def _() -> None:
    blog_emails.review_asked(_article(), by=User.objects.get(username="editors"))


@case("review_approved")
def _() -> None:
    article = _article()
    article.save_revision()
    blog_emails.review_approved(article, to="sam@clinic.example", by=article.reviewer.account)


@case("changes_requested")
def _() -> None:
    article = _article()
    article.save_revision()
    blog_emails.changes_requested(
        article,
        to="sam@clinic.example",
        by=article.reviewer.account,
        comment="Name your source.\n\nFig. 1 shows the left side.",
    )


@case("reviews_due")
def _() -> None:
    article = _article()
    article.review_due_on = (NOW + timedelta(days=20)).date()
    blog_emails.reviews_due([article], to="sam@clinic.example")


@case("not_published")
def _() -> None:
    article = _article()
    article.owner = User.objects.get(username="editors")
    page_emails.not_published(
        article, article.save_revision(), "This version hasn’t been approved by its reviewer."
    )
