"""One date of a class: who comes, arrived or not in one click, seats, another time, called off."""

from http import HTTPStatus
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import PermissionCheckedMixin

from booking.actions.classes.sessions import reopen_session
from booking.actions.errors import CannotUndo, JustTaken, StaleSession
from booking.desk.access import APPOINTMENTS, DeskMixin
from booking.desk.classes.forms import FORMS, MoveSessionForm, SessionForm
from booking.desk.times import value_of
from booking.desk.transition_forms.attendance import (
    ArrivedForm,
    CompletedForm,
    NoShowForm,
    ReopenForm,
)
from booking.desk.transition_forms.base import TransitionForm
from booking.desk.transition_forms.table import forms_for
from booking.desk.undo import TOO_LATE, say_with_undo
from booking.models import Appointment, ClassSession
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User

PRESSED = (ArrivedForm, CompletedForm, NoShowForm, ReopenForm)
# So many who wait for other dates are named.
NAMED = 20


class Comer(NamedTuple):
    """Somebody who comes to a class, and what is pressed when they stand at the desk."""

    appointment: Appointment
    forms: list[TransitionForm]


class ClassDateView(DeskMixin, TemplateView):
    template_name = "booking/desk/classes/date.html"
    page_title = _("Class")
    header_icon = "group"
    sent: SessionForm | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.session = self.read()

    def read(self) -> ClassSession:
        sessions = ClassSession.objects.with_counts().select_related(
            "service", "location", "practitioner__person"
        )
        return get_object_or_404(sessions, pk=self.kwargs["pk"])

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("classes:index"), "label": _("Classes")}]

    @property
    def page_url(self) -> str:
        back = get_valid_next_url_from_request(self.request)
        page = reverse("classes:date", args=[self.session.pk])
        return f"{page}?{urlencode({'next': back})}" if back else page

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        session, may_change = self.session, self.user_has_permission("change")
        rows = session.appointments.select_related("location", "service", "practitioner__person")
        agreed = rows.filter(state__in=Appointment.AGREED)
        comes = sorted(agreed, key=lambda visit: visit.visitor.casefold())
        waits = self.who_waits()
        is_ahead = session.ends_at > timezone.now()
        is_full: bool = session.taken >= session.seats  # type: ignore[attr-defined]
        elsewhere = [] if is_full or not (is_ahead and may_change) else self.who_waits_elsewhere()
        note_looks([*comes, *waits, *elsewhere])
        return context | {
            "session": session,
            "comers": [Comer(visit, self.forms_of(visit, may_change)) for visit in comes],
            "waits": waits,
            "here": self.page_url,
            "back": get_valid_next_url_from_request(self.request),
            "is_ahead": is_ahead,
            "is_full": is_full,
            "elsewhere": elsewhere,
            "book_url": self.book_url(**{"full": "on"} if is_full else {}),
            "book_for": self.book_url(),
            "forms": self.forms() if may_change and session.is_open and is_ahead else [],
            "may_change": may_change,
        }

    def who_waits(self) -> list[Appointment]:
        """Those who wait for a seat or are offered one, in their order."""
        rows = self.session.appointments.filter(state__in=Appointment.HOLDING)
        there = rows.select_related("location", "waiting_list_entry")
        return list(there.order_by("waiting_list_entry__place", "requested_at", "pk"))

    def book_url(self, **more: str) -> str:
        session = self.session
        book = {
            "service": session.service_id,
            "location": session.location_id,
            "slot": value_of(session.starts_at, session.practitioner_id),
            "first": session.starts_at_location.date().isoformat(),
            "next": self.page_url,
        }
        return f"{reverse('appointments:book')}?{urlencode(book | more)}"

    def who_waits_elsewhere(self) -> list[Appointment]:
        """Those who wait for another date of this class, and might like a seat on this one."""
        session = self.session
        waits = Appointment.objects.waiting_for_a_seat().exclude(class_session=session)
        there = waits.filter(
            service=session.service,
            location=session.location,
            class_session__starts_at__gt=timezone.now(),
        )
        return list(there.select_related("class_session__location")[:NAMED])

    def forms_of(self, visit: Appointment, may_change: bool) -> list[TransitionForm]:
        if not may_change:
            return []
        return [form(appointment=visit) for form in forms_for(visit) if form in PRESSED]

    def forms(self) -> list[SessionForm]:
        """Return a form for each change, the sent one as it was sent."""
        return [
            self.sent if isinstance(self.sent, form) else form(session=self.session)
            for form in FORMS
        ]


class ChangeDateView(ClassDateView):
    """Takes one of the forms of a date."""

    http_method_names = ["get", "head", "post"]
    any_permission_required = ["change"]
    form_class: type[SessionForm] = SessionForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.page_url)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, session=self.session)
        if not form.is_valid():
            return self.show(form, _("That didn’t go through. Please see below."))
        try:
            if form.is_stale:
                raise StaleSession
            done = form.apply(by=cast(User, request.user))
        except StaleSession:
            self.session = self.read()
            words = _("Someone else changed this class. Here’s how it looks now.")
            data = request.POST.copy()
            data["version"] = str(self.session.version)
            fresh = self.form_class(data, session=self.session)
            return self.show(fresh, words, HTTPStatus.CONFLICT)
        if not done:
            self.session = self.read()
            return self.show(form, _("That didn’t go through. Please see below."))
        self.say_done(form)
        return redirect(self.page_url)

    def say_done(self, form: SessionForm) -> None:
        session = self.session
        if isinstance(form, MoveSessionForm) and not form.cleaned_data["undone"]:
            undo = reverse("classes:move", args=[session.pk])
            fields = {"version": session.version, "undone": "on", **form.before}
            say_with_undo(self.request, form.done, undo, self.page_url, **fields)
        elif isinstance(form, MoveSessionForm):
            messages.success(self.request, _("Undone. The class is back to how it was."))
        elif session.is_open:
            messages.success(self.request, form.done)
        else:
            undo = reverse("classes:reopen", args=[session.pk])
            say_with_undo(self.request, form.done, undo, self.page_url, version=session.version)

    def show(
        self, form: SessionForm, message: Any, status: HTTPStatus = HTTPStatus.OK
    ) -> HttpResponse:
        self.sent = form
        messages.error(self.request, message)
        return self.render_to_response(self.get_context_data(), status=status)


class ReopenDateView(PermissionCheckedMixin, View):
    """Takes back that a class was called off."""

    http_method_names = ["post"]
    permission_policy = APPOINTMENTS
    any_permission_required = ["change"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        session = get_object_or_404(ClassSession, pk=pk)
        try:
            if request.POST.get("version") != str(session.version):
                raise StaleSession
            reopen_session(session, by=cast(User, request.user))
        except (CannotUndo, StaleSession):
            messages.warning(request, TOO_LATE)
        except JustTaken:
            words = gettext("This can’t be undone: the time has been given to someone else.")
            messages.error(request, words)
        else:
            come = session.appointments.filter(state__in=Appointment.AGREED).count()
            told = ngettext(
                "The class is on again, with %(count)s person in it.",
                "The class is on again, with %(count)s people in it.",
                come,
            )
            messages.success(request, told % {"count": come})
        back = get_valid_next_url_from_request(request)
        return redirect(back or reverse("classes:date", args=[pk]))
