"""A line of history is written once; it goes only with what it is about."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from booking.models import AppointmentEvent
from clinic_site.access_log.models import AccessLine
from clinic_site.history.append_only import AppendOnlyModel
from comments.models import Comment, CommentEvent
from tests.booking.factories import make_appointment, make_service
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


def comment_event() -> CommentEvent:
    comment = Comment.objects.create(page=make_article(), name="Jo", text="Hello")
    return CommentEvent.objects.create(
        comment=comment, event_type="submitted", to_state="pending", by=make_user("Moderators")
    )


def appointment_event() -> AppointmentEvent:
    make_service()
    return make_appointment().events.create(event_type="requested", to_state="requested")


def access_line() -> AccessLine:
    return AccessLine.objects.create(kind="look", table="booking.patient", record=1)


@pytest.fixture(params=[comment_event, appointment_event, access_line])
def event(request: pytest.FixtureRequest, clinic: object) -> AppendOnlyModel:
    made: Callable[[], AppendOnlyModel] = request.param
    return made()


def test_a_line_is_neither_changed_nor_deleted(event: AppendOnlyModel) -> None:
    rows = type(event).objects.filter(pk=event.pk)
    event.at = timezone.now()  # type: ignore[attr-defined]
    for change in (
        event.save,
        event.delete,
        rows.delete,
        lambda: rows.update(at=timezone.now()),
        lambda: type(event).objects.bulk_update([event], ["at"]),
    ):
        with pytest.raises(TypeError):
            change()
    assert rows.exists()


def test_it_goes_with_what_it_is_about_and_outlives_who_did_it(clinic: object) -> None:
    event = comment_event()
    assert event.by is not None
    event.by.delete()
    assert CommentEvent.objects.get(pk=event.pk).by is None
    event.comment.page.delete()
    assert not CommentEvent.objects.exists()
