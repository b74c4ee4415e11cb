"""A clinic in which there is one of each thing that an address of the admin can be about.

Whatever not everybody may know of has a word of its own, so that it is seen wherever it gets.
"""

from dataclasses import dataclass
from datetime import date, time
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, UploadedFile

from blog.models import ArticlePage, SearchSynonym
from booking.actions.calendars.closures import block_time
from booking.actions.patients.records import Details, create_patient
from booking.actions.waiting_list import join_waiting_list
from booking.models import (
    Appointment,
    BlockedTime,
    CallTask,
    ClassSchedule,
    ClassSession,
    Course,
    Patient,
    Practitioner,
    Service,
    WaitingListEntry,
    WaitingListOffer,
)
from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from clinic_site.clinic.models import Closure
from clinic_site.documents.models import SiteDocument
from clinic_site.images.models import SiteImage
from clinic_site.images.upload import BareFile
from clinic_site.staff.invitations import invite
from clinic_site.staff.models import StaffInvitation
from comments.models import CannedReply, Comment
from tests.booking.classes.factories import make_class, make_session
from tests.booking.courses.factories import make_course
from tests.booking.factories import at, book, make_practitioner, make_service
from tests.clinic_site.documents.factories import make_document
from tests.comments.factories import make_comment
from tests.factories import make_article, make_clinic, make_person, make_user
from wordpress.models import ImportRun

DRAFT, DRAFTS_ADDRESS = "Zebra plans", "zebra-plans"  # an article that nobody may read yet
UNDER_REVIEW = "Gnu plans"  # one more, which waits for its reviewer
IMAGE, FILE = "Yak drawing", "yak-file"
DOCUMENT = "Wombat sheet"  # that no page offers yet
TAG = "walrus"
PERSON = "Vera Vicuna"  # of the clinic, and not shown on its site
COURSE_PATIENT = "Kit Kudu"
PATIENT, PHONE, EMAIL = "Uma Urial", "+18055550177", "tapir@patient.example"
PHONES_END = "555-0177"
INTERNAL_NOTE = "Pangolin note"
OWN_PATIENT = "Sid Serval"  # of the practitioner who signs in
READER, ADDRESS, WORDS = "Rhea Raccoon", "quokka@reader.example", "My puma hurts"
REPLY = "Ocelot reply"
SYNONYM = "axolotl doctor"
ACCOUNT = "narwhal"
INVITED = "jackal@clinic.example"
REDIRECT = "/marmot"


@dataclass
class FullClinic:
    """What is there, by what the addresses call it."""

    draft: ArticlePage
    under_review: ArticlePage
    article: ArticlePage
    image: SiteImage
    upload: UploadedFile
    document: SiteDocument
    collection: Collection
    person: Any
    appointment: Appointment
    patient: Patient
    course: Course
    service: Service
    practitioner: Practitioner
    class_date: ClassSession
    weekly_class: ClassSchedule
    block: BlockedTime
    call: CallTask
    entry: WaitingListEntry
    offer: WaitingListOffer
    closure: Closure
    extra_hours: Closure
    comment: Comment
    reply: CannedReply
    synonym: SearchSynonym
    redirect: Redirect
    import_run: ImportRun
    account: User
    invitation: StaffInvitation
    users: dict[str, User]  # by role
    reviewer: User
    session: EditingSession


def make_full_clinic() -> FullClinic:
    make_clinic()
    users = {role: make_user(role) for role in Role}
    editor, desk = users[Role.EDITORS], users[Role.FRONT_DESK]
    image = _image()
    person = make_person(PERSON, on_team=False, photo=image)
    article = make_article()
    draft = make_article(DRAFT, live=False, slug=DRAFTS_ADDRESS, tags=[TAG], owner=editor)
    draft.save_revision(user=editor)
    account = make_user("Practitioners", username=ACCOUNT)
    service = make_service()
    practitioner = make_practitioner("Robin Roe", service)
    own = make_practitioner("Dana Dormouse", service)
    own.person.account = users[Role.PRACTITIONERS]
    own.person.save()
    appointment = book(
        service, at(6, 10), practitioner=practitioner, name=PATIENT, phone=PHONE, email=EMAIL
    )
    visit = book(service, at(6, 11), practitioner=own, name=OWN_PATIENT, by=desk)
    entry = join_waiting_list(visit)
    patient = create_patient(
        Details(name=PATIENT, phones=PHONE, emails=EMAIL, note=INTERNAL_NOTE), by=None
    )
    reviewer = make_user("Practitioners", username="reviewer")
    group_class = make_class()
    class_date = make_session(group_class, practitioner)
    return FullClinic(
        draft=draft,
        under_review=_under_review(editor, reviewer),
        article=article,
        image=image,
        upload=UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(SiteImage),
            file=ContentFile(b"", "left.png"),
            uploaded_by_user=editor,
        ),
        document=make_document(DOCUMENT),
        collection=Collection.get_first_root_node().add_child(name="Drawings"),
        person=person,
        appointment=appointment,
        patient=patient,
        course=make_course(
            service,
            practitioner,
            desk,
            [at(20, 10), at(27, 10)],
            name=COURSE_PATIENT,
            patient=patient,
        ),
        service=service,
        practitioner=practitioner,
        class_date=class_date,
        weekly_class=ClassSchedule.objects.create(
            service=group_class,
            location=class_date.location,
            practitioner=practitioner,
            weekday=2,
            begins=time(15),
            seats=6,
            first_day=date(2027, 1, 4),
        ),
        block=block_time(practitioner, starts_at=at(7, 12), ends_at=at(7, 13), by=desk),
        call=CallTask.objects.create(appointment=appointment, reason=CallTask.Reason.ASKED),
        entry=entry,
        offer=WaitingListOffer.objects.create(
            entry=entry,
            practitioner=own,
            location=visit.location,
            starts_at=at(5, 9),
            expires_at=at(4, 12),
        ),
        closure=Closure.objects.create(first_day=date(2027, 2, 1), last_day=date(2027, 2, 1)),
        extra_hours=Closure.objects.create(
            kind=Closure.Kind.EXTRA,
            first_day=date(2027, 2, 6),
            last_day=date(2027, 2, 6),
            begins=time(9),
            ends=time(12),
        ),
        comment=make_comment(article, name=READER, email=ADDRESS, text=WORDS),
        reply=CannedReply.objects.create(title=REPLY, text="Thank you."),
        synonym=SearchSynonym.objects.create(typed=SYNONYM, means="psoas"),
        redirect=Redirect.objects.create(old_path=REDIRECT, redirect_link="/contact/"),
        import_run=ImportRun.objects.create(export="old.xml", state=ImportRun.State.DONE),
        account=account,
        invitation=invite(INVITED, Group.objects.filter(name=Role.EDITORS), by=users[Role.OWNERS]),
        users=users,
        reviewer=reviewer,
        session=EditingSession.objects.create(
            user=editor,
            content_type=ContentType.objects.get_for_model(Page),
            object_id=str(draft.pk),
            last_seen_at=at(4, 9),
        ),
    )


def _under_review(editor: User, reviewer: User) -> ArticlePage:
    article = make_article(
        UNDER_REVIEW,
        live=False,
        owner=editor,
        reviewer=make_person("Nora Numbat", account=reviewer),
    )
    article.save_revision(user=editor)
    article.get_workflow().start(article, editor)
    return article


def _image() -> SiteImage:
    content = BytesIO()
    PillowImage.new("RGB", (40, 30), "#c2643f").save(content, "PNG")
    content.seek(0)
    image = SiteImage.objects.create(title=IMAGE, file=BareFile(content, name=f"{FILE}.png"))
    image.tags.add(TAG)
    return image
