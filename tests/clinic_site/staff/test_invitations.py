"""An owner invites somebody by email; the link makes one account, once."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from clinic_site.staff.invitations import (
    InvitationGone,
    accept_invitation,
    delete_old_invitations,
    invite,
    send_again,
)
from clinic_site.staff.models import StaffInvitation
from tests.factories import make_clinic, make_user
from tests.outbox import emails_to
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db

CASEY = "casey@clinic.example"
PASSWORD = "a long walk on the beach"
SAID = {"name": "Casey Morgan", "password": PASSWORD, "password_again": PASSWORD}
GONE = "This link no longer works"


@pytest.fixture
def owner(client: Client) -> Client:
    make_clinic()
    client.force_login(make_user(Role.OWNERS))
    return client


def ask(owner: Client, email: str = CASEY, *roles: str) -> str:
    groups = Group.objects.filter(name__in=roles or [Role.EDITORS])
    form = {"email": email, "roles": [group.pk for group in groups]}
    return owner.post("/admin/staff/invite/", form, follow=True).content.decode()


def sent_link() -> str:
    """Return the path of the link in the last email to Casey."""
    email = emails_to(CASEY).latest("pk")
    found = re.search(r"https?://[^/\s]+(/admin/invitation/\S+)", email.text)
    assert found
    return found[1]


def test_who_is_invited_makes_their_own_account(owner: Client) -> None:
    assert "Each role" not in ask(owner, CASEY, Role.EDITORS, Role.MODERATORS)
    casey, link = Client(), sent_link()
    page = casey.get(link).content.decode()
    assert CASEY in page
    assert "Decide about comments" in page
    assert "is ready. Sign in" in casey.post(link, SAID, follow=True).content.decode()
    user = User.objects.get(email=CASEY)
    assert {group.name for group in user.groups.all()} == {Role.EDITORS, Role.MODERATORS}
    assert (user.display_name, user.is_superuser) == ("Casey Morgan", False)
    assert casey.login(username=CASEY, password=PASSWORD)


def test_the_link_works_once(owner: Client) -> None:
    ask(owner)
    casey, link = Client(), sent_link()
    casey.post(link, SAID)
    for answer in (casey.get(link), casey.post(link, SAID)):
        assert answer.status_code == 410
        assert GONE in answer.content.decode()
    assert User.objects.filter(email=CASEY).count() == 1


def test_the_link_ends_after_a_week(owner: Client) -> None:
    ask(owner)
    link = sent_link()
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        assert Client().post(link, SAID).status_code == 410
        assert "stopped working" in owner.get("/admin/staff/").content.decode()
    assert not User.objects.filter(email=CASEY).exists()


def test_the_database_knows_no_link_by_its_token(owner: Client) -> None:
    ask(owner)
    kept = StaffInvitation.objects.values_list("token_hash", "email").get()
    assert sent_link().rstrip("/").rpartition("/")[2] not in kept


def test_sent_again_the_first_link_is_dead_and_does_not_leave(owner: Client) -> None:
    ask(owner)
    first, number = sent_link(), StaffInvitation.objects.get().pk
    owner.post(f"/admin/staff/invitations/{number}/again/")
    assert Client().get(first).status_code == 410
    assert Client().get(sent_link()).status_code == 200
    assert emails_to(CASEY).count() == 1


def test_withdrawn_it_opens_nothing(owner: Client) -> None:
    ask(owner)
    link, number = sent_link(), StaffInvitation.objects.get().pk
    path = f"/admin/staff/invitations/{number}/withdraw/"
    assert "Withdrawn" in owner.post(path, follow=True).content.decode()
    assert "is gone" in owner.post(path, follow=True).content.decode()
    assert Client().get(link).status_code == 410
    assert not emails_to(CASEY).exists()
    assert ask(owner)
    assert StaffInvitation.objects.count() == 1


def test_whoever_has_an_account_or_invitation_gets_no_other(owner: Client) -> None:
    make_user(Role.EDITORS, username="sam", email="Sam@Clinic.example")
    assert "sign in with it" in ask(owner, "sam@clinic.example")
    assert not StaffInvitation.objects.exists()
    ask(owner)
    assert "invited already" in ask(owner, CASEY.upper())
    assert StaffInvitation.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "roles", "words"),
    [
        ("casey", [Role.EDITORS], "valid email"),
        ("a&b@clinic.example", [Role.EDITORS], "of letters, digits"),
        (CASEY, ["nobody"], "at least one role"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    owner: Client, email: str, roles: list[str], words: str
) -> None:
    page = ask(owner, email, *roles)
    assert words in page
    assert f'value="{email.replace("&", "&amp;")}"' in page


def test_a_bad_password_is_told_and_the_link_still_works(owner: Client) -> None:
    ask(owner)
    casey, link = Client(), sent_link()
    answer = casey.post(link, SAID | {"password": "xq7pt", "password_again": "xq7pt"})
    assert answer.status_code == 422
    assert "too short" in answer.content.decode()
    assert 'value="Casey Morgan"' in answer.content.decode()
    assert casey.post(link, SAID).status_code == 302


def test_who_invites_must_keep_accounts(client: Client) -> None:
    for role in (Role.EDITORS, Role.FRONT_DESK, Role.PRACTITIONERS, Role.MODERATORS):
        client.force_login(make_user(role))
        answer = client.post("/admin/staff/invite/", {"email": CASEY}, follow=True)
        assert "do not have permission" in answer.content.decode()
    assert not StaffInvitation.objects.exists()


def test_an_old_invitation_is_forgotten() -> None:
    make_clinic()
    invite(CASEY, Group.objects.filter(name=Role.EDITORS), by=make_user(Role.OWNERS))
    delete_old_invitations(timezone.now() + timedelta(days=36))
    assert StaffInvitation.objects.count() == 1
    delete_old_invitations(timezone.now() + timedelta(days=38))
    assert not StaffInvitation.objects.exists()


@pytest.fixture
def invited(transactional_db: None) -> Callable[[], str]:
    """Return a function that invites Casey and gives the token."""

    def run() -> str:
        make_clinic()
        invite(CASEY, Group.objects.filter(name=Role.EDITORS), by=make_user(Role.OWNERS))
        return sent_link().rstrip("/").rpartition("/")[2]

    return run


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_who_open_one_link_at_once_one_makes_an_account(
    invited: Callable[[], str],
) -> None:
    said = {"name": "Casey", "password": PASSWORD, "now": timezone.now()}
    done = all_at_once([partial(accept_invitation, invited(), **said)] * 5)
    assert [type(each) for each in done].count(InvitationGone) == 4
    assert User.objects.filter(email=CASEY).count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_accepted_while_it_is_sent_again_it_is_one_or_the_other(
    invited: Callable[[], str],
) -> None:
    token, number = invited(), StaffInvitation.objects.get().pk
    by = User.objects.get(groups__name=Role.OWNERS)
    said = {"name": "Casey", "password": PASSWORD, "now": timezone.now()}
    done = all_at_once(
        [
            partial(accept_invitation, token, **said),
            partial(send_again, number, by=by),
        ]
    )
    assert sum(isinstance(each, InvitationGone) for each in done) == 1
    is_open, has_account = StaffInvitation.objects.exists(), User.objects.filter(email=CASEY)
    assert is_open != has_account.exists()
