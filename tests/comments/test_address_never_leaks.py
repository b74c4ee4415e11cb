"""An address that is given below an article comes out nowhere: neither itself nor its hashes."""

import base64
import codecs
import hashlib
import html
import logging
import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from comments.actions.by_commenter import edit_comment, erase, withdraw
from comments.actions.decisions import approve, mark_spam, redact, reject
from comments.actions.staff_replies import reply_as_staff
from comments.models import Comment
from tests.comments.factories import confirmed, emails_saying, make_comment, make_rules
from tests.comments.test_submission import FORM_TOKEN
from tests.factories import make_article, make_team_page, make_topic
from tests.outbox import emails_to

pytestmark = [pytest.mark.slow, pytest.mark.search]

CANARY = " Zaunkoenig.Canary+clinic@Reader.example "
LOCAL_PARTS = ["zaunkoenig.canary", "zaunkoenig", "canary+clinic"]
HASHES = [hashlib.md5, hashlib.sha1, hashlib.sha256]
STARTS = ["/", "/sitemap.xml", "/robots.txt", "/feed/", "/search/?q=psoas", "/nowhere/"]


def disguises() -> set[str]:
    """Every form in which a site is known to give an address away, in small letters."""
    found = {part for local in LOCAL_PARTS for part in (local, codecs.encode(local, "rot13"))}
    found |= {local[::-1] for local in LOCAL_PARTS}
    for address in (CANARY.strip(), CANARY.strip().lower()):
        for make in HASHES:
            digest = make(address.encode()).digest()
            found.add(digest.hex())
            found |= {base64.b64encode(digest).decode(), base64.urlsafe_b64encode(digest).decode()}
        found |= set(in_base64(address))
    return {form.rstrip("=").lower() for form in found}


def in_base64(address: str) -> Iterator[str]:
    """The middle of the address in base64, wherever in a longer text it begins."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + address.encode()).decode()
        yield encoded[4:-4]


DISGUISES = disguises()


def traces(text: str) -> list[str]:
    """The forms of the address in `text`, also behind entities and percent signs."""
    seen = "\n".join([text, html.unescape(text), unquote(text), unquote(unquote(text))]).lower()
    return [form for form in DISGUISES if form in seen]


@pytest.mark.parametrize(
    "leak",
    [
        CANARY,
        "zaunkoenig.canary%2Bclinic%40reader.example",
        "".join(f"&#{ord(letter)};" for letter in CANARY),
        base64.b64encode(f'{{"email": "{CANARY.strip()}"}}'.encode()).decode(),
        f"https://pictures.example/{hashlib.sha256(CANARY.strip().lower().encode()).hexdigest()}",
        codecs.encode(CANARY, "rot13"),
    ],
)
def test_the_bird_would_be_heard(leak: str) -> None:
    assert traces(leak)


@pytest.fixture
def article(article: ArticlePage, staff: User, client: Client) -> ArticlePage:
    """An article below which the canary has said things, and has had every kind of answer."""
    make_team_page()
    make_article("Another", make_topic("Posture"))
    states: dict[str, Comment] = {}
    for name in ("pending", "approved", "rejected", "spam", "withdrawn", "erased", "edited", "cut"):
        comment = make_comment(article, email=CANARY.strip(), wants_replies=True, wants_link=True)
        states[name] = confirmed(comment)
    for name in ("approved", "withdrawn", "erased", "edited", "cut"):
        approve(states[name], by=staff)
    reject(states["rejected"], by=staff)
    mark_spam(states["spam"], by=staff)
    withdraw(states["withdrawn"])
    edit_comment(states["edited"], text="Other words.")
    redact(states["cut"], text="[…]", by=staff)
    reply_as_staff(states["approved"], text="Yes.", name="Sam", idempotency_key="r", by=staff)
    stranger = make_comment(
        article, email="stranger@reader.example", wants_replies=True, parent_id=states["cut"].pk
    )
    approve(confirmed(stranger), by=staff)
    answer = make_comment(article, email=CANARY.strip(), parent_id=stranger.pk)
    approve(answer, by=staff)
    erase(states["erased"])
    make_rules(approval="trust")
    make_comment(article, email=CANARY.strip(), wants_link=True)
    return article


def crawl(client: Client, start: list[str]) -> Iterator[tuple[str, HttpResponse]]:
    """Ask for everything that `start` leads to, each address once."""
    waiting, seen = list(start), set(start)
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        yield address, response
        for link in links_of(address, response):
            if link not in seen:
                seen.add(link)
                waiting.append(link)


def links_of(address: str, response: HttpResponse) -> Iterator[str]:
    if response.has_header("Location"):
        found = [response["Location"]]
    else:
        body = response.content.decode(errors="replace")
        found = re.findall(r"<loc>([^<]+)|href=\"([^\"]+)", body)
        found = [loc or html.unescape(href) for loc, href in found]
    for link in found:
        parts = urlsplit(urljoin(address, link))
        if not parts.path.startswith(("/static/", "/media/", "/admin/")) and parts.scheme in (
            "",
            "http",
        ):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def heard(response: HttpResponse) -> list[str]:
    return traces(f"{list(response.items())}\n{response.content.decode(errors='replace')}")


def test_no_public_address_says_it(
    client: Client, article: ArticlePage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    start = [*STARTS, f"/comments/{article.pk}/received/", f"/comments/{article.pk}/published/"]
    asked = dict(crawl(client, start))
    assert {address for address, response in asked.items() if heard(response)} == set()
    for expected in (
        article.url,
        "/feed/",
        "/privacy/",
        "/book/",
        f"/comments/{article.pk}/reply/?parent={Comment.objects.filter(state='approved')[0].pk}",
    ):
        assert expected in asked
    assert article.comments.exists()
    assert not traces(caplog.text)


def test_no_page_behind_a_link_of_an_email_says_it(client: Client, article: ArticlePage) -> None:
    """Opened, used, used again: by its owner or by whoever came upon it."""
    own = emails_to(CANARY.strip())
    found = {link for email in own for link in re.findall(r"/comments/[a-z]+/\S+/", email.text)}
    kinds = {link.split("/")[2] for link in found}
    assert kinds == {"mine", "confirm", "unsubscribe", "see"}
    for link in sorted(found, reverse=True):
        assert not traces(link)
        form_token = FORM_TOKEN.search(client.get(link).content.decode())
        said = {"form_token": form_token[1] if form_token else "", "text": "Other words again."}
        for act in ("", "edit", "withdraw", "renew"):
            for response in (client.get(link), client.post(link, said | {"act": act})):
                assert not heard(response), (link, act)


def test_no_email_says_it_but_on_the_envelope_of_its_owner(article: ArticlePage) -> None:
    assert emails_saying("A reply to your comment")
    for email in OutgoingEmail.objects.all():
        envelope = email.to if email.to != CANARY.strip() else ""
        said = [envelope, email.reply_to, email.subject, email.text, email.html, email.message_id]
        assert not traces("\n".join([*said, str(email.headers)])), email.subject
    assert {email.to for email in OutgoingEmail.objects.all()} == {
        CANARY.strip(),
        "stranger@reader.example",
        "desk@clinic.example",
    }


def test_what_is_kept_of_pages_does_not_hold_it(client: Client, article: ArticlePage) -> None:
    form = {"form_token": "", "name": "Zaun", "email": CANARY, "text": "Hello"}
    posted = client.post(f"/comments/{article.pk}/reply/", form)
    assert not heard(posted)
    response = client.get(posted["Location"])
    assert heard(response)  # to whoever has typed it, in the form, and to nobody else
    assert "no-store" in response["Cache-Control"]
    assert "no-store" not in posted.headers.get("Cache-Control", "")
    fresh = Client()
    for address in (article.url, f"/comments/{article.pk}/reply/", "/"):
        assert not heard(fresh.get(address))
    for cache in caches.all():
        assert not traces(str(getattr(cache, "_cache", "")))
