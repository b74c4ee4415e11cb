"""A comment arrives: it is held, unless the rules trust whoever sent it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from clinic_site.accounts.models import User
from clinic_site.page_cache.invalidation import forget_pages
from clinic_site.privacy.encryption import blind_index
from comments import emails
from comments.actions.addresses import forget_if_not_needed, notify_of_answer
from comments.actions.changes import Action, State, note
from comments.actions.learning import spam_score
from comments.actions.tokens import CONFIRM_WITHIN
from comments.actions.writers import new_link
from comments.models import ClosedThread, Comment, Commenter, CommentRules, same_mailbox
from comments.moderation import lookalike, rules
from comments.moderation.rules import Closed, Person, Reason, closed_because

# The same words within so many days are a duplicate.
DUPLICATE_WITHIN = timedelta(days=30)
# Whoever gives somebody else's address can have us write to it about so many comments a day.
MOST_LETTERS = 10


class ThreadClosed(Exception):
    """Nobody can comment there; the first argument is the `Closed` that says why."""


class CannotAnswer(Exception):
    """What is answered is not there, not approved, or below another page."""


def closed(
    page: Page,
    now: datetime,
    settings: CommentRules | None = None,
    *,
    shut: bool | None = None,
) -> Closed | None:
    """Say why nobody can comment on `page`, or None if anybody can.

    Asks a query each for the rules and for whether the page is `shut`, unless it is given them.
    """
    settings = settings or CommentRules.load()
    if shut is None:
        shut = ClosedThread.objects.filter(page=page.pk).exists()
    return closed_because(
        site=settings.closed,
        page=shut,
        first_published_at=page.first_published_at,
        close_after_days=settings.close_after_days,
        now=now,
    )


@transaction.atomic
def close_thread(page: Page, *, by: User) -> None:
    _thread, is_new = ClosedThread.objects.get_or_create(
        page_id=page.pk, defaults={"closed_by": by}
    )
    if is_new:
        log(page, "comments.close", user=by)
    forget_pages(page)


@transaction.atomic
def open_thread(page: Page, *, by: User) -> None:
    if ClosedThread.objects.filter(page_id=page.pk).delete()[0]:
        log(page, "comments.open", user=by)
    forget_pages(page)


def submit_comment(
    page: Page,
    *,
    name: str,
    email: str,
    text: str,
    submission_key: str,
    parent_id: int | None = None,
    wants_replies: bool = False,
    wants_link: bool = False,
    suspicions: Sequence[Reason] = (),
) -> Comment:
    """Store a comment once for one `submission_key` however often it is sent.

    `suspicions` are what the caller noticed about how it was sent; each holds it. Raises
    ThreadClosed or CannotAnswer, storing nothing.
    """
    twin = Comment.objects.filter(submission_key=submission_key).first()
    if twin is not None:
        return twin
    settings = CommentRules.load()
    reason = closed(page, timezone.now(), settings)
    if reason is not None:
        raise ThreadClosed(reason)
    if parent_id is not None and not _can_be_answered(page, parent_id):
        raise CannotAnswer
    reasons = [*suspicions, *_reasons(settings, name, email, text)]
    try:
        with transaction.atomic():
            comment = Comment.objects.create(
                page_id=page.pk,
                parent_id=parent_id,
                name=name,
                text=text,
                digest=lookalike.digest(text),
                submission_key=submission_key,
                held_for=[reason.stored() for reason in reasons],
                spam_score=spam_score(f"{name}\n{text}"),
                state=State.PENDING if reasons else State.APPROVED,
                decided_at=None if reasons else timezone.now(),
            )
            note(comment, Action.SUBMITTED, by=None, before="", after=State.PENDING)
            commenter = _store_address(comment, settings, email, wants_replies)
            _write_to(comment, commenter, wants_link)
            if reasons:
                emails.comment_waiting(comment, settings)
            else:
                _publish_as_trusted(comment)
    except IntegrityError:
        twin = Comment.objects.filter(submission_key=submission_key).first()
        if twin is None:
            raise
        return twin
    return comment


def _publish_as_trusted(comment: Comment) -> None:
    note(comment, Action.TRUSTED, by=None, before=State.PENDING, after=State.APPROVED)
    notify_of_answer(comment)
    forget_if_not_needed(comment)


def _can_be_answered(page: Page, parent_id: int) -> bool:
    return Comment.objects.filter(pk=parent_id, page=page.pk, state=State.APPROVED).exists()


def _reasons(settings: CommentRules, name: str, email: str, text: str) -> list[Reason]:
    since = timezone.now() - DUPLICATE_WITHIN
    same_words = Comment.objects.filter(digest=lookalike.digest(text), submitted_at__gte=since)
    return rules.reasons_to_hold(
        name=name,
        email=email,
        text=text,
        words=settings.held_words,
        most_links=settings.most_links,
        trusting=settings.approval == CommentRules.Approval.TRUST,
        person=_known(email, name),
        duplicate=same_words.exists(),
        spam_score=spam_score(f"{name}\n{text}"),
    )


def _known(email: str, name: str) -> Person:
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
    return Person(
        approved=bool(names),
        same_name=name in names,
        trust_withdrawn=any(withdrawn for _confirmed, withdrawn, _state, _name in before),
    )


def _store_address(
    comment: Comment, settings: CommentRules, email: str, wants_replies: bool
) -> Commenter:
    """Keep the address until it is confirmed or not, or at the longest until it is decided."""
    keep = CONFIRM_WITHIN if wants_replies else timedelta(days=settings.keep_address_days)
    return Commenter.objects.create(
        comment=comment,
        email=email,
        email_index=blind_index(same_mailbox(email)),
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
    often = given.filter(comment__submitted_at__gte=since).count() > MOST_LETTERS
    return not often or given.filter(confirmed_at__isnull=False).exists()
