"""The whole import: what is known first, then item by item. Safe to break off and to repeat."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from clinic_site.clinic.current import read_clinic
from clinic_site.page_cache.invalidation import invalidate_all
from clinic_site.pages.models import HomePage
from wordpress.bring.addresses import Addresses
from wordpress.bring.documents import PDF, Documents
from wordpress.bring.fetching import Fetcher
from wordpress.bring.files import Files, path_of
from wordpress.bring.filling import Filling
from wordpress.bring.people import People
from wordpress.bring.placing import Places, in_order, title_of
from wordpress.bring.records import Kind, Records
from wordpress.bring.threads import Threads
from wordpress.bring.topics import Topics, category_of
from wordpress.report import ItemOutcome, ItemReport, Report
from wordpress.wxr.index import NOT_BROUGHT, PAGES, Index, OldFile, read_index
from wordpress.wxr.items import BadPiece
from wordpress.wxr.read import Export, host_of

Progress = Callable[[str, int, int], None]  # what is done, how much of it, of how many
LONGEST_SOURCE = 200


@dataclass(frozen=True)
class Options:
    export: Path
    media: Path | None = None
    host: str = ""
    allow_private: bool = False
    dry_run: bool = False


def _say_nothing(what: str, done: int, total: int) -> None:
    pass


def bring_all(options: Options, progress: Progress = _say_nothing) -> Report:
    """Bring an export. Raises NotAnExport and OSError; everything else is in the report."""
    zone = _zone_of_the_clinic()
    with options.export.open("rb") as file:
        export = Export(file, zone)
        index = read_index(export, lambda count: progress("reading", count, 0))
        source = _source(export, options.export)
        report = Report(source, options.dry_run)
        _tell_of_the_file(export, index, report)
        records = Records(source)
        files = Files(
            index,
            records,
            folder=options.media,
            fetcher=_fetcher(options),
            is_dry_run=options.dry_run,
        )
        again = Export(file, zone)
        with _undone() if options.dry_run else nullcontext():
            _bring(again, index, records, files, report, progress)
    return report


@contextmanager
def _undone() -> Iterator[None]:
    """Do everything, and then nothing: a dry run tells of exactly what would happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _bring(
    export: Export, index: Index, records: Records, files: Files, report: Report, progress: Progress
) -> None:
    home = HomePage.objects.get()
    people = People(export.head.authors, records)
    for login in index.creators:
        people.bring(login, report)
    topics = Topics(home, export.head.terms, records)
    documents = Documents(files, records)
    _bring_files(index, files, documents, report, progress)
    places = Places(home, topics, index, records)
    for entry in in_order(index):
        try:
            places.place(entry, report)
        except Exception as error:  # whatever one item does, the others come
            failed = ItemReport(
                entry.kind, title_of(entry), entry.link or entry.number, ItemOutcome.FAILED
            )
            failed.lost(f"there’s no place for it: {type(error).__name__}: {error}"[:500])
            report.add(failed)
    addresses = Addresses(export.head, index, records, documents)
    threads = Threads(export, people, records, report)
    filling = Filling(index, records, files, people, places, addresses, threads, report)
    filled = _fill(export, index, filling, progress)
    filling.sweep(filled)
    _redirect_the_rest(export, index, topics, addresses, filling, report)
    invalidate_all()


def _bring_files(
    index: Index, files: Files, documents: Documents, report: Report, progress: Progress
) -> None:
    for place, attachment in enumerate(index.attachments.values(), 1):
        if PDF.search(attachment.path or attachment.address):
            _bring_document(attachment, documents, report)
            continue
        before = files.records.get(Kind.FILE, attachment.number or attachment.key)
        found = files.of_attachment(attachment)
        entry = ItemReport("file", attachment.title or attachment.path, attachment.address)
        if found.problem:
            entry.outcome = ItemOutcome.LEFT_OUT
            entry.lost(found.problem)
        elif before is not None:
            entry.outcome = ItemOutcome.SAME
        report.add(entry)
        progress("pictures", place, len(index.attachments))


def _bring_document(attachment: OldFile, documents: Documents, report: Report) -> None:
    entry = ItemReport("document", attachment.title or attachment.path, attachment.address)
    documents.find(attachment.address)
    if problem := documents.problems.get(path_of(attachment.address)):
        entry.outcome = ItemOutcome.LEFT_OUT
        entry.lost(problem)
    report.add(entry)


def _fill(export: Export, index: Index, filling: Filling, progress: Progress) -> list[str]:
    filled = []
    for item in export.items():
        if isinstance(item, BadPiece) or item.key not in index.entries:
            continue
        filling.fill(item)
        filled.append(item.key)
        progress("pages", len(filled), len(index.entries))
    return filled


def _redirect_the_rest(
    export: Export,
    index: Index,
    topics: Topics,
    addresses: Addresses,
    filling: Filling,
    report: Report,
) -> None:
    for term in {category_of(entry) for entry in index.entries.values() if entry.kind == "post"}:
        if topic := topics.find(term):
            declared = topics.declared.get(term.slug, term)
            addresses.redirect_topic(declared, topics.declared, topic, report)
    addresses.redirect_tags(export.head.terms, report)
    names = {login: filling.people.name_of(login) for login in index.creators if login}
    addresses.redirect_authors(names, report)
    addresses.redirect_dates(report)
    addresses.redirect_feeds(report)
    addresses.redirect_attachments(filling.shown, report)


def _tell_of_the_file(export: Export, index: Index, report: Report) -> None:
    """Note what is wrong with the file itself, and what of it is never brought."""
    if export.head.declares:
        entry = ItemReport("file", "the export", "", ItemOutcome.CAME)
        entry.lost("it declares entities, which no export does; none of them is read")
        report.add(entry)
    for bad in index.bad:
        entry = ItemReport("item", f"number {bad.number} in the file", "", ItemOutcome.CAME)
        if "came" in bad.what or "left out" in bad.what:
            entry.changed(f"it {bad.what}")
        else:
            entry.outcome = ItemOutcome.FAILED
            entry.lost(f"it {bad.what}")
        report.add(entry)
    for kind, count in index.kinds.items():
        if kind not in (*PAGES, "attachment"):
            report.count(f"left out: {NOT_BROUGHT.get(kind, f'items of the kind {kind}')}", count)
            if kind not in NOT_BROUGHT:
                entry = ItemReport("item", kind, "", ItemOutcome.LEFT_OUT)
                entry.look(f"{count} of a plugin’s own kind; there’s no such page here")
                report.add(entry)
    report.count("left out: thrown away there", index.thrown_away)


def _source(export: Export, path: Path) -> str:
    address = export.head.address
    host = host_of(address)
    name = f"{host}{address.split(host, 1)[1]}" if host else path.stem
    return name[:LONGEST_SOURCE]


def _fetcher(options: Options) -> Fetcher | None:
    largest = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    return Fetcher(options.host, largest, options.allow_private) if options.host else None


def _zone_of_the_clinic() -> ZoneInfo:
    location = read_clinic().location
    return location.zone if location else ZoneInfo(settings.TIME_ZONE)
