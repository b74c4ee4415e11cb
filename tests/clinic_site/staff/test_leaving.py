"""Somebody leaves: one press signs them out and closes the account; another undoes it."""

from functools import partial

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from clinic_site.access_log.models import AccessLine
from clinic_site.accounts.last_owner import LastOwner, active_owners
from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from clinic_site.second_factor.actions import remember
from clinic_site.second_factor.models import RememberedBrowser
from clinic_site.staff.leaving import HasLeft, leave, take_leaving_back
from clinic_site.staff.models import Departure
from tests.factories import make_clinic, make_user
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client) -> Client:
    make_clinic()
    client.force_login(make_user(Role.OWNERS))
    return client


def see_off(owner: Client, user: User) -> str:
    path = f"/admin/staff/{user.pk}/leaving/"
    return owner.post(path, {"sent": "1"}, follow=True).content.decode()


def test_whoever_leaves_is_signed_out_at_once_and_stays_out(owner: Client) -> None:
    sam, theirs = make_user(Role.EDITORS, username="sam"), Client()
    theirs.login(username="sam", password="correct horse")
    remember(sam, timezone.now())
    assert theirs.get("/admin/").status_code == 200
    assert "signed out everywhere" in see_off(owner, sam)
    assert theirs.get("/admin/").status_code == 302
    assert not theirs.login(username="sam", password="correct horse")
    assert not RememberedBrowser.objects.exists()
    assert Session.objects.count() == 1  # the owner's


def test_taken_back_they_come_in_as_before(owner: Client) -> None:
    sam = make_user(Role.EDITORS, username="sam")
    see_off(owner, sam)
    page = owner.post(f"/admin/staff/{sam.pk}/back/", follow=True).content.decode()
    assert "can sign in again" in page
    sam.refresh_from_db()
    assert sam.is_active
    assert [group.name for group in sam.groups.all()] == [Role.EDITORS]
    assert Client().login(username="sam", password="correct horse")
    again = owner.post(f"/admin/staff/{sam.pk}/back/", follow=True).content.decode()
    assert "nothing to take back" in again


def test_the_last_owner_does_not_leave(client: Client) -> None:
    make_clinic()
    only = make_user(Role.OWNERS)
    client.force_login(User.objects.create_superuser("root", password="correct horse"))
    assert "only owner" in see_off(client, only)
    assert [*active_owners()] == [only]
    assert not Departure.objects.exists()


def test_nobody_closes_their_own_account(owner: Client) -> None:
    me = make_user(Role.OWNERS, username="me")
    owner.force_login(me)
    assert "Ask another owner" in see_off(owner, me)
    assert active_owners().count() == 2


def test_an_owner_does_not_see_off_a_superuser(owner: Client) -> None:
    root = User.objects.create_superuser("root", password="correct horse")
    see_off(owner, root)
    root.refresh_from_db()
    assert root.is_active


def test_the_access_log_has_both(owner: Client) -> None:
    sam = make_user(Role.EDITORS, username="sam")
    see_off(owner, sam)
    owner.post(f"/admin/staff/{sam.pk}/back/")
    lines = AccessLine.objects.filter(table="accounts.user", record=sam.pk)
    assert [*lines.filter(details__in=["left", "back"]).values_list("details", flat=True)] == [
        "back",
        "left",
    ]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_owners_who_see_each_other_off_at_once_one_stays() -> None:
    make_clinic()
    one, two = (make_user(Role.OWNERS, username=name) for name in ("one", "two"))
    done = all_at_once([partial(leave, two.pk, {}, by=one), partial(leave, one.pk, {}, by=two)])
    assert sum(isinstance(each, LastOwner) for each in done) == 1
    assert active_owners().count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_pressed_many_times_at_once_they_leave_once() -> None:
    make_clinic()
    owner, sam = make_user(Role.OWNERS), make_user(Role.EDITORS)
    done = all_at_once([partial(leave, sam.pk, {}, by=owner)] * 4)
    assert sum(isinstance(each, HasLeft) for each in done) == 3
    back = all_at_once([partial(take_leaving_back, sam.pk, by=owner)] * 4)
    assert sum(each == [] for each in back) == 1
    assert Departure.objects.standing().count() == 0
