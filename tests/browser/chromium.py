import os
import shutil


def find_chromium() -> str | None:
    """Return the browser that `CHROMIUM` names, or Debian's, or None."""
    return (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
