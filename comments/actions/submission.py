"""A comment arrives: it is held, unless the rules trust whoever sent it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Page

from comments import emails
from comments.actions.addresses import delete_address_if_unneeded, notify_of_reply
from comments.actions.by_commenter import new_link
from comments.actions.closing import ThreadClosed, closed
from comments.actions.learning import spam_score
from comments.actions.limits import TooManySent, count_comment
from comments.actions.transitions import EventType, State, record_comment_event
from comments.models import Comment, Commenter, CommentRules
from comments.moderation import confusables
from comments.moderation.rules import CommenterHistory, Reason, reasons_to_hold, weigh
from comments.signed_links import CONFIRM_WITHIN

# The same words within so many days are a duplicate.
DUPLICATE_WITHIN = timedelta(days=30)
# Whoever gives somebody else's address can have us write to it about so many comments a day.
MOST_EMAILS = 10


class CannotReply(Exception):
    """What is answered is not there, not approved, or below another page."""


def submit_comment(
    page: Page,
    *,
    name: str,
    email: str,
    text: str,
    idempotency_key: str,
    parent_id: int | None = None,
    wants_replies: bool = False,
    wants_link: bool = False,
    signals: Sequence[Reason] = (),
    network_address: str | None = None,
) -> Comment:
    """Store a comment once for one `idempotency_key` however often it is sent.

    `signals` are what the caller noticed about how it was sent; each holds it. So many are taken
    from one `network_address`. Raises ThreadClosed, CannotReply or TooManySent, storing nothing.
    """
    try:
        with transaction.atomic():
            existing = _sent_before(idempotency_key)
            if existing is not None:
                return existing
            now, rules = timezone.now(), CommentRules.load()
            _check_place(page, parent_id, rules, now)
            often = count_comment(network_address, now) if network_address else []
            found = _assess(rules, name, email, text)
            reasons = [*signals, *often, *found.reasons]
            comment = Comment.objects.create(
                page_id=page.pk,
                parent_id=parent_id,
                name=name,
                text=text,
                digest=found.digest,
                idempotency_key=idempotency_key,
                held_for=[reason.stored() for reason in reasons],
                spam_score=weigh(found.spam_score, reasons),
                state=State.PENDING if reasons else State.APPROVED,
                decided_at=None if reasons else now,
            )
            commenter = _store_address(comment, rules, email, wants_replies)
            _write_to(comment, commenter, wants_link)
            _receive(comment, rules)
            return comment
    except (IntegrityError, TooManySent):
        # Of one form sent many times at once the first has stored it by now. The others have
        # counted for nothing, since what they did is rolled back.
        existing = _sent_before(idempotency_key)
        if existing is None:
            raise
        return existing


def _sent_before(idempotency_key: str) -> Comment | None:
    return Comment.objects.filter(idempotency_key=idempotency_key).first()


def _check_place(page: Page, parent_id: int | None, rules: CommentRules, now: datetime) -> None:
    reason = closed(page, rules)
    if reason is not None:
        raise ThreadClosed(reason)
    if parent_id is not None and not _can_be_answered(page, parent_id):
        raise CannotReply


def _receive(comment: Comment, rules: CommentRules) -> None:
    """Tell the moderators, or publish at once what is held for nothing."""
    record_comment_event(comment, EventType.SUBMITTED, by=None, before="", after=State.PENDING)
    if comment.state == State.PENDING:
        emails.comment_waiting(comment, rules)
        return
    record_comment_event(
        comment, EventType.TRUSTED, by=None, before=State.PENDING, after=State.APPROVED
    )
    notify_of_reply(comment)
    delete_address_if_unneeded(comment)


def _can_be_answered(page: Page, parent_id: int) -> bool:
    return Comment.objects.filter(pk=parent_id, page=page.pk, state=State.APPROVED).exists()


@dataclass(frozen=True)
class Assessment:
    """What the words of a comment tell, each found out once."""

    digest: str
    spam_score: float
    reasons: list[Reason]


def _assess(rules: CommentRules, name: str, email: str, text: str) -> Assessment:
    digest, score = confusables.digest(text), spam_score(f"{name}\n{text}")
    since = timezone.now() - DUPLICATE_WITHIN
    reasons = reasons_to_hold(
        name=name,
        email=email,
        text=text,
        words=rules.held_words,
        most_links=rules.most_links,
        trusting=rules.approval == CommentRules.Approval.TRUST,
        history=_history_of(email, name),
        duplicate=Comment.objects.filter(digest=digest, submitted_at__gte=since).exists(),
        spam_score=score,
    )
    return Assessment(digest, score, reasons)


def _history_of(email: str, name: str) -> CommenterHistory:
    """Return what is known of whoever has this address; nothing once it was deleted."""
    before = list(
        Commenter.objects.of_address(email).values_list(
            "confirmed_at", "trust_withdrawn", "comment__state", "comment__name"
        )
    )
    names = {
        earlier
        for confirmed, _withdrawn, state, earlier in before
        if confirmed is not None and state == State.APPROVED
    }
    return CommenterHistory(
        approved=bool(names),
        same_name=name in names,
        trust_withdrawn=any(withdrawn for _confirmed, withdrawn, _state, _name in before),
    )


def _store_address(
    comment: Comment, rules: CommentRules, email: str, wants_replies: bool
) -> Commenter:
    """Keep the address until it is confirmed or not, or at the longest until it is decided."""
    keep = CONFIRM_WITHIN if wants_replies else timedelta(days=rules.keep_address_days)
    return Commenter.objects.create(
        comment=comment,
        email=email,
        wants_replies=wants_replies,
        delete_at=timezone.now() + keep,
    )


def _write_to(comment: Comment, commenter: Commenter, wants_link: bool) -> None:
    if (wants_link or commenter.wants_replies) and _may_be_written_to(commenter):
        secret = new_link(comment) if wants_link else None
        emails.comment_received(comment, commenter, secret)


def _may_be_written_to(commenter: Commenter) -> bool:
    """Tell whether the address was confirmed, or was given few times within a day."""
    given = Commenter.objects.same_person_as(commenter)
    since = timezone.now() - timedelta(days=1)
    often = given.filter(comment__submitted_at__gte=since).count() > MOST_EMAILS
    return not often or given.filter(confirmed_at__isnull=False).exists()
