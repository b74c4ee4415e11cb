"""SECRET_KEY is changed by the book: the old one goes into the fallbacks, and nothing is lost."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from blog.models import ArticlePage
from booking.manage_links import issue_link
from booking.models import Appointment, Service
from clinic_site.accounts.known_browsers import browser_that_knows
from clinic_site.database_check.starting import reason_not_to_start
from clinic_site.http.rate_limit import allow_address
from comments import signed_links
from comments.actions.learning import spam_score
from comments.models import Comment
from tests.booking.factories import begin, filled_form, make_appointment, said, send, was_sent
from tests.comments.factories import make_comment
from tests.comments.test_submission import form_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db
LIMIT = {"limit": 3, "per": timedelta(hours=1)}


def change_secret_key(settings: Settings) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-key-that-is-long-enough-for-anybody"


def drop_fallbacks(settings: Settings) -> None:
    settings.SECRET_KEY_FALLBACKS = []


def test_private_links_of_patients_lead_where_they_led(
    client: Client, settings: Settings, service: Service
) -> None:
    token = issue_link(make_appointment(), rotate=False)
    change_secret_key(settings)
    drop_fallbacks(settings)
    assert client.get(f"/book/mine/{token}/").status_code == 200


def test_a_request_in_progress_is_finished_and_done_once(
    client: Client, settings: Settings, service: Service
) -> None:
    request = begin(client, filled_form(email=""))
    seen = {"seen": client.get(f"{request}check/").context["seen"]}
    first = client.post(f"{request}send/", seen)
    shown = said(client.get(first["Location"]))
    change_secret_key(settings)
    again = client.post(f"{request}send/", seen)
    assert was_sent(again)
    assert Appointment.objects.count() == 1
    assert said(client.get(again["Location"])) == shown == said(client.get(first["Location"]))

    request = begin(client, filled_form(name="Somebody Else"))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "x" * 50, [settings.SECRET_KEY]
    seen = {"seen": client.get(f"{request}check/").context["seen"]}
    assert was_sent(client.post(f"{request}send/", seen))


def test_letters_to_write_down_open_the_visit_even_after_both_keys_were_changed(
    client: Client, settings: Settings, service: Service
) -> None:
    settings.ENCRYPTION_KEYS = ["an old key"]
    page = send(client, filled_form(email=""), follow=True)
    letters, reference = page.context["letters"], Appointment.objects.get().reference
    change_secret_key(settings)
    drop_fallbacks(settings)
    settings.ENCRYPTION_KEYS = ["a new key", "an old key"]
    call_command("rotate_keys")
    settings.ENCRYPTION_KEYS = ["a new key"]
    typed = {"reference": reference, "letters": letters.replace(" ", "")}
    opened = client.post("/book/find/", typed, follow=True)
    assert opened.redirect_chain[-1][0].startswith("/book/mine/")


def test_a_comment_form_that_was_open_is_taken_and_sent_twice_it_is_one(
    client: Client, settings: Settings, article: ArticlePage
) -> None:
    form = form_of(client, article) | {"name": "Ana", "email": "a@x.example", "text": "My hip."}
    client.post(f"/comments/{article.pk}/reply/", form)
    change_secret_key(settings)
    client.post(f"/comments/{article.pk}/reply/", form)
    assert Comment.objects.count() == 1


def test_links_to_confirm_work_on_and_links_to_unsubscribe_for_good(
    settings: Settings, article: ArticlePage
) -> None:
    commenter = make_comment(article, wants_replies=True).commenter.pk
    confirm, unsubscribe = (
        signed_links.confirmation(commenter),
        signed_links.unsubscription(commenter),
    )
    change_secret_key(settings)
    assert signed_links.confirmed_id(confirm) == commenter
    drop_fallbacks(settings)
    assert signed_links.confirmed_id(confirm) is None
    assert signed_links.unsubscribed_id(unsubscribe) == commenter


def test_what_was_learned_of_spam_is_known_for_good(
    settings: Settings, article: ArticlePage
) -> None:
    from comments.actions.decisions import approve, mark_spam

    by = make_user("Moderators")
    for _number in range(5):
        mark_spam(make_comment(article, text="cheap pills online"), by=by)
        approve(make_comment(article, text="my knees thank you"), by=by)
    before = spam_score("cheap pills")
    assert before > 0.5
    change_secret_key(settings)
    drop_fallbacks(settings)
    assert spam_score("cheap pills") == before


def test_staff_stay_signed_in_and_their_browsers_known(client: Client, settings: Settings) -> None:
    user = make_user("Front desk")
    user.set_password("a long pass phrase")
    user.save()
    signed_in = {"username": user.username, "password": "a long pass phrase"}
    client.post("/admin/login/", signed_in)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    assert browser_that_knows(cookies, user.username)
    change_secret_key(settings)
    assert client.get("/admin/").status_code == 200
    assert browser_that_knows(cookies, user.username)


def test_what_was_counted_for_rate_limits_counts_on(settings: Settings) -> None:
    def allowed() -> bool:
        return allow_address("test", "192.0.2.1", now=timezone.now(), **LIMIT)

    assert [allowed(), allowed()] == [True, True]
    change_secret_key(settings)
    assert [allowed(), allowed()] == [True, False]


def test_without_encryption_keys_the_fallbacks_decrypt_until_the_key_was_changed(
    settings: Settings, service: Service
) -> None:
    """As settings.py has it: the keys are SECRET_KEY and its fallbacks then."""
    settings.ENCRYPTION_KEYS = [settings.SECRET_KEY]
    make_appointment(note="By the window")
    change_secret_key(settings)
    settings.ENCRYPTION_KEYS = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    assert Appointment.objects.get().note == "By the window"
    assert reason_not_to_start() == ""
    settings.ENCRYPTION_KEYS = [settings.SECRET_KEY]
    assert "Without ENCRYPTION_KEYS it is the SECRET_KEY of that time" in reason_not_to_start()
    settings.ENCRYPTION_KEYS = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    call_command("rotate_keys")
    settings.ENCRYPTION_KEYS = [settings.SECRET_KEY]
    assert reason_not_to_start() == ""
    assert Appointment.objects.get().note == "By the window"
