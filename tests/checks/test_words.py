import subprocess
from pathlib import Path

import pytest

from checks import words
from checks.source import ROOT


@pytest.mark.parametrize(
    "text",
    ["The colour", "favourite_fibre = 1", "class NormalisedName:", "templates/colour.html"],
)
def test_british_spelling_is_found_in_prose_names_and_paths(text: str) -> None:
    assert list(words.words_in(text))


@pytest.mark.parametrize("text", ["Please ring\nus.", "She was rung", "in a fortnight", "car park"])
def test_a_banned_word_is_found_also_across_lines(text: str) -> None:
    assert list(words.words_in(text))


@pytest.mark.parametrize("text", ["the 2nd of May", "call us", "a ring", "color", "string us"])
def test_american_words_are_left_alone(text: str) -> None:
    assert list(words.words_in(text)) == []


def test_a_word_is_named_with_what_to_say_instead() -> None:
    assert list(words.words_in("colour")) == ["colour (say color)"]


def test_a_file_loses_its_exception_with_its_last_such_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "british.md").write_text("Colour.")
    (tmp_path / "american.md").write_text("Color.")
    exceptions = tmp_path / "exceptions.txt"
    exceptions.write_text("british.md\namerican.md\ngone.md\n")
    monkeypatch.setattr(words, "EXCEPTIONS", exceptions)
    assert words.violations(tmp_path) == []
    assert words.exceptions_to_drop(tmp_path) == ["american.md", "gone.md"]


def test_templates_and_documents_are_read_and_lists_made_by_tools_are_not() -> None:
    read = {str(path) for path in words.project_files(ROOT)}
    assert {"README.md", "templates/base.html", "clinic_site/settings.py"} <= read
    assert not any(path.startswith("requirements.txt") or "/migrations/" in path for path in read)
