"""Pictures of many kinds, made as scanners, phones and programs write them."""

import random
import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image as Pillow

WHITE, BLACK, RED, MAGENTA = (255, 255, 255), (0, 0, 0), (255, 0, 0), (255, 0, 255)
Color = tuple[int, int, int]


def saved(pixels: Pillow.Image, name: str, **options: Any) -> bytes:
    file = BytesIO()
    pixels.save(file, name, **options)
    return file.getvalue()


def png(depth: int, color_type: int, rows: list[bytes], width: int, **chunks: bytes) -> bytes:
    """A PNG byte by byte, of kinds that Pillow reads but never writes."""

    def chunk(name: str, content: bytes) -> bytes:
        body = name.encode() + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, len(rows), depth, color_type, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    parts = [chunk("IHDR", header), *(chunk(*pair) for pair in chunks.items())]
    return b"\x89PNG\r\n\x1a\n" + b"".join([*parts, chunk("IDAT", pixels), chunk("IEND", b"")])


def halves(left: bytes, right: bytes, color_type: int, depth: int, **chunks: bytes) -> bytes:
    """A square PNG of 64 pixels; the bytes are those of eight pixels."""
    return png(depth, color_type, [left * 4 + right * 4] * 64, 64, **chunks)


def photo(mode: str = "RGB", color: Any = RED, size: tuple[int, int] = (64, 64)) -> Pillow.Image:
    return Pillow.new(mode, size, color)


def noise(size: tuple[int, int] = (400, 300)) -> Pillow.Image:
    content = random.Random(7).randbytes(size[0] * size[1])  # noqa: S311
    return Pillow.frombytes("L", size, content).convert("RGB")


def stripes() -> Pillow.Image:
    """Colors that no block of a JPEG begins with, in a picture of whole blocks."""
    pixels = Pillow.new("RGB", (640, 480))
    for left in range(4, 636, 8):
        pixels.paste((left % 256, left * 3 % 256, 90), (left, 0, left + 8, 480))
    return pixels


def ramp() -> bytes:
    row = b"".join(struct.pack(">H", 65535 * column // 63) for column in range(64))
    return png(16, 0, [row] * 64, 64)


def moving(name: str) -> bytes:
    frames = [photo(color="blue")] * 2
    return saved(photo(), name, save_all=True, append_images=frames, duration=100)


def with_profile(mode: str, name: str, profile: bytes) -> bytes:
    color = {"L": 0, "RGB": RED, "CMYK": (0, 255, 255, 0)}[mode]
    return saved(photo(mode, color), name, icc_profile=profile)
