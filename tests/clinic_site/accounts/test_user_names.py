"""A user name is one person's, with capitals or without: phones begin with one, and know no é."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from clinic_site.accounts.models import User
from clinic_site.accounts.sign_in import WRONG
from clinic_site.mail.models import OutgoingEmail
from tests.clinic_site.accounts.test_users import FORM
from tests.factories import make_user

pytestmark = pytest.mark.django_db
TAKEN = "That username is taken."


@pytest.fixture
def emilie() -> User:
    return make_user("Owners", username="Émilie", email="Emilie@Clinic.example")


@pytest.mark.parametrize("typed", ["Émilie", "émilie", "ÉMILIE", "E\u0301milie"])
def test_somebody_signs_in_however_they_write_their_name(
    client: Client, emilie: User, typed: str
) -> None:
    answer = client.post("/admin/login/", {"username": typed, "password": "correct horse"})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(emilie.pk)


class TestAnEmailAddress:
    @pytest.mark.parametrize("typed", ["Emilie@Clinic.example", "emilie@clinic.EXAMPLE"])
    def test_signs_in_as_the_user_name_does(self, client: Client, emilie: User, typed: str) -> None:
        assert "Email or username" in client.get("/admin/login/").content.decode()
        client.post("/admin/login/", {"username": typed, "password": "correct horse"})
        assert client.session["_auth_user_id"] == str(emilie.pk)

    def test_of_two_accounts_signs_in_to_neither(self, client: Client, emilie: User) -> None:
        other = make_user("Editors", email="emilie@clinic.example")
        typed = {"username": "emilie@clinic.example", "password": "correct horse"}
        assert client.post("/admin/login/", typed).status_code == 200
        other.is_active = False
        other.save()
        assert client.post("/admin/login/", typed).status_code == 302

    def test_that_is_somebodys_user_name_is_theirs(self, client: Client, emilie: User) -> None:
        typed = {"username": emilie.email, "password": "another long one"}
        theirs = make_user("Editors", username=emilie.email, password=typed["password"])
        assert client.post("/admin/login/", typed).status_code == 302
        assert client.session["_auth_user_id"] == str(theirs.pk)

    def test_is_no_second_count_of_wrong_passwords(self, client: Client, emilie: User) -> None:
        for number in range(WRONG):
            name = emilie.email if number % 2 else emilie.username
            client.post("/admin/login/", {"username": name, "password": "wrong"})
        right = {"username": emilie.email, "password": "correct horse"}
        assert client.post("/admin/login/", right).status_code == 429

    def test_of_another_is_refused_as_a_user_name(self, client: Client, emilie: User) -> None:
        client.force_login(emilie)
        editor = make_user("Editors")
        form = FORM | {"username": emilie.email}
        answer = client.post(f"/admin/users/edit/{editor.pk}/", form)
        assert answer.context["form"].errors["username"] == [TAKEN]


def test_the_database_keeps_a_name_for_one_person(emilie: User) -> None:
    other = make_user("Editors")
    users = get_user_model().objects
    with pytest.raises(IntegrityError), transaction.atomic():
        users.create_user("éMILIE", "x@clinic.example", "correct horse")
    with pytest.raises(IntegrityError), transaction.atomic():
        users.bulk_create([User(username="ÉMILIE")])
    other.username = "émilie"
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save(update_fields=["username"])
    with pytest.raises(CommandError, match="already taken"):
        call_command(
            "createsuperuser", interactive=False, username="émilie", email="x@clinic.example"
        )


def test_a_name_that_is_taken_is_refused_beside_its_field(client: Client, emilie: User) -> None:
    editor = make_user("Editors")
    client.force_login(emilie)
    for address in ("/admin/users/new/", f"/admin/users/edit/{editor.pk}/"):
        answer = client.post(address, FORM | {"username": "émilie"})
        assert answer.status_code == 200
        assert answer.context["form"].errors["username"] == [TAKEN]
    roles = [role.pk for role in emilie.groups.all()]
    renamed = {"username": "ÉMILIE", "password1": "", "password2": "", "groups": roles}
    assert client.post(f"/admin/users/edit/{emilie.pk}/", FORM | renamed).status_code == 302
    emilie.refresh_from_db()
    assert emilie.username == "ÉMILIE"


def test_a_new_password_is_sent_to_an_address_in_any_capitals(
    client: Client, emilie: User, settings: object
) -> None:
    settings.EMAIL_BACKEND = "clinic_site.mail.backend.QueueBackend"
    client.post("/admin/password_reset/", {"email": "emilie@clinic.EXAMPLE"})
    assert OutgoingEmail.objects.get().to.casefold() == "emilie@clinic.example"
