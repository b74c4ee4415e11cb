"""Everything has an end: at its second by a clock that is moved, as the owners have set it."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from booking.actions.answers import decline_appointment
from booking.actions.patients.assigning import attach_new
from booking.models import Appointment, AppointmentEvent, Patient
from clinic_site.accounts.models import User
from clinic_site.accounts.session_timeout import delete_ended_sessions
from clinic_site.data_requests.access import ANSWER
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.sending import send_due_emails
from clinic_site.privacy import retention
from clinic_site.privacy.models import RetentionPeriod
from clinic_site.privacy.retention import (
    NotEnded,
    RetentionRule,
    days_kept,
    end_what_is_over,
    retention_rules,
)
from tests.booking.factories import make_appointment, said
from tests.factories import make_user

pytestmark = pytest.mark.django_db

Clock = time_machine.Traveller
PAGE = "/admin/people-data/how-long/"
SECOND = timedelta(seconds=1)


def just_before_and_after(clock: Clock, begin: object, key: str) -> Iterator[str]:
    """Move the clock to the last second that something is kept, then past it; run the job."""
    end = begin + timedelta(days=days_kept(key))  # type: ignore[operator]
    for when, instant in (("kept", end), ("ended", end + SECOND)):
        clock.move_to(instant)
        end_what_is_over(timezone.now())
        yield when


def test_notes_end_after_ninety_days_and_the_visit_stays(jo: Appointment, clock: Clock) -> None:
    for when in just_before_and_after(clock, jo.ends_at, "booking.notes"):
        jo.refresh_from_db()
        assert bool(jo.note) == bool(jo.access_needs) == (when == "kept")
    assert jo.name == "Jo O’Brien"


def test_a_rule_that_fails_keeps_no_other_from_ending_what_is_its_own(
    jo: Appointment, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = RetentionRule("broken", "x", 1, "x", lambda _before, _at_once: 1 // 0)
    monkeypatch.setattr(retention, "_rules", {"broken": broken, **retention._rules})
    clock.move_to(jo.ends_at + timedelta(days=days_kept("booking.notes"), seconds=1))
    with pytest.raises(NotEnded, match=r"^broken$"):
        end_what_is_over(timezone.now())
    jo.refresh_from_db()
    assert jo.note == ""


def test_who_came_ends_after_three_years_and_that_somebody_came_stays(
    jo: Appointment, clock: Clock
) -> None:
    done = {"state": Appointment.State.COMPLETED, "hold_expires_at": None}
    Appointment.objects.filter(pk=jo.pk).update(**done)
    for when in just_before_and_after(clock, jo.ends_at, "booking.appointments"):
        jo.refresh_from_db()
        assert bool(jo.name) == (when == "kept")
    assert (jo.state, jo.phone, jo.email) == (Appointment.State.COMPLETED, "", "")


def test_a_request_that_came_to_nothing_ends_after_thirty_days(
    service: object, owner: User, clock: Clock
) -> None:
    request = make_appointment(note="It hurts on stairs.")
    clock.shift(timedelta(days=5))
    decline_appointment(request, reason="We are full.", by=owner)
    declined_at = timezone.now()
    for when in just_before_and_after(clock, declined_at, "booking.requests"):
        request.refresh_from_db()
        assert bool(request.name) == (when == "kept")
        notes = AppointmentEvent.objects.filter(appointment=request).exclude(note="")
        assert notes.exists() == (when == "kept")


def test_a_request_that_waits_for_its_answer_is_kept(service: object, clock: Clock) -> None:
    request = make_appointment()
    clock.shift(timedelta(days=365))
    end_what_is_over(timezone.now())
    request.refresh_from_db()
    assert request.name


def test_the_note_of_a_sent_email_ends_after_thirty_days(jo: Appointment, clock: Clock) -> None:
    send_due_emails()
    for when in just_before_and_after(clock, timezone.now(), "mail.sent"):
        assert OutgoingEmail.objects.exists() == (when == "kept")


def test_the_history_of_who_looked_ends_after_six_years(owner: User, clock: Clock) -> None:
    line = ModelLogEntry.objects.log_action(owner, "data_requests.find", user=owner)
    for when in just_before_and_after(clock, line.timestamp, "pages.history"):
        assert ModelLogEntry.objects.filter(pk=line.pk).exists() == (when == "kept")


def test_sessions_that_have_ended_are_deleted(owners_browser: Client, clock: Clock) -> None:
    session = Session.objects.get()
    for instant, there in ((session.expire_date, True), (session.expire_date + SECOND, False)):
        clock.move_to(instant)
        delete_ended_sessions(timezone.now())
        assert Session.objects.exists() == there


def test_the_log_tells_counts_alone(
    jo: Appointment, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger=retention.__name__)
    clock.shift(timedelta(days=4 * 365))
    end_what_is_over(timezone.now())
    assert "booking.appointments 1" in caplog.text
    assert "Jo" not in caplog.text


def test_many_rows_end_in_parts(
    service: object, owner: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for _ in range(5):
        decline_appointment(make_appointment(email=""), reason="", by=owner)
    clock.shift(timedelta(days=31))
    end_what_is_over(timezone.now())
    assert Appointment.objects.filter(erased_at=None).count() == 0


def test_the_owners_period_counts_and_the_privacy_page_says_so(
    jo: Appointment, owners_browser: Client, client: Client, clock: Clock
) -> None:
    assert "for 90 days" in said(Client().get("/privacy/"))
    form = {rule.key: str(days_kept(rule.key)) for rule in retention_rules()}
    page = owners_browser.post(PAGE, form | {"booking.notes": "10"}, follow=True)
    assert "Saved." in said(page)
    assert "for 10 days" in said(Client().get("/privacy/"))
    assert [period.key for period in RetentionPeriod.objects.all()] == ["booking.notes"]
    for when in just_before_and_after(clock, jo.ends_at, "booking.notes"):
        jo.refresh_from_db()
        assert bool(jo.note) == (when == "kept")


def test_each_period_has_its_reason_beside_it(owners_browser: Client) -> None:
    page = said(owners_browser.get(PAGE))
    for rule in retention_rules():
        assert str(rule.reason) in page
        assert str(rule.what) in page


@pytest.mark.parametrize("typed", ["", "0", "-1", "x", "1.5", "99999"])
def test_a_period_that_is_none_is_refused_beside_the_field(
    owners_browser: Client, typed: str
) -> None:
    form = {rule.key: str(rule.days) for rule in retention_rules()}
    page = owners_browser.post(PAGE, form | {"booking.notes": typed})
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["booking.notes"]
    assert not RetentionPeriod.objects.exists()
    assert f'value="{typed}"' in page.content.decode() or not typed


def test_the_access_log_is_kept_for_six_years_whatever_is_set(owners_browser: Client) -> None:
    form = {rule.key: str(rule.days) for rule in retention_rules()}
    page = owners_browser.post(PAGE, form | {"access_log.lines": "2191"})
    assert page.context["form"].errors == {"access_log.lines": ["Please enter 2192 or more."]}
    assert not RetentionPeriod.objects.exists()
    owners_browser.post(PAGE, form | {"access_log.lines": "2192"})
    assert days_kept("access_log.lines") == 2192
    RetentionPeriod.objects.update(days=1)  # by SQL
    assert days_kept("access_log.lines") == 2192


def test_nobody_but_owners_sets_periods(client: Client) -> None:
    user = make_user("Front desk")
    assert not user.has_perm(ANSWER)
    client.force_login(user)
    assert client.get(PAGE).status_code in {302, 403}


def test_a_patients_record_ends_three_years_after_the_last_visit_or_change(
    jo: Appointment, owner: User, clock: Clock
) -> None:
    patient = attach_new(jo, by=owner)
    for when in just_before_and_after(clock, jo.ends_at, "booking.patients"):
        assert Patient.objects.filter(pk=patient.pk).exists() == (when == "kept")
