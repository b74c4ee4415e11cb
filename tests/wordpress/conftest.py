from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from PIL import Image

from tests.factories import make_clinic
from tests.wordpress.exports import export
from wordpress.bring.whole import Options, bring_all
from wordpress.report import Report

Bring = Callable[..., Report]


@pytest.fixture
def bring(db: None, tmp_path: Path, settings: LazySettings) -> Bring:
    """Bring items of an export, with the pictures that lie in `uploads`."""
    settings.MEDIA_ROOT = tmp_path / "media"
    make_clinic()
    file = tmp_path / "export.xml"

    def bring_items(*items: str, text: str | None = None, **options: Any) -> Report:
        file.write_text(export(*items) if text is None else text, encoding="utf-8")
        folder = tmp_path / "uploads"
        defaults = {"media": folder if folder.exists() else None}
        return bring_all(Options(file, **defaults | options))

    return bring_items


@pytest.fixture
def uploads(tmp_path: Path) -> Callable[..., Path]:
    """Put a picture into the folder of uploads, in one color."""

    def make(path: str, color: str = "red") -> Path:
        file = tmp_path / "uploads" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (40, 30), color).save(file, "JPEG")
        return file

    return make
