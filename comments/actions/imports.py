"""Comments of another site: brought as they were said, in the states that they had there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from comments.actions.transitions import EventType, State
from comments.models import Comment, Commenter, CommentEvent, CommentRules
from comments.moderation import confusables

AT_ONCE = 500
HIGHEST_NUMBER = 2**31 - 1
LONGEST_NAME = Comment._meta.get_field("name").max_length or 80


@dataclass(frozen=True)
class SaidElsewhere:
    """A comment of another site. `number` and `parent` are that site's."""

    number: int
    parent: int | None
    name: str
    text: str
    state: State
    at: datetime
    email: str = ""  # kept while it waits for a decision, as for any other
    is_staff: bool = False


@transaction.atomic
def bring_comments(
    page: Page, said: Sequence[SaidElsewhere], here: dict[int, int] | None = None
) -> dict[int, int]:
    """Store comments below `page`; return their numbers here by those of the other site.

    Each keeps its number where it is free, so that links to it hold. `here` are the numbers of
    those that were brought before. An answer to one that is nowhere answers nobody.
    """
    here = dict(here or {})
    free = _free_numbers([each.number for each in said])
    brought: dict[int, int] = {}
    for level in _by_level(said):
        for at in range(0, len(level), AT_ONCE):
            part = level[at : at + AT_ONCE]
            rows = [_row(page, each, here, free) for each in part]
            Comment.objects.bulk_create(rows)
            numbers = {each.number: row.pk for each, row in zip(part, rows, strict=True)}
            here |= numbers
            brought |= numbers
            _store_beside(part, rows)
    return brought


def _row(page: Page, said: SaidElsewhere, here: dict[int, int], free: set[int]) -> Comment:
    decided = None if said.state == State.PENDING else timezone.now()
    return Comment(
        pk=said.number if said.number in free else None,
        page_id=page.pk,
        parent_id=here.get(said.parent or 0),
        name=said.name[:LONGEST_NAME],
        text=said.text,
        digest=confusables.digest(said.text),
        state=said.state,
        submitted_at=said.at,
        decided_at=said.at if said.state == State.APPROVED else decided,
        is_staff=said.is_staff,
    )


def _store_beside(said: Sequence[SaidElsewhere], rows: Sequence[Comment]) -> None:
    """Store the line of history of each, and the addresses of those that wait."""
    now = timezone.now()
    CommentEvent.objects.bulk_create(
        CommentEvent(comment=row, event_type=EventType.IMPORTED, at=now, to_state=row.state)
        for row in rows
    )
    delete_at = now + timedelta(days=CommentRules.load().keep_address_days)
    Commenter.objects.bulk_create(
        Commenter(comment=row, email=each.email, delete_at=delete_at)
        for each, row in zip(said, rows, strict=True)
        if each.email and row.state == State.PENDING
    )


def _by_level(said: Sequence[SaidElsewhere]) -> list[list[SaidElsewhere]]:
    """Return comments so that each comes after what it answers; a circle answers nobody."""
    waiting = {each.number: each for each in said}
    levels: list[list[SaidElsewhere]] = []
    while waiting:
        level = [each for each in waiting.values() if each.parent not in waiting]
        level = level or [next(iter(waiting.values()))]
        levels.append(level)
        for each in level:
            del waiting[each.number]
    return levels


def _free_numbers(numbers: Sequence[int]) -> set[int]:
    """Return those of `numbers` that no comment here has; the database gives none of them away."""
    wanted = {number for number in numbers if 0 < number <= HIGHEST_NUMBER}
    if not wanted:
        return set()
    taken: set[int] = set()
    ordered = sorted(wanted)
    for at in range(0, len(ordered), AT_ONCE):
        part = ordered[at : at + AT_ONCE]
        taken |= set(Comment.objects.filter(pk__in=part).values_list("pk", flat=True))
    _keep_numbers_free(max(wanted))
    return wanted - taken


def _keep_numbers_free(highest: int) -> None:
    """Have the database count on from `highest` when it numbers comments by itself."""
    table = Comment._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(counter, greatest(%s, nextval(counter))) FROM "
                "(SELECT pg_get_serial_sequence(%s, 'id')::regclass AS counter) AS counters",
                [highest, table],
            )
        else:
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT %s, 0 "
                "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = %s)",
                [table, table],
            )
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [highest, table]
            )
