"""Another program holds SQLite's write lock: readers notice nothing, writers are told in time."""

import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from html import unescape
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest

from tests.faults.answering import REFERENCE, answer_questions
from tests.faults.test_booking_faults import FREE_TIMES
from tests.running_site import RunningSite, running_site

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif("os.environ.get('TEST_DATABASE_URL')", reason="the lock is SQLite's"),
]

BOOKINGS = 10
# Seconds: six, and more for a busy machine; less than a writer waits, which a reader never does.
TOLD_WITHIN, READ_WITHIN = 10, 4.4
READING = [
    "/",
    "/fitness/",
    "/fitness/psoas-so-what/",
    "/search/?q=hip",
    "/search/?q=zygomaticus",  # of which a word would be counted
    "/feed/",
    "/book/",
]
CSRF_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    with running_site(tmp_path_factory.mktemp("var")) as site:
        yield site


@contextmanager
def locked(site: RunningSite) -> Iterator[None]:
    """Hold the write lock, as a backup or a long import would, until all is over."""
    with closing(sqlite3.connect(site.var / "db.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def read(address: str) -> str:
    with urlopen(address, timeout=READ_WITHIN) as page:  # noqa: S310
        text: str = page.read().decode()
    return text


def send(address: str, form: dict[str, str]) -> tuple[int, str, dict[str, str]]:
    """Post a form; return the status, the page and the headers, or where it led."""
    try:
        sent = Request(address, urlencode(form).encode())  # noqa: S310
        with urlopen(sent, timeout=TOLD_WITHIN) as page:  # noqa: S310
            return page.status, page.url, {}
    except HTTPError as refused:
        return refused.code, refused.read().decode(), dict(refused.headers)


def forms(site: RunningSite) -> list[dict[str, str]]:
    service, *times = site.run_python(FREE_TIMES)
    return [
        {
            "service": service,
            "practitioner": "anyone",
            "starts_at": time,
            "name": f"Patient {number}",
            "phone": f"805-555-01{number:02}",
            "note": "Ring twice & wait",
            "new_patient": "yes",
        }
        for number, time in enumerate(times[:: len(times) // BOOKINGS][:BOOKINGS])
    ]


def fields_on(page: str) -> dict[str, str]:
    return {name: unescape(text) for name, text in HIDDEN.findall(page)}


def test_reading_goes_on_and_what_was_typed_is_kept_to_be_sent_again(site: RunningSite) -> None:
    typed = forms(site)
    checked = [answer_questions(site.url, form) for form in typed]
    for path in READING:  # what each process reads once
        read(f"{site.url}{path}")
    with ThreadPoolExecutor(BOOKINGS + 1) as patients:
        with locked(site):
            answers = [patients.submit(send, *sending) for sending in checked]
            contact = patients.submit(send, checked[0][0].replace("/send/", "/contact/"), typed[0])
            while not all(answer.done() for answer in [*answers, contact]):
                for path in READING:
                    assert read(f"{site.url}{path}")
            told = [answer.result() for answer in answers]
        assert {status for status, _page, _headers in told} == {503}
        assert all("805-880-6533" in page for _status, page, _headers in told)
        assert all(headers["Retry-After"] == "30" for _status, _page, headers in told)
        pages = [page for _status, page, _headers in told]
        kept = [fields_on(page) for page in pages]
        assert kept == [seen for _address, seen in checked]
        assert fields_on(contact.result()[1]) == typed[0]
    again = [send(address, form) for (address, _seen), form in zip(checked, kept, strict=True)]
    elsewhere = [answer[:2] for answer in again if not REFERENCE.search(answer[1])]
    assert elsewhere == []
    assert len({led_to for _status, led_to, _headers in again}) == BOOKINGS


def test_who_signs_in_meanwhile_is_told_as_well(site: RunningSite) -> None:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    with browser.open(f"{site.url}/admin/login/") as page:
        token = CSRF_TOKEN.search(page.read().decode())
    form = {"username": "frontdesk", "password": site.password_of("frontdesk"), "next": "/admin/"}
    form["csrfmiddlewaretoken"] = token[1] if token else ""
    headers = {"Sec-Fetch-Site": "same-origin"}
    sent = Request(f"{site.url}/admin/login/", urlencode(form).encode(), headers)  # noqa: S310
    with locked(site), pytest.raises(HTTPError) as refused:
        browser.open(sent, timeout=TOLD_WITHIN)
    answer = refused.value.read().decode()
    assert refused.value.code == 503
    assert refused.value.headers["Retry-After"] == "30"
    assert "805-880-6533" in answer
    assert 'value="frontdesk"' in answer
    assert form["password"] not in answer
    with browser.open(sent) as page:
        assert page.url.endswith("/admin/")
