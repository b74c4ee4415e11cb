"""Cut a new copy of caniemail.com's list to what `support.py` asks of it.

curl --remote-name https://www.caniemail.com/api/data.json
python -m tests.emails.update_list data.json
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.emails.support import LIST, MUST_HOLD


def cut(whole: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return by feature who has it in part (a) or not (n) today; the others have it all."""
    return {
        entry["slug"]: {
            program: answer
            for program in MUST_HOLD
            if (answer := _today(entry, *program.split())) in ("a", "n")
        }
        for entry in whole["data"]
        if entry["category"] in ("css", "html")
    }


def _today(entry: dict[str, Any], family: str, platform: str) -> str:
    """Return the answer for the last version tried: y, a, n or u (unknown)."""
    versions = entry["stats"].get(family, {}).get(platform) or {"never": "u"}
    return str(list(versions.values())[-1].split()[0])


if __name__ == "__main__":
    whole = json.loads(Path(sys.argv[1]).read_text())
    features = cut(whole)
    lines = [f'  "{slug}": {json.dumps(said)}' for slug, said in sorted(features.items())]
    LIST.write_text(
        f'{{\n"updated": "{whole["last_update_date"][:10]}",\n"features": {{\n'
        + ",\n".join(lines)
        + "\n}}\n"
    )
