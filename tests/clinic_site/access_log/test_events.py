"""Sign-ins, failed ones, accounts, roles and settings stand in the access log, without values."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db.models import CharField, TextField
from django.test import Client
from wagtail.contrib.settings.registry import registry
from wagtail.models import Collection, Page

from booking.models import BookingRules
from clinic_site.access_log.models import AccessLine
from clinic_site.accounts.models import User
from clinic_site.clinic.models import ClinicDetails
from clinic_site.privacy.retention import set_days
from tests.factories import make_user

PASSWORD = "correct horse"


@pytest.fixture
def desk(clinic: ClinicDetails) -> Any:
    return make_user("Front desk")


def sign_in(client: Client, name: str, password: str = PASSWORD) -> Any:
    return client.post("/admin/login/", {"username": name, "password": password})


def lines(kind: str) -> list[tuple[Any, ...]]:
    rows = AccessLine.objects.filter(kind=kind).order_by("pk")
    return list(rows.values_list("account", "table", "record", "details"))


def test_signing_in_and_out_are_lines(client: Client, desk: Any) -> None:
    sign_in(client, "front-desk")
    client.post("/admin/logout/")
    assert lines("sign_in") == [(desk.pk, "", None, "password")]
    assert lines("sign_out") == [(desk.pk, "", None, "")]


def test_a_failed_sign_in_keeps_whose_account_it_is_and_nothing_that_was_typed(
    client: Client, desk: Any
) -> None:
    sign_in(client, "Front-Desk", "hunter2")
    sign_in(client, "hunter2 by mistake", "x")
    assert lines("sign_in_failed") == [(desk.pk, "", None, ""), (None, "", None, "")]
    assert "hunter2" not in str(AccessLine.objects.values())


def test_a_role_that_is_given_or_taken_is_a_line_that_names_it(client: Client, desk: Any) -> None:
    owner: Any = make_user("Owners")
    client.force_login(owner)
    AccessLine.objects.all()._raw_delete("default")
    form = {
        "username": "front-desk",
        "email": "front-desk@clinic.example",
        "first_name": "Sam",
        "last_name": "Lee",
        "is_active": "on",
        "groups": [str(Group.objects.get(name="Moderators").pk)],
    }
    assert client.post(f"/admin/users/edit/{desk.pk}/", form).status_code == 302
    changes = {details for _who, _table, record, details in lines("role") if record == desk.pk}
    assert changes == {"+Moderators", "-Front desk"}
    assert {who for who, *_rest in lines("role")} == {owner.pk}
    assert ("accounts.user", desk.pk, "first_name last_name") in {
        line[1:] for line in lines("account")
    }
    assert "Sam" not in str(AccessLine.objects.values())


def test_permissions_of_a_role_and_of_an_account_are_lines(desk: Any) -> None:
    permission = Permission.objects.get(codename="export_appointment")
    group = Group.objects.get(name="Front desk")
    group.permissions.add(permission)
    desk.user_permissions.add(permission)
    desk.user_permissions.clear()
    told = [line[1:] for line in lines("role")][-3:]
    assert told == [
        ("auth.group", group.pk, "+export_appointment"),
        ("accounts.user", desk.pk, "+export_appointment"),
        ("accounts.user", desk.pk, "-export_appointment"),
    ]


def test_a_role_that_all_lose_at_once_is_a_line_of_each(desk: Any) -> None:
    other: Any = make_user("Front desk", username="other")
    group = Group.objects.get(name="Front desk")
    permission = Permission.objects.get(codename="export_appointment")
    group.permissions.add(permission)
    other.user_permissions.add(permission)
    AccessLine.objects.all()._raw_delete("default")
    group.user_set.clear()
    permission.group_set.clear()
    permission.user_set.clear()
    told = [line[1:] for line in lines("role")]
    assert set(told[:2]) == {
        ("accounts.user", desk.pk, "-Front desk"),
        ("accounts.user", other.pk, "-Front desk"),
    }
    owners = Group.objects.get(name="Owners")
    assert set(told[2:-1]) == {
        ("auth.group", each.pk, "-export_appointment") for each in (group, owners)
    }
    assert told[-1] == ("accounts.user", other.pk, "-export_appointment")


def test_permissions_on_pages_and_pictures_given_to_a_role_on_its_screen_are_lines(
    client: Client, clinic: ClinicDetails
) -> None:
    admin = User.objects.create_superuser("admin", "", PASSWORD)
    client.force_login(admin)
    AccessLine.objects.all()._raw_delete("default")
    choose_image = str(Permission.objects.get(codename="choose_image").pk)
    form = role_form("Writers", pages=["add_page", "change_page"], pictures=[choose_image])
    assert client.post("/admin/groups/new/", form).status_code == 302
    made = Group.objects.get(name="Writers")
    assert sorted(lines("role"))[0][0] == admin.pk
    given = {"+add_page", "+change_page", "+choose_image", "created"}
    assert sorted(line[3] for line in lines("role")) == sorted(given)
    AccessLine.objects.all()._raw_delete("default")
    form = role_form("Writers", pages=["change_page", "publish_page"], pictures=[])
    assert client.post(f"/admin/groups/edit/{made.pk}/", form).status_code == 302
    assert {line[1:3] for line in lines("role")} == {("auth.group", made.pk)}
    changed = ["+publish_page", "-add_page", "-choose_image"]
    assert sorted(line[3] for line in lines("role")) == changed


def role_form(name: str, *, pages: list[str], pictures: list[str]) -> dict[str, Any]:
    """What the screen of a role sends, with what is ticked for all pages and pictures."""
    form: dict[str, Any] = {"name": name}
    for prefix, field, row, ticked in (
        ("page_permissions", "page", Page.get_first_root_node(), pages),
        ("image_permissions", "collection", Collection.get_first_root_node(), pictures),
        ("document_permissions", "", None, []),
        ("collection_permissions", "", None, []),
    ):
        form |= {f"{prefix}-{key}_FORMS": number for key, number in COUNTS.items()}
        if ticked and row:
            form |= {f"{prefix}-0-{field}": row.pk, f"{prefix}-0-permissions": ticked}
        form[f"{prefix}-TOTAL_FORMS"] = len(ticked) and 1
    return form


COUNTS = {"TOTAL": 0, "INITIAL": 0, "MIN_NUM": 0, "MAX_NUM": 1000}


def test_a_setting_that_changes_is_a_line_with_the_names_of_its_fields(
    clinic: ClinicDetails,
) -> None:
    rules = BookingRules.load()
    AccessLine.objects.all()._raw_delete("default")
    rules.hold_hours += 1
    rules.save()
    rules.save()  # nothing has changed
    set_days({"booking.notes": 80})
    told = [line[1:] for line in lines("setting")]
    assert told[0] == ("booking.bookingrules", rules.pk, "hold_hours")
    assert [(table, details) for table, _record, details in told[1:]] == [
        ("privacy.retentionperiod", "created")
    ]


def test_signing_in_changes_no_account(client: Client, desk: Any) -> None:
    AccessLine.objects.all()._raw_delete("default")
    sign_in(client, "front-desk")
    assert lines("account") == []


def test_an_account_that_is_made_stopped_or_deleted_is_a_line(clinic: ClinicDetails) -> None:
    user = User.objects.create_user("sam")
    user.is_active = False
    user.save()
    key = user.pk
    user.delete()
    told = [(record, details) for _who, _table, record, details in lines("account")]
    assert told[-3:] == [(key, "created"), (key, "is_active"), (key, "deleted")]


def test_every_record_of_settings_is_watched(clinic: ClinicDetails) -> None:
    """One that is new fails here until its app names it to `record_changes_of`."""
    AccessLine.objects.all()._raw_delete("default")
    for model in registry:
        settings = model.load()
        name = next(field.name for field in model._meta.fields if is_text(field))
        setattr(settings, name, "another")
        settings.save()
        assert (model._meta.label_lower, settings.pk, name) in {
            line[1:] for line in lines("setting")
        }


def is_text(field: Any) -> bool:
    """Tell whether any short words will do in it."""
    return isinstance(field, CharField | TextField) and not (field.choices or field.primary_key)
