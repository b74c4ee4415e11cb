"""What a text is made of, besides the parts that pasting knows."""

from collections import Counter
from dataclasses import dataclass, field

from clinic_site.pages.pasting.document import Part


@dataclass(frozen=True)
class LiftedPicture:
    """A picture where it stands. `number` is WordPress's, `address` what the text shows."""

    number: str
    address: str
    alternative_text: str = ""
    caption: str = ""
    side: str = ""  # "left", "right" or ""
    wide: bool = False
    leads_to: str = ""
    beside: str = ""  # the words of the paragraph that it stood in


@dataclass(frozen=True)
class Embed:
    """Something of another place: a film, a sound, a post."""

    address: str
    title: str = ""


ContentPart = Part | LiftedPicture | Embed


@dataclass
class Content:
    pieces: list[ContentPart] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)  # by WordPress's name for it
    shortcodes: Counter[str] = field(default_factory=Counter)  # unknown ones, which stay as text
    footnotes: int = 0

    @property
    def pictures(self) -> list[LiftedPicture]:
        return [piece for piece in self.pieces if isinstance(piece, LiftedPicture)]
