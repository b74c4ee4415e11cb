"""What somebody leaves behind who goes through every form and every screen of the staff.

What they are called, and what they say, occurs here alone: whatever is found of it is theirs.
"""

from datetime import date

from django.test import Client

from blog.models import ArticlePage
from booking.actions.patients.assigning import attach_new
from booking.actions.patients.records import Details, change_patient
from booking.actions.waiting.order import move_in_line
from booking.actions.waiting_list import join_waiting_list
from booking.models import Appointment, BookingDraft, CallTask, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.pages.models.home import HomePage
from comments.actions.by_commenter import edit_comment
from comments.actions.decisions import approve, redact, reject, reject_edit
from comments.models import CommentDraft
from tests.booking.classes.factories import join, make_class, make_session
from tests.booking.factories import IN_TWO_DAYS, begin, filled_form, form_for, send, was_sent
from tests.booking.waiting.factories import call_in
from tests.comments.factories import confirmed, emails_saying, make_comment
from tests.comments.test_private_link import edit, link_in
from tests.comments.test_submission import form_of
from tests.factories import make_user

NAME, CHILD = "Zephyrine Quokkawright", "Thistlewick Quokkawright"
EMAIL, PHONE = "zephyrine@quokkawright.example", "+18052345591"
NOTE, NEEDS = "Snorkelwhistle on stairs", "A rampantaloon at the door"
COMMENT, EDITED, REMOVED = "Flimmerplotz says my hip", "Flammerkuchel, rather", "Brizzlewump"
REASON, CALLED = "Drumblenoggin is away", "Prestwickle on the line"
PRAISE = "Gladdlefrump is the word"
OTHER_NAME, RECORDED, MOVED = "Zephyrine Vonquokk", "Wobblenackle since May", "Skedaddlefrost"
CANARIES = [
    NAME, CHILD, EMAIL, PHONE, NOTE, NEEDS, COMMENT, EDITED, REMOVED, REASON, CALLED, PRAISE,
    OTHER_NAME, RECORDED, MOVED,
    "quokkawright", "zephyrine", "thistlewick",
]  # fmt: skip


def books(service: Service) -> list[Appointment]:
    """A request with wishes, a time of her own, one for her child, and two that she never sends."""
    who = {"name": NAME, "email": EMAIL, "phone": PHONE, "note": NOTE, "access_needs": NEEDS}
    assert was_sent(send(Client(), filled_form(**who)))
    assert was_sent(send(Client(), form_for(IN_TWO_DAYS, **who)))
    assert was_sent(send(Client(), filled_form(**who | {"visitor_name": CHILD, "email": ""})))
    begin(Client(), filled_form(**who))
    begin(Client(), filled_form(**who | {"email": f"{EMAIL}, {EMAIL}"}))  # refused, and kept
    assert BookingDraft.objects.count() == 2
    return list(Appointment.objects.order_by("pk"))


def comments(article: ArticlePage, moderator: User) -> None:
    """Approved and answered, removed in part, edited, rejected, waiting, and one never taken."""
    said = {"name": NAME, "email": EMAIL}
    first = make_comment(article, text=COMMENT, wants_link=True, wants_replies=True, **said)
    approve(first, by=moderator)
    edit(Client(), link_in(emails_saying("We have your comment|Please confirm")[-1]), EDITED)
    answer = make_comment(article, parent_id=first.pk, name="Ana", email="ana@reader.example")
    approve(answer, by=moderator)
    second = make_comment(article, text=f"{COMMENT} {REMOVED}", **said)
    approve(second, by=moderator)
    redact(second, text=COMMENT, by=moderator)
    reject(make_comment(article, text=f"{COMMENT} once more", **said), by=moderator)
    reader = Client()
    form = form_of(reader, article) | said | {"text": f"{COMMENT} at last"}
    reader.post(f"/comments/{article.pk}/reply/", form)
    reader.post(f"/comments/{article.pk}/reply/", form | {"text": ""})
    assert CommentDraft.objects.exists()
    Client().get(article.url)


def staff_work(desk: Client, visits: list[Appointment], robin: Practitioner) -> None:
    """They confirm, decline, call, note, look, search and book by phone."""
    request, visit, child = visits
    page = "/admin/appointments/"
    confirmed = {"version": request.version, "day": "2027-01-07", "time": "10:30"}
    desk.post(f"{page}{request.pk}/confirmed/", confirmed)
    visit.refresh_from_db()
    join_waiting_list(Appointment.objects.get(pk=request.pk))
    declined = {"version": child.version, "reason": REASON}
    desk.post(f"{page}{child.pk}/declined/", declined)
    call = CallTask.objects.create(appointment=visit, reason=CallTask.Reason.ASKED)
    noted = {"note": CALLED, "outcome": "reached", "tries": 0}
    desk.post(f"/admin/inbox/calls/{call.pk}/done/", noted)
    for address in ("/admin/", "/admin/inbox/", "/admin/calendar/", page, f"{page}?q={NAME}",
                    f"{page}{visit.pk}/", "/admin/appointments/book/"):  # fmt: skip
        desk.get(address)
    desk.post("/admin/appointments/book/", {"name": NAME, "phone": PHONE, "email": "wrong"})


def known_at_the_desk(desk: Client, visit: Appointment, by: User) -> None:
    """They keep a record, look her up, wait with her for a time, and take a move back."""
    visit.refresh_from_db()
    patient = attach_new(visit, by=by)
    known = {name: getattr(patient, name) for name in Details.__dataclass_fields__}
    noted = {"other_names": OTHER_NAME, "note": RECORDED, "emails": EMAIL, "access_needs": NEEDS}
    change_patient(patient, Details(**known | noted), by=by)
    entry = call_in(visit.service, by, name=NAME, phone=PHONE, email=EMAIL, note=NOTE)
    move_in_line(entry, to_front=True, reason=MOVED, by=by)
    for name in (NAME, OTHER_NAME, PHONE, EMAIL):
        desk.post("/admin/patients/", {"q": name}, follow=True)
        desk.get("/admin/waiting/", {"find": name})
        desk.post("/admin/waiting/add/", {"name": name, "phone": "wrong", "note": NOTE})
    for address in (f"/admin/patients/{patient.pk}/", "/admin/patients/", "/admin/waiting/",
                    "/admin/numbers/", "/admin/closures/new/"):  # fmt: skip
        desk.get(address)
    wrong = {"name": f"{NAME} " * 9, "other_names": OTHER_NAME, "note": RECORDED}  # too long
    desk.post(f"/admin/patients/{patient.pk}/change/", wrong)


def comes_to_a_class(robin: Practitioner, by: User) -> None:
    owners = Client()
    owners.force_login(by)
    meets = make_class()
    robin.assignments.create(service=meets, location=Location.objects.get())
    session = make_session(meets, robin)
    join(meets, name=NAME, phone=PHONE, email=EMAIL, note=NOTE)
    owners.get(f"/admin/classes/{session.pk}/")
    owners.get("/admin/classes/")


def praised(home: HomePage, owner: User) -> None:
    said = {"words": PRAISE, "name": NAME, "consent": True, "consent_on": date(2026, 12, 1)}
    other = said | {"words": "I can tie my shoes.", "name": "Pat R."}
    section = {"heading": "What people say", "testimonials": [said, other]}
    home.body = [("testimonials", section)]
    home.save_revision(user=owner).publish()


def errors() -> None:
    for address in (f"/book/mine/{NAME}/", f"/search/?q={NAME}", f"/nowhere/{EMAIL}/"):
        Client().get(address)
    Client().post("/book/find/", {"reference": "AAAA-AAAA", "code": NAME})


def edited_and_answered(article: ArticlePage, by: User) -> None:
    """An edit is rejected, which can be undone; whoever asked for it hears of an answer."""
    first = confirmed(make_comment(article, email=EMAIL, wants_replies=True))
    approve(first, by=by)
    edit_comment(first, text=EDITED)
    reject_edit(first, by=by)
    approve(make_comment(article, parent_id=first.pk, email="ana@reader.example"), by=by)


def leave_something_everywhere(
    article: ArticlePage, service: Service, robin: Practitioner, owner: User
) -> Client:
    """Fill whatever is encrypted, but for the second step of signing in.

    Return the owner's client, which has just looked for what belongs to them.
    """
    visits = books(service)
    comments(article, make_user("Moderators"))
    desk = Client()
    desk.force_login(make_user("Front desk"))
    staff_work(desk, visits, robin)
    known_at_the_desk(desk, visits[0], owner)
    edited_and_answered(article, owner)
    owners = Client()
    owners.force_login(owner)
    owners.post("/admin/people-data/", {"text": EMAIL}, follow=True)
    return owners
