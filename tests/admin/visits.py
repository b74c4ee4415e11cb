"""One walk of somebody through the whole admin, to see who is let in where and what they read."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any, NamedTuple

from django.contrib.messages import SUCCESS, get_messages
from django.db import transaction
from django.test import Client

from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from tests.admin.addresses import addresses
from tests.admin.examples import examples
from tests.admin.factories import FullClinic

VISITOR, REVIEWER = "Visitor", "Reviewer"
WHO = [VISITOR, *map(str, Role), REVIEWER]
METHODS = ("GET", "POST")
REFUSED = {401, 403, 404, 405}


class Visit(NamedTuple):
    name: str  # of the address
    method: str
    path: str
    status: int
    let_in: bool
    body: str
    may_be_kept: bool  # by the browser, for whoever sits down next


def walk(who: str, clinic: FullClinic) -> Iterator[Visit]:
    """Open every address as `who`, and send each an empty form; nothing that it does is kept."""
    client = signed_in(somebody(who, clinic))
    for address in addresses():
        for name, path in examples(address, clinic):
            for method in METHODS:
                with as_it_was():
                    answer = ask(client, method, path)
                    body = b"".join(answer) if answer.streaming else answer.content
                let_in = is_let_in(answer)
                status = answer.status_code
                kept = "no-store" not in answer.headers.get("Cache-Control", "")
                text = body.decode(errors="replace")
                yield Visit(name, method, path, status, let_in, text, kept)


def somebody(who: str, clinic: FullClinic) -> User | None:
    """Return whose account it is: a reviewer is a practitioner for whom an article waits."""
    if who == VISITOR:
        return None
    return clinic.reviewer if who == REVIEWER else clinic.users[who]


def signed_in(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    client.kept = client.cookies.output(header="")  # type: ignore[attr-defined]
    return client


def ask(client: Any, method: str, path: str) -> Any:
    """Ask as if nothing had been asked before, and go on to where a view leads to."""
    client.cookies = SimpleCookie(client.kept)
    answer = client.generic(method, path)
    while method == "GET" and answer.status_code == 302 and is_let_in(answer):
        answer = client.get(answer["Location"])
    return answer


def is_let_in(answer: Any) -> bool:
    """Tell whether somebody got further than "no permission" on the dashboard, or the entrance."""
    elsewhere = answer.headers.get("Location", "")
    if elsewhere == "/admin/":  # what is done leads there as well, and says so
        levels = {message.level for message in get_messages(answer.wsgi_request)}
        return SUCCESS in levels
    return answer.status_code not in REFUSED and not elsewhere.startswith("/admin/login/?next=")


class as_it_was(transaction.Atomic):  # noqa: N801
    """Take back whatever is written meanwhile."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *error: Any) -> None:
        transaction.set_rollback(True)
        super().__exit__(*error)
