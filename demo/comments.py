"""What visitors have left behind: conversations below the articles, and what waits to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page

from clinic_site.accounts.models import User
from comments.actions.by_commenter import edit_comment
from comments.actions.decisions import approve, mark_spam
from comments.actions.staff_replies import reply_as_staff
from comments.actions.submission import submit_comment
from comments.models import Comment, CommentEvent, CommentRules
from comments.moderation.rules import Reason


@dataclass(frozen=True)
class Said:
    by: str
    text: str
    hours_ago: int
    answers: "Said | None" = None
    staff: str = ""  # the account of whoever of the clinic says it


BROOM = Said(
    "Priya N.",
    "The broom made it click for me. I had stretched my hip for two years and never thought to "
    "ask what the other side was doing.",
    hours_ago=13 * 24,
)
WALT = Said(
    "Walt",
    "Is it worth doing anything about this at seventy-four, or is it simply too late by then?",
    hours_ago=11 * 24 + 5,
)
WALT_ANSWERED = Said(
    "Robin Alvarez",
    "It’s worth it. Muscles answer to being used at any age; they just need smaller steps and "
    "more days in between. Our article on strength after fifty says where to begin.",
    hours_ago=10 * 24,
    answers=WALT,
    staff="robin",
)
WALT_BEGAN = Said(
    "Walt",
    "Thank you. I have begun with the sit-to-stand. Four of them, and the dog thinks it’s a game.",
    hours_ago=6 * 24,
    answers=WALT_ANSWERED,
)
WALT_CHEERED = Said(
    "Priya N.",
    "Four is four more than none! I count mine while the coffee brews.",
    hours_ago=5 * 24,
    answers=WALT_BEGAN,
)
BACK = Said(
    "Inés",
    "What I take from this is to stop pulling at the front of the hip as if that were the whole "
    "story. Could you write about the back of it next?",
    hours_ago=30,
)
TIMER = Said(
    "Anselm",
    "I set the kitchen timer to forty minutes and get up when it rings. My back doesn’t seem to "
    "care why I stand up, only that I do.",
    hours_ago=20 * 24,
)
TIMER_ANSWERED = Said(
    "Beth",
    "Same here, with glasses of water. A small glass is the best reminder I’ve found.",
    hours_ago=19 * 24,
    answers=TIMER,
)
CHAIR = Said(
    "Tomasz",
    "So is an expensive chair a waste of money?",
    hours_ago=9 * 24,
)
CHAIR_ANSWERED = Said(
    "Marisol Vega",
    "Not if you like sitting in it. It just can’t do the getting up for you.",
    hours_ago=8 * 24,
    answers=CHAIR,
    staff="marisol",
)
SHOULDERS = Said(
    "Ruth",
    "My grandmother’s “shoulders back!” has followed me for fifty years. What a relief to read "
    "that I can let it go.",
    hours_ago=33 * 24,
)
STAIRS = Said(
    "Gwen",
    "I began with the stairs at the library, one floor and then the elevator. Six months later I "
    "forget there is an elevator.",
    hours_ago=90 * 24,
)
STAIRS_ANSWERED = Said(
    "Theo Lindqvist",
    "That’s just how it should go: so little at a time that you hardly notice, until you do.",
    hours_ago=89 * 24,
    answers=STAIRS,
    staff="theo",
)

CONVERSATIONS: dict[str, Sequence[Said]] = {
    "psoas-so-what": [BROOM, WALT, WALT_ANSWERED, WALT_BEGAN, WALT_CHEERED, BACK],
    "sitting": [TIMER, TIMER_ANSWERED, CHAIR, CHAIR_ANSWERED],
    "good-posture": [SHOULDERS],
    "strength-after-50": [STAIRS, STAIRS_ANSWERED],
}
# Approved; their writers want other words.
EDITED = {
    SHOULDERS: "My grandmother’s “shoulders back!” has followed me for fifty years. What a relief "
    "to read that I can let it go. (She would have been a hundred this week.)",
}
WAITING: dict[str, Sequence[Said]] = {
    "psoas-so-what": [
        Said(
            "Jo",
            "How often should someone who drives for a living get out and stand up? Every hour?",
            hours_ago=20,
        ),
        Said(
            "Kenji",
            "There’s a video that shows this nicely: https://films.example/hip-flexors",
            hours_ago=3,
            answers=BACK,
        ),
    ],
    "stiff-hips": [
        Said(
            "Marta",
            "My hip has clicked since my surgery in March and the pills don’t help. Can someone "
            "call me at 805-555-0147?",
            hours_ago=26,
        )
    ],
}
SPAM = Said(
    "Best Offers",
    "CHEAP pills for joint pain, no prescription!! http://pills.example http://pills.example/buy",
    hours_ago=50,
)
SPAM_WAITING = Said(
    "Best Offers",
    "Joint pain? CHEAP pills, no prescription: http://pills.example/today http://pills.example",
    hours_ago=2,
)


def create_comments() -> None:
    rules = CommentRules.load()
    rules.notify = CommentRules.Notify.NEVER  # what is decided here waits for nobody
    rules.save()
    stored: dict[Said, Comment] = {}
    for slug, conversation in CONVERSATIONS.items():
        for said in conversation:
            stored[said] = _publish(slug, said, stored)
    spam = _submit("sitting", SPAM, {}, [Reason("honeypot"), Reason("quick")])
    mark_spam(spam, by=_moderator())
    _said_before(spam, SPAM.hours_ago)
    for said, words in EDITED.items():
        stored[said].refresh_from_db()
        edit_comment(stored[said], text=words)
    rules.notify = CommentRules.Notify.AT_ONCE
    rules.save()
    for slug, waiting in WAITING.items():
        for said in waiting:
            _said_before(_submit(slug, said, stored), said.hours_ago)
    suspicious = _submit("sitting", SPAM_WAITING, {}, [Reason("quick")])
    _said_before(suspicious, SPAM_WAITING.hours_ago)


def _publish(slug: str, said: Said, stored: dict[Said, Comment]) -> Comment:
    if said.staff and said.answers:
        comment = reply_as_staff(
            stored[said.answers],
            text=said.text,
            name=said.by,
            idempotency_key=f"demo {said.by} {said.hours_ago}",
            by=User.objects.get(username=said.staff),
        )
    else:
        comment = _submit(slug, said, stored)
        approve(comment, by=_moderator())
    _said_before(comment, said.hours_ago)
    return comment


def _submit(
    slug: str, said: Said, stored: dict[Said, Comment], signals: Sequence[Reason] = ()
) -> Comment:
    return submit_comment(
        Page.objects.get(slug=slug),
        name=said.by,
        email=f"{slugify(said.by)}@reader.example",
        text=said.text,
        idempotency_key=f"demo {said.by} {said.hours_ago}",
        parent_id=stored[said.answers].pk if said.answers else None,
        signals=signals,
    )


def _said_before(comment: Comment, hours: int) -> None:
    at = timezone.now() - timedelta(hours=hours)
    decided = at + timedelta(hours=1) if comment.decided_at else None
    Comment.objects.filter(pk=comment.pk).update(submitted_at=at, decided_at=decided)
    # History is only ever added to; what is made up here is older than it looks.
    CommentEvent._base_manager.filter(comment=comment).update(at=decided or at)


def _moderator() -> User:
    return User.objects.get(username="moderator")
