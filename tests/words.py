"""`python -m tests.words FOLDER` writes down all that people read, to be read aloud.

`emails.txt` has every email, `pages.txt` every page of the demo that a visitor comes to,
`booking.txt` the steps from a service to a visit, and what can be done with that; `errors.txt` what
forms say to whoever sends them empty or too soon, and `messages.txt` each label, hint and error
that stands in the code.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from django.test import Client

PACKAGES = ("blog", "booking", "clinic_site", "comments")
TRANSLATES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
BEGINNINGS = ("/", "/book/", "/book/find/", "/search/?q=psoas", "/search/?q=psaos", "/search/?q=x")
MOST_PAGES = 80
SITE = "http://testserver"


def messages(root: Path) -> Iterator[str]:
    """Each text of the Python code that people may see, with where it stands."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text())):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in TRANSLATES:
                    for text in call.args:
                        if isinstance(text, ast.Constant) and isinstance(text.value, str):
                            yield f"{text.value}\n    {path.relative_to(root)}:{text.lineno}"


def emails() -> Iterator[str]:
    """Each email as text, with its subject."""
    import time_machine
    from django.db import connection

    from tests.database import copy_empty_database
    from tests.emails.every import CASES, NOW, email_of, set_the_scene

    copy_empty_database(Path(connection.settings_dict["NAME"]))
    with time_machine.travel(NOW, tick=False):
        set_the_scene()
        for name in CASES:
            email = email_of(name)
            yield f"== {name} ==\nSubject: {email.subject}\n\n{email.text}"
    connection.close()


def pages(client: "Client") -> Iterator[str]:
    """The pages that links lead to from the home page, and one that is not there."""
    waiting, seen = [*BEGINNINGS, "/nothing-here/"], set[str]()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address, follow=True)
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        soup = BeautifulSoup(answer.content, "html.parser")
        waiting += [_address(address, link["href"]) for link in soup.select("main a, nav a")]
        waiting = [other for other in waiting if other]
        yield f"== {address} ==\n{_said(soup, whole=address == '/')}"


def bookings(client: "Client") -> Iterator[str]:
    """Each step of booking, once confirmed at once and once on request; then the visit's pages."""
    from booking.manage_links import issue_link
    from booking.models import Appointment, Service

    for mode in (Service.Mode.AT_ONCE, Service.Mode.ON_REQUEST):
        service = Service.objects.bookable().filter(mode=mode).first()
        answer = client.post("/book/", {"service": service and service.pk}, follow=True)
        for _step in range(8):
            address = answer.request["PATH_INFO"]
            yield _page(f"{mode}: {address.rsplit('/', 2)[1]}", answer)
            soup = BeautifulSoup(answer.content, "html.parser")
            if address.endswith("/check/"):
                break
            answer = client.post(address, _answers(soup), follow=True)
        wishes = address.replace("/check/", "/wishes/")
        yield _page(f"{mode}: wishes", client.get(wishes, follow=True))
        sending = address.replace("/check/", "/send/")
        seen = soup.select_one("[name=seen]")
        answer = client.post(sending, {"seen": seen["value"] if seen else ""}, follow=True)
        yield _page(f"{mode}: sent", answer)
        private = f"/book/mine/{issue_link(Appointment.objects.latest('pk'))}/"
        for part in ("", "move/", "cancel/"):
            yield _page(f"{mode}: private link {part}", client.get(f"{private}{part}", follow=True))


def _answers(soup: BeautifulSoup) -> dict[str, Any]:
    """Answer whatever a step asks: the first choice of each kind, and the contact of a patient."""
    contact = {
        "name": "Casey Example",
        "email": "casey@patient.example",
        "phone": "805-555-0123",
        "new_patient": "yes",
    }
    for name in ("practitioner", "starts_at", "location"):
        if choice := soup.select_one(f"main [name={name}][value]:not([value=''])"):
            return {name: choice["value"]}
    return contact


def errors(client: "Client") -> Iterator[str]:
    """What the public forms say when nothing is filled in."""
    from blog.models import ArticlePage
    from booking.models import Service

    service = Service.objects.filter(mode=Service.Mode.ON_REQUEST).first()
    article = ArticlePage.objects.live().first()
    assert service
    assert article
    sent: list[tuple[str, dict[str, Any]]] = [
        ("/book/", {}),
        ("/book/find/", {}),
        (f"/comments/{article.pk}/reply/", {}),
    ]
    for address, typed in sent:
        yield _error(address, client.post(address, typed, follow=True))
    begun = client.post("/book/", {"service": service.pk}, follow=True)
    request = begun.redirect_chain[-1][0].rsplit("/", 2)[0]
    for step in ("with", "time", "wishes", "contact", "check"):
        address = f"{request}/{step}/"
        yield _error(address, client.post(address, {}, follow=True))


def _page(name: str, answer: Any) -> str:
    return f"== {name} ==\n{_said(BeautifulSoup(answer.content, 'html.parser'))}"


def _error(address: str, answer: Any) -> str:
    said = _said(BeautifulSoup(answer.content, "html.parser"))
    return f"== {address.split('request/')[0]} {address.rsplit('/', 2)[1]} ==\n{said}"


def _address(page: str, link: str) -> str:
    """Return an address of this site as the client takes it; empty for all others."""
    parts = urlsplit(urldefrag(urljoin(SITE + page, link)).url)
    here = f"{parts.scheme}://{parts.netloc}" == SITE
    return f"{parts.path}?{parts.query}".rstrip("?") if here else ""


def _said(soup: BeautifulSoup, *, whole: bool = False) -> str:
    title = soup.title.get_text() if soup.title else ""
    part = soup.body if whole else soup.main
    for hidden in part.select("script, style, [hidden]") if part else []:
        hidden.decompose()
    lines = part.get_text("\n").splitlines() if part else []
    return "\n".join([f"Title: {title}", *filter(None, map(str.strip, lines))])


def _write(file: Path, texts: Iterator[str]) -> None:
    file.write_text("\n\n".join(texts) + "\n")
    print(file)  # noqa: T201


def _with_settings(module: str) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = module
    django.setup()


def _of_the_demo(folder: Path) -> None:
    """In a process of its own: the site with the demo, as whoever visits it sees it."""
    _with_settings("clinic_site.settings")
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    _write(folder / "pages.txt", pages(Client()))
    _write(folder / "errors.txt", errors(Client()))
    _write(folder / "booking.txt", bookings(Client()))


def main() -> int:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    if "--demo" in sys.argv:
        _of_the_demo(folder)
        return 0
    os.environ.pop("TEST_DATABASE_URL", None)
    _with_settings("tests.settings")
    from tests.build_cache import ROOT
    from tests.demo import copied_demo, environment

    _write(folder / "messages.txt", messages(ROOT))
    _write(folder / "emails.txt", emails())
    with TemporaryDirectory() as var, copied_demo(Path(var)) as database:
        again = [sys.executable, "-m", "tests.words", str(folder.absolute()), "--demo"]
        subprocess.run(again, cwd=ROOT, env=environment(Path(var), database), check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
