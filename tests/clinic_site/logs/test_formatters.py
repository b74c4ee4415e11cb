"""A line of the log tells people or programs when, what and in which request, and no more."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.signals import request_finished, request_started
from django.db import OperationalError

from clinic_site.logs.formatters import JsonFormatter, LineFormatter
from clinic_site.logs.request_id import current_request_id

pytestmark = pytest.mark.django_db  # which is told of the beginning and the end of a request

FALL_BACK = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)  # 1:30 a.m. in California, for the second time


def a_record(error: Exception | None = None) -> logging.LogRecord:
    told: Any = None
    if error:
        try:
            raise error
        except type(error):
            told = sys.exc_info()
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Failed: %s", ("/a/",), told)
    record.created, record.msecs = FALL_BACK.timestamp(), 250.0
    return record


def test_people_read_the_time_in_utc_the_weight_and_the_source() -> None:
    request_finished.send(sender=None)  # whatever another test left
    line = LineFormatter().format(a_record())
    assert line == "2026-11-01T09:30:00Z ERROR django.request: Failed: /a/"


def test_programs_read_an_object_to_a_line() -> None:
    request_finished.send(sender=None)
    line = JsonFormatter().format(a_record(ValueError("for jo@patient.example\n2026 INFO: well")))
    assert line.splitlines() == [line]
    told = json.loads(line)
    assert told.pop("traceback")[0] == "Traceback (most recent call last):"
    assert told == {
        "time": "2026-11-01T09:30:00.250Z",
        "level": "ERROR",
        "logger": "django.request",
        "message": "Failed: /a/",
        "error": "ValueError",
    }
    assert "jo@patient.example" not in line


def test_an_error_is_told_with_where_it_arose_and_nobodys_address() -> None:
    line = LineFormatter().format(a_record(ValueError("for jo@patient.example")))
    assert "test_formatters.py" in line
    assert "ValueError: for …" in line


@pytest.mark.parametrize("formatter", [LineFormatter(), JsonFormatter()])
def test_a_database_that_is_away_is_a_line(formatter: logging.Formatter) -> None:
    line = formatter.format(a_record(OperationalError("connection refused\n\tIs it running?")))
    assert line.splitlines() == [line]
    assert "OperationalError: connection refused" in line
    assert "Traceback" not in line


@pytest.fixture
def proxied(settings: LazySettings) -> None:
    settings.BEHIND_PROXY = True


def begun(**headers: str) -> str:
    request_started.send(sender=None, environ=headers)
    try:
        assert f"[{current_request_id()}]: Failed" in LineFormatter().format(a_record())
        return current_request_id()
    finally:
        request_finished.send(sender=None)


def test_each_request_has_a_name_that_its_lines_share() -> None:
    assert begun() != begun()
    assert current_request_id() == ""


@pytest.mark.usefixtures("proxied")
def test_the_name_that_the_proxy_gives_it_is_taken() -> None:
    assert begun(HTTP_X_REQUEST_ID="0f8fad5bd9cb469fa165") == "0f8fad5bd9cb469fa165"


@pytest.mark.usefixtures("proxied")
@pytest.mark.parametrize("told", ["", "short", "two words or more", "a\n2026 INFO: well", "x" * 65])
def test_a_name_that_is_none_is_not(told: str) -> None:
    assert begun(HTTP_X_REQUEST_ID=told) != told


def test_strangers_name_nothing() -> None:
    assert begun(HTTP_X_REQUEST_ID="0f8fad5bd9cb469fa165") != "0f8fad5bd9cb469fa165"
