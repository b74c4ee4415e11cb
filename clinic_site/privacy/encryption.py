"""Text that the database keeps without being able to read it.

What is stored begins with the id of its key (`clinic_site.privacy.keys`), so that the right one is
taken at once, and whoever changes the key sees which rows are still to be done. It is bound to its
place, a column or a named purpose: put anywhere else it is not read, so no screen that decrypts
one thing for somebody can be handed another.
"""

import base64
import binascii
import hashlib
import hmac
import json
import logging
import os
from collections.abc import Callable, Iterable
from typing import Any

from cryptography.exceptions import InvalidTag
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.lookups import Exact, In, Lookup
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext

from clinic_site.privacy.keys import EncryptionKey, encryption_keys, first_key
from clinic_site.search.kept_columns import KeptColumn

logger = logging.getLogger(__name__)

SEPARATOR = "."  # between the id of the key and what it has encrypted
NONCE_BYTES = 12


class CannotDecrypt(Exception):
    """None of ENCRYPTION_KEYS has made this text for this place, or it was changed since."""


def encrypt(text: str, *, place: str) -> str:
    """Return `text` encrypted by the first key, in characters that an address may have.

    `place` says where it will stand, and only for the same one is it decrypted.
    """
    key, nonce = first_key(), os.urandom(NONCE_BYTES)
    sealed = nonce + key.cipher.encrypt(nonce, text.encode(), place.encode())
    return f"{key.id}{SEPARATOR}{base64.urlsafe_b64encode(sealed).decode()}"


def decrypt(text: str, *, place: str) -> str:
    """Return what was encrypted for that place. Raises CannotDecrypt."""
    key_id, _separator, sealed = text.partition(SEPARATOR)
    key = encryption_keys().get(key_id)
    if key is None:
        raise CannotDecrypt("No key of ENCRYPTION_KEYS has the id that the text names.")
    try:
        raw = base64.urlsafe_b64decode(sealed)
        return key.cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode()).decode()
    except (InvalidTag, ValueError, binascii.Error):
        raise CannotDecrypt("The text is not what was encrypted there.") from None


def blind_index(text: str) -> str:
    """Return 64 hex digits by which equal texts are found without reading any of them."""
    return _index_by(first_key(), text)


def blind_indexes(text: str) -> list[str]:
    """Return the index of `text` by each key, for rows that an older key has made."""
    return [_index_by(key, text) for key in encryption_keys().values()]


def _index_by(key: EncryptionKey, text: str) -> str:
    return hmac.new(key.index_secret, text.encode(), hashlib.sha256).hexdigest()


class Damaged:
    """What is read in place of a damaged text; saved with its row, that stays as it is."""

    def __init__(self, kept: str) -> None:
        super().__init__()
        self.kept = kept


class UnreadableText(Damaged, str):
    """What a screen shows. It equals nothing, so that no two rows are thought to tell the same."""

    def __new__(cls, kept: str) -> "UnreadableText":
        return super().__new__(cls, gettext("can’t be read"))

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return id(self)


class DamagedText(Damaged):
    """What stands in a row for a text by which something is proved: to use it is an error."""

    def __str__(self) -> str:
        raise CannotDecrypt("The text is damaged.")


class UnreadableDict(Damaged, dict[str, Any]):
    """Nothing, by any name."""


class UnreadableList(Damaged, list[Any]):
    """Nothing at all."""


class EncryptedAttribute(DeferredAttribute):
    """The text of a row. A damaged one raises CannotDecrypt when it is used, not with its row."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        return str(value) if isinstance(value, DamagedText) else value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):
    """Text that is encrypted on its way into the database.

    No text is kept as no text, so that constraints and queries can ask whether there is any;
    nothing else can be asked. What rows are found by is a `BlindIndexField` beside it. If a text
    is damaged, using it raises CannotDecrypt, unless it is `shown` to people and is nothing that
    anybody proves something by: then it says so. Its row is read, saved and deleted all the same.
    """

    descriptor_class = EncryptedAttribute
    unreadable: type[Damaged] = UnreadableText

    def __init__(self, *args: Any, shown: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown

    @property
    def place(self) -> str:
        """The names that the database has for the table and the column, whatever Python's are."""
        return f"column {self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Damaged):
            return value.kept
        value = super().get_prep_value(value)
        return encrypt(value, place=self.place) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        try:
            return decrypt(value, place=self.place) if value else value
        except CannotDecrypt:
            logger.exception("a text of %s is damaged", self.place)
            return self.unreadable(value) if self.shown else DamagedText(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return self.as_read(model_instance)

    def as_read(self, row: models.Model) -> Any:
        """Return the text of a row, or what is kept of it if it is damaged."""
        is_deferred = self.attname in row.get_deferred_fields()
        return getattr(row, self.attname) if is_deferred else row.__dict__[self.attname]

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in LOOKUPS:
            raise FieldError("Encrypted text cannot be compared; ask its blind index.")
        return LOOKUPS[lookup_name] or super().get_lookup(lookup_name)


class EncryptedJSONField(EncryptedTextField):
    """What JSON can hold, encrypted. Whatever is empty is kept as no text, and read as `empty`.

    So is what is damaged, if it is `shown`.
    """

    _pyi_private_set_type: Any  # for the type checker
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, empty: Callable[[], Any] = dict, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": empty} | kwargs)
        self.empty = empty
        self.unreadable = UnreadableList if empty is list else UnreadableDict

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Damaged):
            return value.kept
        return super().get_prep_value(json.dumps(value, cls=DjangoJSONEncoder) if value else "")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        text = super().from_db_value(value, expression, connection)
        if isinstance(text, Damaged):
            return text
        return json.loads(text) if text else self.empty()

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj)


class _SaysNothing(Exact):
    """Equal to no text, which is all that can be asked."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        if rhs != "":
            raise FieldError("Encrypted text cannot be compared; ask its blind index.")
        super().__init__(lhs, rhs)


class _UnderKey(Lookup):
    """Encrypted by the key of that id."""

    lookup_name = "under_key"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} LIKE %s", [*params, f"{self.rhs}{SEPARATOR}%"]


LOOKUPS: dict[str, Any] = {"exact": _SaysNothing, "under_key": _UnderKey, "isnull": None}


class BlindIndexField(KeptColumn, models.CharField):
    """What rows are found by whose text in the column `of` is encrypted; kept as that is.

    `normalize` returns what texts that count as the same have in common: it is no matter of the
    table. `filter(email_index__of=address)` finds what any of the keys has indexed.
    """

    def __init__(self, *, normalize: Callable[[str], str] = str, **kwargs: Any) -> None:
        self.normalize = normalize
        super().__init__(**{"max_length": 64} | kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        if isinstance(getattr(model_instance, self.of), UnreadableText):
            return str(getattr(model_instance, self.attname))
        return super().pre_save(model_instance, add)

    def kept_of(self, text: str) -> str:
        text = self.normalize(text)
        return blind_index(text) if text else ""

    def indexes_of(self, texts: Iterable[str]) -> list[str]:
        """Return the indexes of `texts` by each of the keys."""
        normalized = filter(None, map(self.normalize, texts))
        return [index for text in normalized for index in blind_indexes(text)]


@BlindIndexField.register_lookup
class _OfText(In):
    """The index of one text, or of one of several."""

    lookup_name = "of"

    def __init__(self, lhs: Any, rhs: Any) -> None:
        texts = [rhs] if isinstance(rhs, str) else rhs
        super().__init__(lhs, lhs.output_field.indexes_of(texts))
