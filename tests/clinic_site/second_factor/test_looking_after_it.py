"""Somebody looks after their own phone, codes and sign-ins; an owner helps who has lost theirs."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from clinic_site.access_log.models import AccessLine
from clinic_site.mail.models import OutgoingEmail
from clinic_site.privacy.encryption import decrypt
from clinic_site.second_factor.actions import reset_second_factor
from clinic_site.second_factor.checks import second_factor_is_required
from clinic_site.second_factor.models import Authenticator
from clinic_site.second_factor.views import NEW_KEY
from tests.clinic_site.second_factor.conftest import (
    PASSWORD,
    Phone,
    give_code,
    give_password,
    is_in,
    signed_in,
)
from tests.factories import make_user

LATER = timedelta(minutes=20)  # the password was given too long ago to be enough


@pytest.fixture
def at_work(client: Client, phone: Phone) -> Client:
    return signed_in(client, phone)


@pytest.fixture
def owner(settings: Settings) -> Client:
    """An owner who has signed in, past the second step."""
    user: Any = make_user("Owners")
    settings.REQUIRE_SECOND_FACTOR = False
    client = Client()
    give_password(client, user.username)
    settings.REQUIRE_SECOND_FACTOR = True
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


def test_the_page_tells_of_the_phone_the_codes_and_the_browsers(at_work: Client) -> None:
    page = at_work.get("/admin/two-step/").content.decode()
    assert "Two-step sign-in has been on since" in page
    assert "You have 10 recovery codes left." in page
    assert "(this browser)" in page


def test_one_is_signed_out_everywhere_else(at_work: Client, phone: Phone) -> None:
    with time_machine.travel(timedelta(minutes=2)):
        other = signed_in(Client(), phone)
        assert is_in(other)
        at_work.post("/admin/two-step/sign-ins/end/")
        assert is_in(at_work)
        assert not is_in(other)


def test_one_browser_is_signed_out(at_work: Client, desk: Any, phone: Phone) -> None:
    with time_machine.travel(timedelta(minutes=2)):
        other = signed_in(Client(), phone)
        sign_in = desk.sign_ins.get(session_id=other.session.session_key)
        at_work.post(f"/admin/two-step/sign-ins/{sign_in.pk}/end/")
        assert not is_in(other)


def test_nobody_ends_the_sign_in_of_somebody_else(at_work: Client, owner: Client) -> None:
    theirs = owner.session.session_key
    from clinic_site.second_factor.models import SignIn

    at_work.post(f"/admin/two-step/sign-ins/{SignIn.objects.get(session_id=theirs).pk}/end/")
    assert is_in(owner)


def test_new_codes_take_the_place_of_the_old(at_work: Client, desk: Any) -> None:
    before = {code.code for code in desk.recovery_codes.all()}
    at_work.post("/admin/two-step/recovery-codes/")
    after = {code.code for code in desk.recovery_codes.all()}
    assert len(after) == 10
    assert before.isdisjoint(after)


class TestAfterAWhileThePasswordIsAskedAgain:
    def test_before_a_page(self, at_work: Client) -> None:
        with time_machine.travel(LATER):
            answer = at_work.get("/admin/two-step/set-up/")
            assert answer.url == "/admin/two-step/password/?next=%2Fadmin%2Ftwo-step%2Fset-up%2F"
            refused = at_work.post(answer.url, {"current_password": "wrong"})
            assert "That isn’t your password" in refused.content.decode()
            given = at_work.post(answer.url, {"current_password": PASSWORD})
            assert given.url == "/admin/two-step/set-up/"
            assert at_work.get(given.url).status_code == 200

    def test_before_a_form_which_is_kept(self, owner: Client) -> None:
        form = {"username": "robin", "email": "robin@clinic.example", "first_name": "Robin"}
        with time_machine.travel(LATER):
            asked = owner.post("/admin/users/new/", form)
            assert asked.status_code == 401
            page = asked.content.decode()
            assert 'name="first_name" value="Robin"' in page
            go_on = owner.post("/admin/users/new/", form | {"current_password": PASSWORD})
            assert 'value="Robin"' in go_on.content.decode()
            assert go_on.status_code == 200  # the form itself, which lacks a password for Robin

    @pytest.mark.parametrize("shown", ["export", "file", "erase"])
    def test_before_what_is_held_of_somebody_is_shown_or_erased(
        self, owner: Client, shown: str
    ) -> None:
        address = reverse(f"data_requests:{shown}", args=["a-token"])
        with time_machine.travel(LATER):
            assert owner.get(address).url.startswith("/admin/two-step/password/")
            assert owner.post(address).status_code == 401

    def test_before_appointments_become_a_file(self, owner: Client) -> None:
        appointments = "/admin/appointments/"
        with time_machine.travel(LATER):
            for address in (appointments, f"{appointments}results/"):
                assert owner.get(address).status_code == 200
                asked = owner.get(f"{address}?export=csv")
                assert asked.url.startswith("/admin/two-step/password/")
            given = owner.post(asked.url, {"current_password": PASSWORD})
            file = owner.get(given.url)
            assert file["Content-Type"].startswith("text/csv")
            assert owner.get(f"{appointments}?export=xlsx")["Content-Disposition"]

    def test_and_never_leads_elsewhere(self, at_work: Client) -> None:
        with time_machine.travel(LATER):
            answer = at_work.post(
                "/admin/two-step/password/?next=//evil.example/", {"current_password": PASSWORD}
            )
            assert answer.url == "/admin/"


class TestALostPhone:
    @pytest.fixture(autouse=True)
    def _emails_are_queued(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "clinic_site.mail.backend.QueueBackend"  # as outside of tests

    def test_is_reset_by_an_owner_with_a_trace_and_an_email(
        self, owner: Client, at_work: Client, desk: Any
    ) -> None:
        address = f"/admin/two-step/reset/{desk.pk}/"
        assert "lost their phone" in owner.get(address).content.decode()
        assert owner.post(address).status_code == 302
        assert not is_in(at_work)
        assert give_password(Client()).url == "/admin/two-step/set-up/"
        (line,) = AccessLine.objects.filter(kind="second_factor", details="reset")
        assert line.record == desk.pk
        call_command("worker", once=True)
        assert [(m.to, m.subject) for m in mail.outbox] == [
            (["front-desk@clinic.example"], "Your two-step sign-in was reset")
        ]

    def test_is_reset_by_nobody_else(self, at_work: Client) -> None:
        other: Any = make_user("Owners")
        assert at_work.post(f"/admin/two-step/reset/{other.pk}/").status_code == 302
        assert not AccessLine.objects.filter(details="reset").exists()

    def test_is_told_of_in_the_transaction_of_the_reset(self, desk: Any, phone: Phone) -> None:
        with transaction.atomic():
            reset_second_factor(desk, by=None)
            assert [email.to for email in OutgoingEmail.objects.all()] == [desk.email]
            transaction.set_rollback(True)
        assert not OutgoingEmail.objects.exists()
        assert Authenticator.objects.filter(user=desk).exists()

    def test_of_the_last_owner_is_reset_on_the_server(self, phone: Phone) -> None:
        call_command("reset_second_factor", "Front-Desk")
        assert OutgoingEmail.objects.get().to == "front-desk@clinic.example"
        assert give_password(Client()).url == "/admin/two-step/set-up/"
        with pytest.raises(CommandError, match="no account nobody"):
            call_command("reset_second_factor", "nobody")


def test_a_key_in_the_making_is_made_anew_once_the_site_has_other_keys(
    at_work: Client, settings: Settings
) -> None:
    at_work.get("/admin/two-step/set-up/")
    before = at_work.session["second_factor_key"]
    settings.ENCRYPTION_KEYS = ["a new key"]
    assert at_work.get("/admin/two-step/set-up/").status_code == 200
    assert at_work.session["second_factor_key"] != before


def test_another_phone_takes_the_place_of_the_first(at_work: Client, phone: Phone) -> None:
    at_work.get("/admin/two-step/set-up/")
    new = Phone(decrypt(at_work.session[NEW_KEY], place=NEW_KEY))
    at_work.post("/admin/two-step/set-up/", {"code": new.code()})
    client = Client()
    give_password(client)
    assert give_code(client, phone.code()).status_code == 200
    with time_machine.travel(timedelta(minutes=1)):
        assert give_code(client, new.code()).status_code == 302


@pytest.mark.parametrize("address", ["/admin/", "/admin/appointments/", "/admin/account/"])
def test_a_band_on_every_page_says_that_it_is_off(
    address: str, at_work: Client, settings: Settings
) -> None:
    off = "Two-step sign-in is off: a password alone opens people’s data."
    assert off not in at_work.get(address).content.decode()
    settings.REQUIRE_SECOND_FACTOR = False
    assert at_work.get(address).content.decode().count(off) == 1


def test_a_deployment_without_it_is_warned_of(settings: Settings) -> None:
    assert second_factor_is_required(None) == []
    settings.REQUIRE_SECOND_FACTOR = False
    assert [problem.id for problem in second_factor_is_required(None)] == ["second_factor.W001"]
