"""A patient answers the questions of booking without a browser, up to the check."""

import re
from urllib.parse import urlencode
from urllib.request import Request, urlopen

REFERENCE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
SEEN = re.compile(r'name="seen" value="([0-9a-f]+)"')
QUESTIONS = {
    "service": ["service"],
    "with": ["practitioner"],
    "time": ["starts_at"],
    "contact": ["name", "phone", "note", "new_patient"],
}


def answer_questions(site: str, answers: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return the address to which the answers are sent, and what the check page sends there."""
    address, page = f"{site}/book/", ""
    for names in QUESTIONS.values():
        typed = {name: answers[name] for name in names if name in answers}
        sent = Request(address, urlencode(typed).encode())  # noqa: S310
        with urlopen(sent) as answer:  # noqa: S310
            address, page = answer.url.split("#")[0], answer.read().decode()
    seen = SEEN.search(page)
    assert seen, "the last answer leads to the check"
    return f"{address.removesuffix('check/')}send/", {"seen": seen[1]}
