"""Pages are kept for everybody until something that they show has changed, and no longer."""

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import brotli
import pytest
import time_machine
from django.core.cache import caches
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from blog.models import ArticlePage
from blog.related import relate_articles
from booking.models import Service
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.models.people import Person
from clinic_site.forms.public_form import FORM_TOKEN_AGE
from clinic_site.page_cache.invalidation import invalidate_pages
from clinic_site.page_cache.objects import ObjectCache
from clinic_site.pages.scheduled_publishing import publish_scheduled
from comments.actions.decisions import approve, reject
from comments.actions.submission import submit_comment
from comments.models import Comment
from tests.comments.test_submission import form_of
from tests.factories import (
    make_article,
    make_clinic,
    make_image,
    make_location,
    make_topic,
    make_user,
)
from tests.front import FrontClient

pytestmark = [pytest.mark.django_db, pytest.mark.search]

ARTICLE = "/fitness/psoas-so-what/"
PUBLIC = ["/", "/fitness/", ARTICLE, "/contact/", "/privacy/", "/accessibility/", "/feed/"]
NOON = datetime(2027, 1, 4, 12, 0, tzinfo=ZoneInfo("America/Los_Angeles"))


@pytest.fixture
def article() -> ArticlePage:
    make_clinic()
    return make_article()


@pytest.fixture
def is_kept(client: Client) -> Callable[[str], bool]:
    """Tell whether an address is answered by what was kept: with one query, for its version."""

    def is_kept(address: str) -> bool:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked) == 1 and "pageversion" in asked[0]["sql"]

    return is_kept


def read(client: Client, address: str = ARTICLE, **headers: str) -> str:
    return client.get(address, headers=headers).content.decode()


def publish(article: ArticlePage, **changes: str) -> None:
    for name, value in changes.items():
        setattr(article, name, value)
    article.save_revision().publish()


def comment_on(article: ArticlePage, text: str = "It clicked for me.") -> Comment:
    return submit_comment(
        article, name="Sam", email="sam@reader.example", text=text, idempotency_key=text
    )


@pytest.mark.parametrize("address", PUBLIC)
def test_the_second_reader_gets_what_the_first_got(
    client: Client, article: ArticlePage, is_kept: Callable[[str], bool], address: str
) -> None:
    client.get(address)  # settings are stored when they are first read
    first = client.get(address)
    assert is_kept(address)
    second = FrontClient().get(address)
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())


class TestWhatIsChangedIsSeenByTheNextReader:
    def test_an_article_that_is_published(self, client: Client, article: ArticlePage) -> None:
        publish(article)
        before = [read(client, address) for address in ("/", "/fitness/", ARTICLE, "/feed/")]
        publish(article, title="Hips? So What?!")
        for address, old in zip(("/", "/fitness/", ARTICLE, "/feed/"), before, strict=True):
            assert "Psoas? So What?!" in old
            assert "Hips? So What?!" in read(client, address)

    def test_nothing_of_a_draft(
        self, client: Client, article: ArticlePage, is_kept: Callable[[str], bool]
    ) -> None:
        before = read(client)
        article.title = "Half an idea"
        article.save_revision()
        make_article("Another idea", live=False)
        assert is_kept(ARTICLE)
        assert read(client) == before

    def test_an_article_that_is_withdrawn(self, client: Client, article: ArticlePage) -> None:
        for address in ("/", "/fitness/", ARTICLE):
            read(client, address)
        article.unpublish()
        assert client.get(ARTICLE).status_code == 404
        for address in ("/", "/fitness/", "/sitemap.xml"):
            assert "psoas-so-what" not in read(client, address)

    @pytest.mark.slow
    def test_articles_that_name_it_and_no_others(
        self, client: Client, article: ArticlePage, is_kept: Callable[[str], bool]
    ) -> None:
        fitness = article.get_parent().specific
        for number in range(8):
            publish(make_article(f"Hips {number}", fitness, tags=["hips"], slug=f"h{number}"))
        posture = make_topic("Posture")
        for number in range(8):
            publish(make_article(f"Desk {number}", posture, tags=["desk"], slug=f"d{number}"))
        relate_articles(NOON)
        near = ArticlePage.objects.get(near__article__slug="d0", near__place=0)
        for address in ("/posture/d0/", "/fitness/h0/"):
            read(client, address)
        assert near.title in read(client, "/posture/d0/")
        publish(near, title="Desks, at last")
        assert "Desks, at last" in read(client, "/posture/d0/")
        assert is_kept("/fitness/h0/")

    def test_an_article_that_moves_and_one_that_is_renamed(
        self, client: Client, article: ArticlePage
    ) -> None:
        read(client)
        publish(article, slug="hips")
        assert client.get(ARTICLE).status_code in (301, 404)
        assert client.get("/fitness/hips/").status_code == 200
        article.move(make_topic("Posture"), pos="last-child")
        assert client.get("/fitness/hips/").status_code in (301, 404)
        assert client.get("/posture/hips/").status_code == 200

    def test_an_article_that_is_deleted(self, client: Client, article: ArticlePage) -> None:
        read(client)
        article.delete()
        assert client.get(ARTICLE).status_code == 404

    def test_a_comment_and_no_other_page(
        self, client: Client, article: ArticlePage, is_kept: Callable[[str], bool]
    ) -> None:
        other = make_article("Hips")
        comment, moderator = comment_on(article), make_user("Moderators")
        for address in ("/", "/fitness/", other.url, ARTICLE):
            read(client, address)
        approve(comment, by=moderator)
        for address in ("/", "/fitness/", other.url):
            assert is_kept(address)
        assert comment.text in read(client)
        reject(comment, by=moderator)
        assert comment.text not in read(client)

    def test_a_page_in_the_menu(self, client: Client, article: ArticlePage) -> None:
        read(client)
        topic = article.get_parent().specific
        topic.title = "Strength and ease"
        topic.save_revision().publish()
        assert "Strength and ease" in read(client)

    @pytest.mark.parametrize(
        ("change", "seen"),
        [
            (lambda: ClinicDetails.objects.get().delete(), "Our clinic"),
            (lambda: make_clinic(name="Bodies at Ease"), "Bodies at Ease"),
            (lambda: _open_on_sunday(Location.objects.get()), "6:30–"),
            (lambda: _rename(Person.objects.get()), "Robin Castellanos"),
            (lambda: make_clinic(location=make_location(phone="805-555-0199")), "805-555-0199"),
        ],
    )
    def test_what_stands_on_every_page(
        self, client: Client, article: ArticlePage, change: Callable[[], object], seen: str
    ) -> None:
        assert seen not in read(client)
        change()
        assert seen in read(client)

    def test_a_service(self, client: Client, article: ArticlePage) -> None:
        read(client, "/")
        Service.objects.create(name="Gait check", slug="gait", duration_minutes=30)
        assert "Gait check" in read(client, "/")

    def test_a_picture_that_was_not_yet_made(self, client: Client, article: ArticlePage) -> None:
        from clinic_site.images.renditions import make_due_renditions

        publish(article, image=make_image(size=(60, 40)))  # type: ignore[arg-type]
        assert "image/avif" not in read(client, "/fitness/")
        make_due_renditions(datetime.now(ZoneInfo("UTC")))
        assert "image/avif" in read(client, "/fitness/")

    def test_a_page_whose_time_is_over(self, client: Client, article: ArticlePage) -> None:
        with time_machine.travel(NOON):
            article.expire_at = NOON + timedelta(hours=1)
            publish(article)
            read(client)
        with time_machine.travel(NOON + timedelta(hours=2)):
            publish_scheduled(NOON + timedelta(hours=2))
            assert client.get(ARTICLE).status_code == 404

    def test_that_it_is_another_day(self, client: Client, article: ArticlePage) -> None:
        location = Location.objects.get()
        saturday = datetime(2027, 1, 2, 23, 59, 58, tzinfo=location.zone)
        monday = datetime(2027, 1, 4, 0, 0, 1, tzinfo=location.zone)
        with time_machine.travel(saturday, tick=False):
            assert "<dt>Today</dt> <dd>closed" in " ".join(read(client).split())
            etag = client.get(ARTICLE)["ETag"]
        with time_machine.travel(monday, tick=False):
            assert "<dt>Today</dt> <dd>9:00 AM" in " ".join(read(client).split())
            assert client.get(ARTICLE)["ETag"] != etag

    def test_that_a_page_is_private_now(self, client: Client, article: ArticlePage) -> None:
        read(client)
        PageViewRestriction.objects.create(
            page=article.get_parent(), restriction_type=PageViewRestriction.LOGIN
        )
        assert client.get(ARTICLE).status_code == 302


def _open_on_sunday(location: Location) -> None:
    location.opening_hours.create(weekday=6, opens="06:30", closes="08:00")
    location.save()


def _rename(person: Person) -> None:
    person.name = "Robin Castellanos"
    person.save()


def test_a_change_while_a_page_is_made_makes_it_an_old_one(
    client: Client, article: ArticlePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = comment_on(article)
    serve = ArticlePage.serve

    def meanwhile(self: ArticlePage, *args: object, **kwargs: object) -> object:
        response = serve(self, *args, **kwargs).render()
        monkeypatch.undo()
        approve(comment, by=make_user("Moderators"))
        return response

    monkeypatch.setattr(ArticlePage, "serve", meanwhile)
    assert comment.text not in read(client)
    assert comment.text in read(client)


class TestWhatIsNeverKept:
    def test_a_private_page(
        self, client: Client, article: ArticlePage, is_kept: Callable[[str], bool]
    ) -> None:
        PageViewRestriction.objects.create(
            page=article, restriction_type=PageViewRestriction.PASSWORD, password="psoas"
        )
        assert "private" in client.get(ARTICLE)["Cache-Control"]
        assert not is_kept(ARTICLE)

    def test_what_somebody_typed(self, client: Client, article: ArticlePage) -> None:
        form = form_of(client, article) | {"email": "canary-without-at", "text": "canary text"}
        wrong = client.post(f"/comments/{article.pk}/reply/", form, follow=True)
        assert "canary text" in wrong.content.decode()
        assert "no-store" in wrong["Cache-Control"]
        for address in (ARTICLE, f"/comments/{article.pk}/reply/", "/"):
            assert "canary" not in read(FrontClient(), address)

    @pytest.mark.parametrize("query", ["q=canary", "page=0", "page=2&x=1", "page=99999", "utm_x=1"])
    def test_an_address_with_a_query_that_pages_do_not_know(
        self, article: ArticlePage, is_kept: Callable[[str], bool], query: str
    ) -> None:
        assert not is_kept(f"/fitness/?{query}")
        assert not is_kept(f"/fitness/?{query}")

    def test_a_page_under_a_foreign_name(self, client: Client, article: ArticlePage) -> None:
        read(client)
        assert client.get(ARTICLE, headers={"host": "evil.example"}).status_code == 400
        assert client.get(ARTICLE, headers={"host": "evil.example"}).status_code == 400

    def test_a_page_that_is_not_there(
        self, article: ArticlePage, is_kept: Callable[[str], bool]
    ) -> None:
        assert not is_kept("/nowhere/")
        assert not is_kept("/nowhere/")

    def test_the_search(self, article: ArticlePage, is_kept: Callable[[str], bool]) -> None:
        assert not is_kept("/search/")
        assert not is_kept("/search/")


def test_staff_see_each_page_as_it_is(
    client: Client, article: ArticlePage, is_kept: Callable[[str], bool]
) -> None:
    read(FrontClient())
    client.force_login(make_user("Editors"))
    assert not is_kept(ARTICLE)
    assert not is_kept(ARTICLE)


def test_the_editors_preview_is_of_the_draft(client: Client, article: ArticlePage) -> None:
    read(client)
    article.title = "Only a draft"
    preview = article.make_preview_request()
    assert "Only a draft" in preview.content.decode()
    assert "Only a draft" not in read(client)


def test_the_pages_of_a_list_are_told_apart(client: Client, article: ArticlePage) -> None:
    for number in range(13):
        make_article(f"Hips {number}")
    pages = [read(client, f"/fitness/?page={page}") for page in (1, 2, 1, 2)]
    assert pages[0] == pages[2] != pages[1] == pages[3]


def test_a_page_comes_in_the_encoding_that_was_asked_for(
    client: Client, article: ArticlePage
) -> None:
    plain = client.get(ARTICLE)
    unpack: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.decompress,
        "br": brotli.decompress,
    }
    for accepted, encoding in {
        "gzip, deflate, br": "br",
        "gzip": "gzip",
        "br;q=0, gzip;q=0.5": "gzip",
        "gzip;q=0": "",
        "zstd": "",
    }.items():
        for _twice in range(2):
            packed = client.get(ARTICLE, headers={"accept-encoding": accepted})
            assert packed.headers.get("Content-Encoding", "") == encoding
            assert int(packed["Content-Length"]) == len(packed.content)
            assert "Accept-Encoding" in packed["Vary"]
            assert packed["ETag"] == plain["ETag"]
            body = unpack[encoding](packed.content) if encoding else packed.content
            assert body == plain.content


def test_a_reader_who_has_the_page_is_told_so(client: Client, article: ArticlePage) -> None:
    etag = client.get(ARTICLE)["ETag"]
    caches["pages"].clear()
    for _cold_then_warm in range(2):
        again = client.get(ARTICLE, headers={"if-none-match": etag})
        assert again.status_code == 304
        assert not again.content
        assert again["ETag"] == etag
        assert "default-src 'none'" in again["Content-Security-Policy"]
        assert again["X-Content-Type-Options"] == "nosniff"
        assert not again.has_header("Content-Length")
    publish(article, title="Hips? So What?!")
    assert client.get(ARTICLE, headers={"if-none-match": etag}).status_code == 200


def test_what_was_answered_with_not_modified_is_kept_whole(
    client: Client, article: ArticlePage
) -> None:
    first = client.get(ARTICLE)
    caches["pages"].clear()
    client.get(ARTICLE, headers={"if-none-match": first["ETag"]})
    whole = client.get(ARTICLE)
    assert whole.status_code == 200
    assert dict(whole.items()) == dict(first.items())


def test_a_kept_page_sets_no_cookie_and_tells_proxies_how_long(
    client: Client, article: ArticlePage
) -> None:
    for _twice in range(2):
        response = client.get(ARTICLE)
        assert not response.cookies
        assert response["Cache-Control"] == "public, max-age=0, s-maxage=1"
        assert "Cookie" not in response["Vary"]


def test_the_form_of_a_page_that_was_kept_all_day_is_accepted(
    client: Client, article: ArticlePage
) -> None:
    zone = Location.objects.get().zone
    morning = datetime(2027, 1, 4, 0, 0, 1, tzinfo=zone)
    with time_machine.travel(morning):
        form = form_of(client, article)
    night = morning + timedelta(days=1) - timedelta(seconds=5)
    with time_machine.travel(night):
        assert form_of(client, article) == form  # it is the kept page
        client.post(f"/comments/{article.pk}/reply/", form)
    assert Comment.objects.get().text == form["text"]
    assert 10 * (night - morning) < FORM_TOKEN_AGE


def test_reading_goes_on_while_the_database_does_not_answer(
    client: Client, article: ArticlePage
) -> None:
    kept = read(client)

    def no_answer(*_query: object) -> None:
        raise OperationalError("the server has gone away")

    with connection.execute_wrapper(no_answer):
        assert read(client) == kept
        cold = FrontClient(raise_request_exception=False).get("/fitness/")
    assert cold.status_code == 503
    assert "805-880-6533" in cold.content.decode()


def test_pages_are_served_when_nothing_can_be_kept(
    client: Client, article: ArticlePage, settings: object
) -> None:
    dummy = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = settings.CACHES | {"pages": dummy, "facts": dummy}  # type: ignore[attr-defined]
    for _twice in range(2):
        assert "Psoas? So What?!" in read(client)


def test_many_pages_are_forgotten_by_forgetting_all(client: Client, article: ArticlePage) -> None:
    comment = comment_on(article)
    read(client)
    unheard = QuerySet(Comment).filter(pk=comment.pk)  # a change that no page hears of
    unheard.update(state="approved", decided_at=NOON)
    assert comment.text not in read(client)
    invalidate_pages(*(Page(url_path=f"/home/x{number}/") for number in range(200)))
    assert comment.text in read(client)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_another_process_changes_is_seen(client: Client) -> None:
    make_clinic()
    article = make_article()
    read(client)
    code = (
        "import django; django.setup(); from blog.models import ArticlePage; "
        f"page = ArticlePage.objects.get(pk={article.pk}); "
        "page.title = 'Hips? So What?!'; page.save_revision().publish()"
    )
    name = str(connection.settings_dict["NAME"])
    database = os.environ.get("TEST_DATABASE_URL", "sqlite:///").rsplit("/", 1)[0]
    environment = os.environ | {"TEST_DATABASE_URL": f"{database}/{name}"}
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, check=True)
    assert "Hips? So What?!" in read(client)


def test_a_head_has_the_headers_and_no_body(client: Client, article: ArticlePage) -> None:
    whole = client.get(ARTICLE)
    for _twice in range(2):
        head = client.head(ARTICLE)
        assert not head.content
        assert dict(head.items()) == dict(whole.items())


def test_what_is_asked_for_most_stays_within_a_bound_of_memory() -> None:
    bound = 40 * 1024
    options = {"OPTIONS": {"MAX_BYTES": bound}}
    cache = ObjectCache("bound", options)
    for number in range(20):
        cache.set(f"page {number}", Sized(bytes(8 * 1024)))
        cache.get("page 0")
    assert cache.get("page 0") is not None
    assert cache.get("page 1") is None
    assert sum(entry[2] for entry in cache._cache.entries.values()) <= bound
    cache.set("too large", Sized(bytes(bound)))
    assert cache.get("too large") is None


class Sized:
    def __init__(self, body: bytes) -> None:
        self.size = len(body)


def test_a_kept_page_ends_at_its_second_and_threads_share_it(still_clock: object) -> None:
    cache = ObjectCache("ending", {"OPTIONS": {"MAX_BYTES": 10_000}})
    cache.set("page", Sized(b"."), 10)
    assert ObjectCache("ending", {"OPTIONS": {"MAX_BYTES": 10_000}}).get("page")
    still_clock.shift(10)  # type: ignore[attr-defined]
    assert cache.get("page") is None
