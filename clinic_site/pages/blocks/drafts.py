import threading
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class DraftableStructBlock(blocks.StructBlock):
    """A block whose fields depend on one another: a draft may lack something, a page may not."""

    # Wagtail brackets the cleaning of a draft by the two methods below. A block serves all
    # threads, and in another one somebody may be publishing.
    cleaning = threading.local()

    def missing(self, value: Any) -> dict[str, str]:
        """Return what keeps `value` from being published, as messages beside its fields."""
        raise NotImplementedError

    def defer_required_validation(self) -> None:
        super().defer_required_validation()
        self.cleaning.draft = True

    def restore_deferred_validation(self) -> None:
        super().restore_deferred_validation()
        self.cleaning.draft = False

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not getattr(self.cleaning, "draft", False) and (missing := self.missing(cleaned)):
            errors = {name: ValidationError(message) for name, message in missing.items()}
            raise StructBlockValidationError(errors)
        return cleaned
