"""What is encrypted: which key did it, what can be asked of it, and what is made beside it."""

import json

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from pytest_django import Settings

from booking.models import Appointment, CallTask, Service
from clinic_site.privacy.encryption import CannotDecrypt, blind_indexes, decrypt, encrypt
from clinic_site.privacy.keys import encryption_keys, first_key
from clinic_site.privacy.models import KeptSecret
from clinic_site.privacy.rotation import encrypted_fields, encrypted_models
from tests.booking.factories import make_appointment

HERE = "here"
PLACES = """
access_log_accessseal.proof
booking_appointment.access_needs
booking_appointment.email
booking_appointment.note
booking_appointment.phone
booking_appointmentevent.note
booking_appointmentsnapshot.before
booking_bookingdraft.text
booking_calltask.before
booking_calltask.note
booking_patient.access_needs
booking_patient.emails
booking_patient.note
booking_patient.phones
booking_returncode.letters
booking_waitinglistevent.reason
comments_commentdraft.text
comments_commentedit.held_for
comments_commentedit.text
comments_commenter.email
comments_undosnapshot.edit_held_for
comments_undosnapshot.edit_text
comments_undosnapshot.text
data_requests_datarequestdraft.text
mail_outgoingemail.attachments
mail_outgoingemail.headers
mail_outgoingemail.html
mail_outgoingemail.reply_to
mail_outgoingemail.subject
mail_outgoingemail.text
mail_outgoingemail.to
privacy_keptsecret.text
second_factor_authenticator.key
second_factor_recoverycode.code
"""
PHONE, EMAIL = "+18055550177", "canary@patient.example"


def in_the_table(column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM booking_appointment")  # noqa: S608
        return str(cursor.fetchone()[0])


def test_an_encrypted_text_names_its_key_and_is_another_each_time() -> None:
    one, other = encrypt("the same", place=HERE), encrypt("the same", place=HERE)
    assert one.startswith(f"{first_key().id}.")
    assert one != other
    assert decrypt(one, place=HERE) == decrypt(other, place=HERE) == "the same"


@pytest.mark.parametrize(
    "text", ["", "no key", "0badc0de.AAAA", "Ä.Ä", f"{'A' * 8}.{'B' * 40}"], ids=str
)
def test_what_we_have_not_encrypted_is_told_from_what_we_have(text: str) -> None:
    with pytest.raises(CannotDecrypt):
        decrypt(text, place=HERE)


def test_an_encrypted_text_that_was_changed_is_not_read() -> None:
    text = encrypt("take the stairs", place=HERE)
    for at in (0, 12, len(text) - 8):
        changed = "A" if text[at] != "A" else "B"
        with pytest.raises(CannotDecrypt):
            decrypt(text[:at] + changed + text[at + 1 :], place=HERE)


def test_an_encrypted_text_is_read_in_its_own_place_alone() -> None:
    text = encrypt("kept", place=HERE)
    with pytest.raises(CannotDecrypt):
        decrypt(text, place="elsewhere")
    with pytest.raises(CannotDecrypt):
        decrypt(text, place="")


def test_what_stands_in_one_column_is_read_in_no_other(service: Service) -> None:
    """So whoever can write to the database has no screen show what another one keeps."""
    made = make_appointment(note="told in confidence", access_needs="stairs")
    assert decrypt(in_the_table("note"), place="column booking_appointment.note") == made.note
    with connection.cursor() as cursor:
        cursor.execute("UPDATE booking_appointment SET access_needs = note")
    read = Appointment.objects.get()
    assert (read.access_needs, read.note) != (made.note, made.note)
    assert f"{read.access_needs} {read.note}" == "can’t be read told in confidence"
    KeptSecret.objects.create(purpose="x", text="kept")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE privacy_keptsecret SET text = (SELECT note FROM booking_appointment)"
        )
    with pytest.raises(CannotDecrypt):
        _used = KeptSecret.objects.get(purpose="x").text


def test_every_column_stands_in_the_place_that_its_texts_were_encrypted_for() -> None:
    """A renamed table or column would read none of them: keep `db_table` or `db_column`.

    A new column joins the list; one that leaves it is gone for good, with all that it held.
    """
    places = [field.place for model in encrypted_models() for field in encrypted_fields(model)]
    assert sorted(places) == [f"column {place}" for place in PLACES.split()]


def test_any_of_the_keys_decrypts_and_finds_and_the_first_encrypts(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = ["old"]
    text, index = encrypt("kept", place=HERE), blind_indexes("kept")[0]
    settings.ENCRYPTION_KEYS = ["new", "old"]
    assert decrypt(text, place=HERE) == "kept"
    assert index in blind_indexes("kept")
    assert next(iter(encryption_keys())) == encrypt("kept", place=HERE)[:8] != text[:8]
    settings.ENCRYPTION_KEYS = ["new"]
    with pytest.raises(CannotDecrypt):
        decrypt(text, place=HERE)


def test_no_text_is_kept_as_no_text(service: Service) -> None:
    make_appointment(phone=PHONE, email="")
    assert in_the_table("email") == in_the_table("email_index") == ""
    assert in_the_table("phone").startswith(f"{first_key().id}.")
    assert Appointment.objects.filter(email="").exclude(phone="").count() == 1


@pytest.mark.parametrize("asked", ["phone", "email__iexact", "note__gt", "note__contains"])
def test_nothing_but_whether_there_is_any_can_be_asked_of_encrypted_text(asked: str) -> None:
    with pytest.raises(FieldError):
        Appointment.objects.filter(**{asked: PHONE})


def test_the_index_follows_whichever_way_a_text_is_written(service: Service) -> None:
    made = make_appointment(phone=f"{PHONE};ext=12", email=EMAIL.upper())
    found = Appointment.objects.filter(phone_index__of=PHONE, email_index__of=[EMAIL])
    assert found.get() == made
    Appointment.objects.update(email="other@patient.example")
    assert not found.exists()
    made.refresh_from_db()
    made.email, made.phone = EMAIL, ""
    made.save()
    assert not found.exists()
    assert Appointment.objects.filter(email_index__of=EMAIL).get() == made
    assert not Appointment.objects.filter(phone_index__of="").exists()


def test_lists_and_dictionaries_are_encrypted_as_they_are(service: Service) -> None:
    call = CallTask.objects.create(
        appointment=make_appointment(), reason="asked", before={"note": "canary"}
    )
    call.refresh_from_db()
    assert call.before == {"note": "canary"}
    CallTask.objects.update(before={})
    call.refresh_from_db()
    assert call.before == {}
    assert not CallTask.objects.exclude(before="").exists()


def test_a_dump_as_fixtures_can_be_read_again(service: Service) -> None:
    from django.core import serializers

    CallTask.objects.create(appointment=make_appointment(), reason="asked", before={"n": "x"})
    dumped = serializers.serialize("json", CallTask.objects.all())
    assert json.loads(dumped)[0]["fields"]["before"] == {"n": "x"}
    [read] = serializers.deserialize("json", dumped)
    read.save()
    assert CallTask.objects.get().before == {"n": "x"}
