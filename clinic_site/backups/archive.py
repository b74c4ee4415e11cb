"""A tar file that is compressed and encrypted as it is written, so it never lies there in plain.

A thread encrypts or decrypts what the other end of a pipe writes or reads.
"""

import gzip
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pyrage
from pyrage.x25519 import Identity

from clinic_site.backups.keys import key_name
from clinic_site.backups.refusals import BackupError, NotWhole, WrongKey

COMPRESSION = 4  # pictures cannot be made smaller, and tables can by any level


class _Beside(Thread):
    """Does one thing in a thread of its own, and keeps what went wrong."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.work = work
        self.error: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            self.work()
        except Exception as error:
            self.error = error


@contextmanager
def written_to(path: Path, key: Identity) -> Iterator[tarfile.TarFile]:
    """Yield an open tar file; on leaving, all of it is in `path`. Raises BackupError."""
    source, sink = os.pipe()

    def encrypt() -> None:
        with os.fdopen(source, "rb") as plain, path.open("xb") as file:
            path.chmod(0o600)
            pyrage.encrypt_io(plain, file, [key.to_public()])
            file.flush()
            os.fsync(file.fileno())

    encrypting = _Beside(encrypt)
    try:
        with (
            os.fdopen(sink, "wb") as pipe,
            gzip.GzipFile(fileobj=pipe, mode="wb", compresslevel=COMPRESSION) as packed,
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            yield tar
    except BrokenPipeError:  # the other thread has ended, and knows why
        pass
    finally:
        encrypting.join()
    if encrypting.error:
        raise BackupError(f"{path} cannot be written: {encrypting.error}")


@contextmanager
def read_from(path: Path, keys: list[Identity]) -> Iterator[tarfile.TarFile]:
    """Yield the tar file within. Whatever is wrong with the file raises WrongKey or NotWhole."""
    if not path.is_file():
        raise NotWhole(f"There is no file {path}.")
    source, sink = os.pipe()

    def decrypt() -> None:
        with path.open("rb") as file, os.fdopen(sink, "wb") as plain, suppress(BrokenPipeError):
            pyrage.decrypt_io(file, plain, keys)

    decrypting = _Beside(decrypt)
    broken = None
    try:
        with (
            os.fdopen(source, "rb") as pipe,
            gzip.GzipFile(fileobj=pipe) as packed,
            tarfile.open(fileobj=packed, mode="r|") as tar,
        ):
            yield tar
            while pipe.read(1 << 20):  # whether the file is whole is known at its very end
                pass
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        broken = error
    finally:
        decrypting.join()
        if decrypting.error and "Broken pipe" not in str(decrypting.error):
            raise _refusal(path, decrypting.error, keys) from None
    if broken:
        raise NotWhole(f"{path} is no backup of this site, or it is damaged.") from broken


def _refusal(path: Path, error: Exception, keys: list[Identity]) -> BackupError:
    if "No matching keys" in str(error):
        tried = ", ".join(map(key_name, keys))
        return WrongKey(
            f"{path} was encrypted with another key. BACKUP_KEYS holds {tried}; put the key of "
            "this backup there, behind the first."
        )
    if isinstance(error, pyrage.DecryptError):
        return NotWhole(f"{path} is no backup: its beginning is not that of a file of age.")
    if isinstance(error, OSError) and error.errno:
        return BackupError(f"{path} cannot be read: {error.strerror}.")
    return NotWhole(f"{path} is cut off or damaged. Take another backup.")
