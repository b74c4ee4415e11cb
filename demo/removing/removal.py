"""Taking the demo away: what nobody has changed goes, what somebody made their own stays."""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, ProtectedError, RestrictedError
from wagtail.models import Page, ReferenceIndex

from booking.models import Appointment, Patient, Service
from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from clinic_site.documents.models import SiteDocument
from clinic_site.images.models import SiteImage
from comments.models import Comment
from demo.models import DemoRow
from demo.removing.recording import CONTENT, MADE_UP, PAGES, SETTINGS, digest_of

Key = tuple[str, int]  # a model's label and a row's id


class RealPeople(Exception):
    """The site has patients or comments of its own: it is no demo any more."""


@transaction.atomic
def remove_demo(
    *, changed_too: bool = False, even_with_people: bool = False, by: User | None = None
) -> int:
    """Take the demo away as it stands now; return how many rows have gone. Raises RealPeople.

    What somebody has changed stays unless `changed_too`, with all that it shows; so does the
    account of whoever asks, and whatever real visits, comments and pages need.
    """
    removal = Removal.plan()
    if removal.real_people and not even_with_people:
        raise RealPeople
    gone = removal.carry_out(changed_too=changed_too, by=by)
    DemoRow.objects.all().delete()
    transaction.on_commit(lambda: _accounts_file().unlink(missing_ok=True))
    return gone


@dataclass
class Removal:
    """What is to go and what is to stay."""

    changed: list[Model] = field(default_factory=list)
    real_people: int = 0
    _noted: dict[Key, DemoRow] = field(default_factory=dict)

    @classmethod
    def plan(cls) -> "Removal":
        noted = {(row.model, row.object_id): row for row in DemoRow.objects.all()}
        removal = cls(_noted=noted)
        for model in (*PAGES, *CONTENT, *SETTINGS):
            for row in removal._rows(model):
                if digest_of(row) != noted[_key(row)].digest:
                    removal.changed.append(row)
        removal.real_people = sum(
            model._base_manager.exclude(pk__in=removal._ids(model)).count()
            for model in (Appointment, Patient, Comment)
        )
        return removal

    @property
    def is_there(self) -> bool:
        return bool(self._noted)

    def carry_out(self, *, changed_too: bool, by: User | None) -> int:
        """Take it away; return how many rows have gone. Call it in a transaction."""
        keep = set() if changed_too else self._needed_by(self.changed)
        keep |= self._accounts_that_stay(by)
        before = self._count()
        for model in MADE_UP:
            self._delete_made_up(model)
        for model in (*SETTINGS, *PAGES, *CONTENT):
            for row in sorted(self._rows(model), key=_depth, reverse=True):
                if _key(row) not in keep:
                    self._take_away(row)
        return before - self._count()

    def _count(self) -> int:
        return sum(len(self._rows(model)) for model in (*MADE_UP, *PAGES, *CONTENT))

    def _accounts_that_stay(self, by: User | None) -> set[Key]:
        """Return that of whoever asks or, where others would be left without one, the owners'."""
        if by:
            return {_key(by)}
        others = User.objects.filter(is_active=True).exclude(pk__in=self._ids(User))
        if not others.exists() or others.filter(groups__name=Role.OWNERS).exists():
            return set()
        return {_key(owner) for owner in User.objects.filter(groups__name=Role.OWNERS)}

    def _delete_made_up(self, model: type[Model]) -> None:
        """Delete all at once or, if something real hangs on some of them, the others."""
        rows = model._base_manager.filter(pk__in=self._ids(model))
        try:
            with transaction.atomic():
                rows.delete()
        except (ProtectedError, RestrictedError):
            for row in rows.order_by("-pk"):  # answers before what they answer
                _delete_unless_needed(row)

    def _take_away(self, row: Model) -> None:
        noted = self._noted[_key(row)]
        if noted.before is not None:
            _restore(row, noted.before)
            return
        if isinstance(row, Page):
            page: Page = type(row)._base_manager.get(pk=row.pk)  # what was below it may be gone
            if not page.is_leaf() or Comment.objects.filter(page=page).exists():
                return  # a page that stays is below it, or somebody real has commented on it
            row = page
        if isinstance(row, (SiteImage, SiteDocument)) and self._is_shown_elsewhere(row):
            return
        if isinstance(row, Service) and row.assignments.exists():
            return  # somebody who stays does it
        _delete_unless_needed(row)

    def _is_shown_elsewhere(self, file: SiteImage | SiteDocument) -> bool:
        """Tell whether anything shows or offers it that is not the demo's, or that stays."""
        entries = ReferenceIndex.get_references_to(file).select_related("content_type")
        for entry in entries:
            model = entry.content_type.model_class()
            key = model._meta.label, int(entry.object_id)
            if key not in self._noted or model._base_manager.filter(pk=key[1]).exists():
                return True
        return False

    def _needed_by(self, rows: list[Model]) -> set[Key]:
        """Return the keys of `rows` and of all of the demo that they show or hang on.

        Of accounts that is nobody's business: whoever wrote a page is not asked to stay for it.
        """
        needed: set[Key] = set()
        waiting = [*rows]
        while waiting:
            row = waiting.pop()
            if _key(row) not in needed:
                needed.add(_key(row))
                shown = (other for other in _shown_by(row) if not isinstance(other, User))
                waiting += [other for other in shown if _key(other) in self._noted]
        return needed

    def _ids(self, model: type[Model]) -> list[int]:
        return [pk for label, pk in self._noted if label == model._meta.label]

    def _rows(self, model: type[Model]) -> list[Any]:
        return list(model._base_manager.filter(pk__in=self._ids(model)))


def _delete_unless_needed(row: Model) -> None:
    """Delete a row unless something real needs it."""
    with suppress(ProtectedError, RestrictedError), transaction.atomic():
        row.delete()


def _key(row: Model) -> Key:
    return row._meta.label, row.pk


def _depth(row: Model) -> int:
    return row.depth if isinstance(row, Page) else 0


def _shown_by(row: Model) -> list[Model]:
    """Return what `row` names: by its columns, in its text and, of a page, the page above it."""
    shown = [
        getattr(row, each.name)
        for each in row._meta.concrete_fields
        if each.is_relation and getattr(row, each.attname) is not None
    ]
    named: defaultdict[int, set[str]] = defaultdict(set)
    for entry in ReferenceIndex.get_references_for_object(row):
        named[entry.to_content_type_id].add(entry.to_object_id)
    for kind, ids in named.items():
        shown += ContentType.objects.get_for_id(kind).get_all_objects_for_this_type(pk__in=ids)
    if isinstance(row, Page) and (parent := row.get_parent()):
        shown.append(parent)
    return [each.specific if isinstance(each, Page) else each for each in shown]


def _restore(row: Model, before: dict[str, Any]) -> None:
    """Have a record say what it said before the demo came."""
    for column in row._meta.concrete_fields:
        if column.name in before:
            setattr(row, column.attname, column.to_python(before[column.name]))
    if isinstance(row, Page):
        row.save_revision().publish()
    else:
        row.save()


def _accounts_file() -> Path:
    path: Path = settings.VAR_DIR / "demo-accounts.txt"
    return path


def name_of(row: Model) -> str:
    """Say what a row is: "article page “Sitting”"."""
    kind = apps.get_model(row._meta.label)._meta.verbose_name
    return f"{kind} “{row.draft_title if isinstance(row, Page) else row}”"
