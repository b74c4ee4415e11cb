"""American English in code, comments, documents, templates and file names.

The words are codespell's lists of misspellings and of British spellings, and what this site says
in another way: `words_banned.txt`. Files that have such words still stand in
`words_exceptions.txt`, one a line; a file that has none of them any more must leave that list.
"""

import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from checks.source import ROOT

HERE = Path(__file__).parent
EXCEPTIONS = HERE / "words_exceptions.txt"
DICTIONARIES = ("dictionary.txt", "dictionary_rare.txt", "dictionary_en-GB_to_en-US.txt")
SUFFIXES = {".css", ".html", ".js", ".md", ".py", ".toml", ".txt", ".yml", ".conf", ".in", ".json"}
# Made by tools, quoted from elsewhere, or the lists of words themselves.
NOT_READ = re.compile(
    r"requirements.*\.txt|.*/migrations/.*|checks/(?:words_|known).*\.txt|LICENSE.*|.*OFL.*"
)
# `snake_case`, `CamelCase` and `kebab-case` are read word by word.
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}(?![a-z])")
# Left out: without its end it would be misspelled.
CONTRACTION = re.compile(r"[A-Za-z]+n[’']t\b")


def violations(root: Path = ROOT) -> list[str]:
    excepted = exceptions()
    return [
        f"word: {path}: {word}"
        for path in project_files(root)
        if str(path) not in excepted
        for word in sorted(words_in_file(root / path, path))
    ]


def exceptions() -> list[str]:
    return _lines(EXCEPTIONS)


def exceptions_to_drop(root: Path = ROOT) -> list[str]:
    """Files that need no exception any more, or are no more."""
    files_now = {str(path): path for path in project_files(root)}
    return [
        name
        for name in exceptions()
        if name not in files_now or not words_in_file(root / name, files_now[name])
    ]


def project_files(root: Path = ROOT) -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in sorted(listed.stdout.splitlines()):
        path = Path(name)
        is_text = path.suffix in SUFFIXES or path.name in {"Makefile", "run"}
        if is_text and not NOT_READ.fullmatch(name) and (root / path).is_file():
            yield path


def words_in_file(file: Path, name: Path) -> set[str]:
    """Each word of a file or of its name that is not to be used, with what to say instead."""
    return set(words_in(f"{name}\n{file.read_text()}"))


def words_in(text: str) -> Iterator[str]:
    text = _allowed().sub(" ", text)
    spelled = CONTRACTION.sub(" ", text)
    for word in {word.lower() for word in WORD.findall(spelled)}:
        if instead := _misspelled().get(word):
            yield f"{word} (say {instead})"
    for pattern, instead in _banned():
        for match in pattern.finditer(text):
            yield f"{' '.join(match.group().lower().split())} (say {instead})"


@cache
def _misspelled() -> dict[str, str]:
    lines: list[str] = []
    for name in DICTIONARIES:
        lines += (files("codespell_lib") / "data" / name).read_text("utf-8").splitlines()
    return dict(_pairs(lines))


@cache
def _banned() -> list[tuple[re.Pattern[str], str]]:
    pairs = _pairs(_lines(HERE / "words_banned.txt"))
    return [
        (re.compile(r"(?<![a-z])" + words.replace(" ", r"\s+") + r"(?![a-z])", re.I), instead)
        for words, instead in pairs
    ]


@cache
def _allowed() -> re.Pattern[str]:
    """What the lists doubt and is meant; each has its reason beside it."""
    meant = (line.rpartition(": ")[0] for line in _lines(HERE / "words_allowed.txt"))
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, meant))})(?![A-Za-z])")


def _pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        word, _arrow, instead = line.partition("->")
        yield word.strip(), instead.strip(" ,")


def _lines(file: Path) -> list[str]:
    lines = file.read_text().splitlines() if file.exists() else []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
