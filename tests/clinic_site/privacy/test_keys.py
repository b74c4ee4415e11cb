"""Keys are changed while the site runs, and wrong ones are told before anything is written."""

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from blog.models import ArticlePage
from booking.models import Appointment, Service
from clinic_site.database_check.starting import reason_not_to_start
from clinic_site.http import health
from clinic_site.privacy.key_checks import check_keys_named, missing_keys, note_first_key
from clinic_site.privacy.keys import encryption_keys, first_key
from clinic_site.privacy.models import KeptSecret, KeyCheck
from clinic_site.privacy.rotation import StillInUse, forget_unused_keys, key_ids_in_use
from comments.models import Commenter
from tests.booking.factories import make_appointment
from tests.comments.factories import ADDRESS, make_comment

pytestmark = pytest.mark.django_db
PHONE = "+18055550177"


@pytest.fixture(autouse=True)
def _asked_by_nobody_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_last_readiness", health.Readiness())


@pytest.fixture
def old(settings: Settings) -> str:
    """The key that everything is written with, before another one comes."""
    settings.ENCRYPTION_KEYS = ["the old key"]
    KeyCheck.objects.all().delete()
    assert reason_not_to_start() == ""
    return "the old key"


def test_a_new_database_needs_the_key_of_whoever_made_it() -> None:
    assert [check.key_id for check in KeyCheck.objects.all()] == [first_key().id]
    assert missing_keys() == []
    call_command("check", databases=["default"])


def test_with_a_wrong_key_the_site_is_not_ready_and_says_why(
    client: Client, settings: Settings
) -> None:
    settings.ENCRYPTION_KEYS = ["another key"]
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == (
        b"encryption: ENCRYPTION_KEYS does not hold a key of this database\n"
    )


def test_with_a_wrong_key_nothing_starts_and_the_hint_says_what_to_do(settings: Settings) -> None:
    needed = first_key().id
    settings.ENCRYPTION_KEYS = ["another key"]
    reason = reason_not_to_start()
    assert needed in reason
    assert "Put that key back" in reason
    assert KeyCheck.objects.count() == 1, "a start that was refused leaves nothing"
    with pytest.raises(SystemCheckError, match=r"clinic_site\.E110"):
        call_command("check", databases=["default"])


def test_a_key_of_the_same_id_that_opens_nothing_is_wrong() -> None:
    KeyCheck.objects.update(sealed=f"{first_key().id}.AAAA")
    assert missing_keys() == [first_key().id]


def test_whoever_starts_with_a_new_key_has_the_database_need_it(
    old: str, settings: Settings
) -> None:
    settings.ENCRYPTION_KEYS = ["a new key", old]
    assert reason_not_to_start() == ""
    settings.ENCRYPTION_KEYS = [old]
    assert "does not hold" in reason_not_to_start()


def test_a_key_behind_the_first_is_needed_by_nothing_yet(old: str, settings: Settings) -> None:
    """So every process can learn to read what another one is about to write."""
    settings.ENCRYPTION_KEYS = [old, "a new key"]
    assert reason_not_to_start() == ""
    settings.ENCRYPTION_KEYS = [old]
    assert reason_not_to_start() == ""


def test_after_the_change_the_new_key_alone_reads_and_finds_everything(
    old: str, settings: Settings, service: Service, article: ArticlePage
) -> None:
    make_appointment(phone=PHONE, note="By the window")
    make_comment(article)
    settings.ENCRYPTION_KEYS = ["a new key", old]
    make_appointment(phone=PHONE)
    assert Appointment.objects.filter(phone_index__of=PHONE).count() == 2
    call_command("rotate_keys")
    settings.ENCRYPTION_KEYS = ["a new key"]
    assert {*key_ids_in_use()} == {first_key().id}
    assert reason_not_to_start() == ""
    assert Appointment.objects.filter(phone_index__of=PHONE).count() == 2
    assert Appointment.objects.exclude(note="").get().note == "By the window"
    assert Commenter.objects.of_address(ADDRESS).get().email == ADDRESS


def test_a_second_run_says_that_nothing_is_left_to_do(
    old: str, settings: Settings, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    make_appointment(phone=PHONE)
    settings.ENCRYPTION_KEYS = ["a new key", old]
    unused = [*encryption_keys()][1]
    call_command("rotate_keys")
    assert "appointments: 1 are encrypted" in capsys.readouterr().out
    call_command("rotate_keys")
    told = capsys.readouterr().out
    assert "appointments" not in told
    assert f"Nothing needs the key {unused} any more" in told


def test_many_rows_are_done_in_steps(
    old: str, settings: Settings, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic_site.privacy.rotation.AT_ONCE", 2)
    for _number in range(5):
        make_appointment(phone=PHONE)
    settings.ENCRYPTION_KEYS = ["a new key", old]
    call_command("rotate_keys")
    assert {*key_ids_in_use()} == {first_key().id}


def test_a_damaged_row_is_named_and_all_others_are_done(
    old: str, settings: Settings, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic_site.privacy.rotation.AT_ONCE", 3)
    visits = [make_appointment(phone=PHONE) for _number in range(7)]
    damaged, *_others = visits
    secrets = [KeptSecret.objects.create(purpose=str(each), text="kept") for each in range(7)]
    with connection.cursor() as cursor:
        change = "UPDATE privacy_keptsecret SET text = substr(text, 1, 20) WHERE id = %s"
        cursor.execute(change, [secrets[4].pk])
        change = "UPDATE booking_appointment SET phone = substr(phone, 1, 20) WHERE id = %s"
        cursor.execute(change, [damaged.pk])
    settings.ENCRYPTION_KEYS = ["a new key", old]
    for _run in range(2):
        with pytest.raises(CommandError) as error:
            call_command("rotate_keys")
        assert f"booking.Appointment {damaged.pk}" in str(error.value)
        assert f"privacy.KeptSecret {secrets[4].pk}" in str(error.value)
    texts = [damaged.phone, damaged.email, damaged.note, damaged.access_needs]
    assert key_ids_in_use()[[*encryption_keys()][1]] == 1 + len([*filter(None, texts)])
    secrets[4].save()
    Appointment.objects.filter(pk=damaged.pk).update(phone=PHONE)
    call_command("rotate_keys")
    assert {*key_ids_in_use()} == {first_key().id}


def test_a_process_that_still_writes_under_the_old_key_is_told_of(
    old: str, settings: Settings, service: Service
) -> None:
    """As if it wrote between the last step and the end."""
    settings.ENCRYPTION_KEYS = ["a new key", old]
    needed = [*encryption_keys()]
    settings.ENCRYPTION_KEYS = [old]
    make_appointment(phone=PHONE)
    settings.ENCRYPTION_KEYS = ["a new key", old]
    note_first_key()
    with pytest.raises(StillInUse, match=needed[1]):
        forget_unused_keys()
    assert {check.key_id for check in KeyCheck.objects.all()} == {*needed}


def test_without_a_key_that_is_needed_nothing_is_changed(
    old: str, settings: Settings, service: Service
) -> None:
    make_appointment(phone=PHONE)
    before = key_ids_in_use()
    settings.ENCRYPTION_KEYS = ["a new key"]
    with pytest.raises(CommandError, match="Nothing has been changed"):
        call_command("rotate_keys")
    assert key_ids_in_use() == before
    settings.ENCRYPTION_KEYS = [old]
    assert Appointment.objects.get().phone == PHONE


def test_the_deployment_check_says_when_the_secret_key_encrypts(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS_NAMED = False
    [warning] = check_keys_named(None)
    assert warning.id == "clinic_site.W111"
    settings.ENCRYPTION_KEYS_NAMED = True
    assert check_keys_named(None) == []


def test_whether_the_keys_fit_costs_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        missing_keys()
