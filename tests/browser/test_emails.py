"""Emails are drawn as their readers see them: nothing runs over the edge, axe finds nothing."""

import subprocess
import sys
from pathlib import Path

from tests.browser.conftest import Browser
from tests.build_cache import ROOT


def test_every_email_is_fit_to_be_read(browser: Browser, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.emails", str(tmp_path)]
    drawn = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert drawn.returncode == 0, drawn.stdout + drawn.stderr
    assert len(list(tmp_path.glob("appointment_confirmed *.png"))) == 5
