"""Pictures of the other site, from a folder of uploads or from its host: each of them once."""

import re
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.images import ImageFile
from django.db import DatabaseError, transaction

from clinic_site.images.models import SiteImage
from clinic_site.images.upload import InvalidImage
from wordpress.bring.fetching import CannotFetch, Fetcher
from wordpress.bring.records import Kind, Records
from wordpress.models import ImportedItem
from wordpress.wxr.index import Index, OldFile
from wordpress.wxr.read import host_of

UPLOADS = re.compile(r"/(?:wp-content/)?(?:uploads|files|blogs\.dir/\d+/files)/(.+)$")
# Hosts that keep files by themselves name the month alone.
OF_A_MONTH = re.compile(
    r"/((?:19|20)\d\d/\d\d/[^/]+\.(?:jpe?g|png|gif|webp|avif|heic|svg|pdf|mp3|m4a|mp4|docx?))$",
    re.IGNORECASE,
)
# What WordPress adds to the name of a smaller or turned copy.
COPY = re.compile(r"-(\d{1,5}x\d{1,5}|scaled|rotated|e\d{10,})(?=\.\w+$)")
IMAGE = re.compile(r"\.(jpe?g|jpe|png|gif|webp|avif|heic|heif|svg|bmp|tiff?|ico)$", re.IGNORECASE)
LONGEST_TITLE = 255


class NoFile(Exception):
    """Why a file could not be had, in words for a person."""


@dataclass(frozen=True)
class FoundFile:
    """A picture here, or the reason why there is none."""

    image: int | None
    problem: str = ""
    attachment: OldFile | None = None


class Files:
    """Finds what a text shows by WordPress's number or by its address."""

    def __init__(
        self,
        index: Index,
        records: Records,
        *,
        folder: Path | None,
        fetcher: Fetcher | None,
        is_dry_run: bool = False,
    ) -> None:
        self.index, self.records, self.is_dry_run = index, records, is_dry_run
        self.folder = folder.resolve() if folder else None
        self.fetcher = fetcher
        self._by_path: dict[str, OldFile] = {}
        for attachment in index.attachments.values():
            for path in (attachment.path, path_of(attachment.address)):
                if path:
                    self._by_path.setdefault(without_copy(path), attachment)
        self._found: dict[str, FoundFile] = {}

    def find(self, number: str, address: str) -> FoundFile:
        """Return the picture that a text shows: the full size, whatever copy it names."""
        attachment = self.index.attachments.get(number) or self._by_path.get(
            without_copy(path_of(address))
        )
        if attachment is not None:
            return self.of_attachment(attachment)
        path = path_of(address)
        if not path and not (self.fetcher and self.fetcher.is_of_host(address)):
            where = f" of {host_of(address)}" if host_of(address) else ""
            return FoundFile(
                None, f"a picture{where} that isn’t in the export: {address or number}"
            )
        return self._once(f"path:{path or address}", path, address, "", "")

    def of_attachment(self, attachment: OldFile) -> FoundFile:
        path = attachment.path or path_of(attachment.address)
        key = attachment.number or attachment.key
        title = attachment.title or PurePosixPath(path).stem
        found = self._once(key, path, attachment.address, title, attachment.alternative_text)
        return FoundFile(found.image, found.problem, attachment)

    def _once(self, key: str, path: str, address: str, title: str, description: str) -> FoundFile:
        if key not in self._found:
            self._found[key] = self._bring(key, path, address, title, description)
        return self._found[key]

    def _bring(self, key: str, path: str, address: str, title: str, description: str) -> FoundFile:
        row = self.records.get(Kind.FILE, key)
        if row is not None and row.object_id is not None:
            there = SiteImage.objects.filter(pk=row.object_id).exists()
            return (
                FoundFile(row.object_id)
                if there
                else FoundFile(None, f"it was deleted here: {path}")
            )
        try:
            if self.is_dry_run:
                self._look(path, address)
                return FoundFile(None)
            return FoundFile(
                self._store(key, self.content(path, address), path, title, description)
            )
        except NoFile as error:
            return FoundFile(None, f"{error}: {path or address}")

    def _store(self, key: str, content: bytes, path: str, title: str, description: str) -> int:
        digest = sha256(content).hexdigest()
        same = ImportedItem.objects.filter(kind=Kind.FILE, digest=digest, object_id__isnull=False)
        known = SiteImage.objects.filter(pk__in=same.values("object_id")).first()
        name = PurePosixPath(path).name or "picture"
        try:
            with transaction.atomic():
                image = known or SiteImage.objects.create(
                    title=(title or name)[:LONGEST_TITLE],
                    description=description[:LONGEST_TITLE],
                    file=ImageFile(BytesIO(content), name=name),
                )
                self.records.keep(Kind.FILE, key, image.pk, digest=digest)
        except InvalidImage as error:
            raise NoFile(str(error)) from error
        except DatabaseError:
            raise
        except Exception as error:  # as many kinds as there are ways to break a picture
            raise NoFile("the file can’t be read as a picture") from error
        return int(image.pk)

    def content(self, path: str, address: str) -> bytes:
        """Return a file of the folder or the host. Raises NoFile."""
        local = self._local(path)
        if local is not None:
            return local.read_bytes()
        if self.fetcher is None:
            raise NoFile(self._missing)
        for candidate in dict.fromkeys((full_size(address), address)):
            with suppress(CannotFetch):
                return self.fetcher.fetch(candidate)
        try:
            return self.fetcher.fetch(address)
        except CannotFetch as error:
            raise NoFile(str(error)) from error

    def _look(self, path: str, address: str) -> None:
        if self._local(path) is None and not (self.fetcher and self.fetcher.is_of_host(address)):
            raise NoFile(self._missing)

    @property
    def _missing(self) -> str:
        return "the file isn’t in the folder" if self.folder else "no folder of uploads was given"

    def _local(self, path: str) -> Path | None:
        """Return the file in the folder, the full size if it is there. Raises NoFile."""
        if self.folder is None or not path or "\0" in path:
            return None
        for candidate in dict.fromkeys((full_size(path), path)):
            file = (self.folder / candidate.lstrip("/")).resolve()
            if file.is_relative_to(self.folder) and file.is_file():
                if file.stat().st_size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
                    raise NoFile("the file is too large")
                return file
        return None


def path_of(address: str) -> str:
    """Return where a file lies below the folder of uploads, or nothing."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("", "http", "https"):
        return ""
    path = unquote(parts.path)
    found = UPLOADS.search(path) or OF_A_MONTH.search(path)
    return found[1] if found else ""


def full_size(path: str) -> str:
    return COPY.sub("", path)


def without_copy(path: str) -> str:
    """Return what a file and its smaller copies have in common."""
    return full_size(path).lower()


def is_picture(address: str) -> bool:
    try:
        return bool(IMAGE.search(urlsplit(address).path))
    except ValueError:
        return False
