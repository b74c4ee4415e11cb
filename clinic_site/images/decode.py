"""Reads a picture that somebody sent and writes what is kept of it, in a process of its own.

A program without Django, the settings or their secrets, since what it reads is not trusted:
`python -I decode.py MEMORY SECONDS PIXELS < picture`. The first line that it writes is the kind
of file that follows, or an `ErrorCode`.
"""

import math
import os
import resource
import sys
from contextlib import suppress
from enum import StrEnum
from io import BytesIO

from PIL import (  # the plugins register themselves
    AvifImagePlugin,  # noqa: F401
    ExifTags,
    GifImagePlugin,  # noqa: F401
    Image,
    ImageChops,
    ImageCms,
    ImageMath,
    JpegImagePlugin,  # noqa: F401
    MpoImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    UnidentifiedImageError,
    WebPImagePlugin,  # noqa: F401
)

# Pixels of the longer side: twice the widest rendition, and some room for cropping.
LONGEST_SIDE = 3200

# What is stored, by what came (Pillow's names): all of it is shown by every browser. MPO is what
# phones call a JPEG with a second picture inside. Of what moves, the first image is stored.
STORED_AS = {
    "JPEG": "JPEG",
    "MPO": "JPEG",
    "HEIF": "JPEG",
    "PNG": "PNG",
    "GIF": "PNG",
    "WEBP": "WEBP",
    "AVIF": "AVIF",
}
OPTIONS: dict[str, dict[str, int]] = {
    "JPEG": {"quality": 92},
    "PNG": {},
    "WEBP": {"quality": 92},
    "AVIF": {"quality": 85, "speed": 8},
}

# Pillow widens grays of two and four bits to 0..255, but not the one that is transparent.
WIDENED = {"L;2": 85, "L;4": 17}

# How a picture is turned upright, by what EXIF says of it.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

END_OF_JPEG = b"\xff\xd9"
# A JPEG may lack this much of its lower edge, or one row of blocks; more is damage.
LOST = 0.02
ROWS_OF_A_BLOCK = 16 + 2  # beyond which colors are smoothed


class ErrorCode(StrEnum):
    UNKNOWN = "unknown"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SLOW = "too_slow"


class DecodeError(Exception):
    def __init__(self, code: ErrorCode) -> None:
        super().__init__(code)
        self.code = code


def normalized(content: bytes, most_pixels: int) -> tuple[str, bytes]:
    """Return the kind of file and the picture: upright, in sRGB, eight bits, without notes."""
    with _opened(content) as image:
        if image.width * image.height > most_pixels:
            raise DecodeError(ErrorCode.TOO_MANY_PIXELS)
        name, packed = STORED_AS[image.format or ""], _packing(image)
        plain = _plain(_in_eight_bits(_whole(image, content), packed))
    if name == "JPEG" and plain.mode not in ("L", "RGB"):
        name = "PNG"
    file = BytesIO()
    plain.save(file, name, **OPTIONS[name])
    return name, file.getvalue()


def _opened(content: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(content), formats=tuple(STORED_AS.keys() & Image.OPEN.keys()))
    except UnidentifiedImageError as error:
        raise DecodeError(ErrorCode.UNKNOWN) from error


def _packing(image: Image.Image) -> str:
    """Return how the file has the pixels, in Pillow's words ("L;4"), before they are unpacked."""
    tile = getattr(image, "tile", None)
    packing = tile[0][3] if tile else ""
    return packing if isinstance(packing, str) else ""


def _whole(image: Image.Image, content: bytes) -> Image.Image:
    """Return `picture` unpacked, a large JPEG at half its size or less."""
    image.draft(None, _shrunk(image.size))
    try:
        image.load()
    except OSError:
        if image.format not in ("JPEG", "MPO"):
            raise
        return _with_an_end(content)
    return image


def _with_an_end(content: bytes) -> Image.Image:
    """Return a JPEG that lacks its last bytes, as browsers show it, if next to nothing is lost.

    Where it was cut shows when it is read with two different ends: from there on they differ.
    """
    cut = content.rstrip(END_OF_JPEG[:1])
    whole, other = (_opened(cut + end + END_OF_JPEG) for end in (b"", b"\x55" * 512))
    for image in (whole, other):
        image.draft(None, _shrunk(image.size))
        image.load()
    differing = ImageChops.difference(whole.convert("L"), other.convert("L")).getbbox()
    if differing and whole.height - differing[1] > max(LOST * whole.height, ROWS_OF_A_BLOCK):
        raise DecodeError(ErrorCode.DAMAGED)
    return whole


def _in_eight_bits(image: Image.Image, packing: str) -> Image.Image:
    """Return the picture in grays or colors, and what is transparent as a channel of its own."""
    key = image.info.get("transparency")
    if image.mode.startswith(("I", "F")):
        return _scaled(image, key)
    if image.mode in ("1", "L"):
        image = image.convert("L")
        if key is not None:
            image.info["transparency"] = key * WIDENED.get(packing, 1)
            image = image.convert("LA")
    elif image.mode == "RGB" and key is not None:
        if packing == "RGB;16B":
            image.info["transparency"] = tuple(part >> 8 for part in key)
        image = image.convert("RGBA")
    elif image.mode not in ("LA", "RGB", "RGBA", "CMYK"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _scaled(image: Image.Image, key: int | None) -> Image.Image:
    """Return a picture of 16 bits in eight, its white still white."""
    wide = image.convert("I")
    gray = wide.point(lambda value: value * (1 / 257)).convert("L")
    gray.info = {**image.info}
    if key is not None:
        del gray.info["transparency"]
        seen = ImageMath.lambda_eval(lambda args: (args["wide"] != key) * 255, wide=wide)
        gray.putalpha(seen.convert("L"))
    return gray


def _plain(image: Image.Image) -> Image.Image:
    if max(image.size) > LONGEST_SIDE:
        image.thumbnail(_shrunk(image.size), reducing_gap=1)
    image = _in_srgb(_upright(image))
    if image.mode == "CMYK":
        image = image.convert("RGB")
    if image.mode in ("LA", "RGBA") and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert(image.mode[:-1])  # nothing of it is transparent
    image.info = {}
    image.getexif().clear()
    return image


def _shrunk(size: tuple[int, int]) -> tuple[int, int]:
    width, height = size
    scale = min(1, LONGEST_SIDE / max(size))
    return math.ceil(width * scale), math.ceil(height * scale)


def _upright(image: Image.Image) -> Image.Image:
    try:
        turn = TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # notes that cannot be read are no reason against a picture
        turn = None
    return image.transpose(turn) if turn is not None else image.copy()


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except Exception:  # a profile for other pixels than these, or none at all
        converted = None
    return converted or image


def limit(memory: int, seconds: int) -> None:
    """Bound what this process may take (bytes, seconds of a processor). It writes no file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)  # readers come first


def main(memory: int, seconds: int, most_pixels: int) -> None:
    limit(memory, seconds)
    content = sys.stdin.buffer.read()
    try:
        with suppress(ImportError):
            import pillow_heif  # comes with Wagtail

            pillow_heif.register_heif_opener(thumbnails=False)
        name, file = normalized(content, most_pixels)
    except DecodeError as error:
        name, file = error.code, b""
    except MemoryError:
        name, file = ErrorCode.TOO_SLOW, b""
    except Exception:  # as many kinds as there are ways to break a picture
        name, file = ErrorCode.DAMAGED, b""
    sys.stdout.buffer.write(name.encode() + b"\n" + file)


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = None  # `normalized` has its own limit
    main(*(int(argument) for argument in sys.argv[1:4]))
