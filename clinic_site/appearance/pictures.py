"""What is made of a logo or a mark: a card for other sites, and whether it can be seen by night."""

from hashlib import sha256
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageStat

from clinic_site.appearance.palettes import PAPER, Palette
from clinic_site.images.models import SiteImage

CARD = 1200, 630  # pixels, as other sites show it
ROOM = 760, 350  # of the picture on it
BAR = 24
DISTINCT = 3.0  # to 1, of a picture on its ground: WCAG 2.2, 1.4.11
LARGEST = 800, 800  # enough of a picture to look at


def draw_share_card(picture: SiteImage | None, palette: Palette) -> ContentFile | None:
    """Return a PNG of 1200 by 630 pixels, or None without a picture that can be read."""
    drawn = _read(picture)
    if drawn is None:
        return None
    card = Image.new("RGB", CARD, PAPER[False].rgb)
    card.paste(palette.day.accent.rgb, (0, CARD[1] - BAR, *CARD))
    scale = min(ROOM[0] / drawn.width, ROOM[1] / drawn.height)
    size = max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale))
    drawn = drawn.resize(size, Image.Resampling.LANCZOS)
    card.paste(drawn, ((CARD[0] - size[0]) // 2, (CARD[1] - BAR - size[1]) // 2), drawn)
    file = BytesIO()
    card.save(file, "PNG", optimize=True)
    content = file.getvalue()
    # Browsers keep it for good, so another card has another name.
    return ContentFile(content, f"card-{sha256(content).hexdigest()[:12]}.png")


def needs_plate(picture: SiteImage) -> bool:
    """Tell whether a picture is too dark for the night's paper, and stands on the day's instead."""
    drawn = _read(picture)
    if drawn is None:
        return False
    visible = drawn.getchannel("A").point(lambda alpha: 255 if alpha > 127 else 0)
    if visible.getbbox() is None:
        return False
    red, green, blue = (part / 255 for part in ImageStat.Stat(drawn.convert("RGB"), visible).mean)
    luminance = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    return (luminance + 0.05) / (PAPER[True].luminance + 0.05) < DISTINCT


def _read(picture: SiteImage | None) -> Image.Image | None:
    """Return the picture with its transparency, made small. It was checked when it came."""
    if picture is None:
        return None
    try:
        with picture.file.open() as file, Image.open(file) as image:
            image.thumbnail(LARGEST)
            return image.convert("RGBA")
    except OSError:  # its file is gone
        return None
