"""Whoever runs the site sees what it is told, without the secrets, and which names nobody reads."""

import io
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from clinic_site.environment.unknown import check_names, unknown_names
from clinic_site.environment.variables import variables
from tests.build_cache import ROOT


def listed() -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("settings", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def env_file(tmp_path: Path, settings: LazySettings) -> Path:
    settings.ENV_FILE = str(tmp_path / ".env")
    return tmp_path / ".env"


def test_every_variable_that_the_settings_read_is_listed_with_its_meaning() -> None:
    source = (ROOT / "clinic_site" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source)) - {"ENV_FILE"}
    assert read <= {variable.name for variable in variables()}
    assert all(variable.meaning for variable in variables())


def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in variables():
        monkeypatch.setenv(variable.name, "canary")
    for name in ("DATABASE_URL", "EMAIL_URL", "CACHE_URL"):
        monkeypatch.setenv(name, "scheme://user:canary@host:1/name")
    monkeypatch.setenv("MAIL_FROM", "shown@clinic.example")
    shown = dict(re.findall(r"^([A-Z_]+)=(.*)  \(environment\)$", listed()[0], re.MULTILINE))
    assert shown["SECRET_KEY"] == shown["BACKUP_KEYS"] == shown["ENCRYPTION_KEYS"] == "set"
    assert shown["DATABASE_URL"] == "scheme://user:…@host:1/name"
    assert shown["MAIL_FROM"] == "shown@clinic.example"


def test_it_says_where_a_value_comes_from(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file.write_text("BASE_URL=https://clinic.example\nHTTP_PORT=8001\n")
    monkeypatch.setenv("BASE_URL", "https://clinic.example")
    monkeypatch.setenv("HTTP_PORT", "8002")  # it counts for more than the file
    out, _err = listed()
    assert f"BASE_URL=https://clinic.example  ({env_file})" in out
    assert "HTTP_PORT=8002  (environment)" in out
    assert "BACKUP_KEEP=14  (default)" in out


def test_names_that_nobody_reads_are_told(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file.write_text("SITE_NAME=Clinic\n")
    monkeypatch.setenv("ENCRYPTION_KEY", "x")
    monkeypatch.setenv("EDITOR", "vi")
    assert unknown_names() == {"ENCRYPTION_KEY": "ENCRYPTION_KEYS", "SITE_NAME": ""}
    assert "Is ENCRYPTION_KEYS meant?" in listed()[1]
    assert [message.id for message in check_names(None)] == ["clinic_site.W120"] * 2
