from pathlib import Path

import pytest

from checks import duplicate_names, file_length, package_size
from checks.baseline import compare, read_baseline, shrink
from checks.import_cycles import find_import_cycles, import_graph


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for package in ("blog", "booking", "booking/admin"):
        (tmp_path / package).mkdir(parents=True)
    return tmp_path


def test_a_circle_is_found_however_long_the_way_round() -> None:
    imports = {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"], "e": []}
    assert find_import_cycles(imports) == [["a", "b", "c"]]


def test_each_circle_stands_for_itself() -> None:
    imports = {"a": ["b"], "b": ["a"], "c": ["d", "a"], "d": ["c"]}
    assert find_import_cycles(imports) == [["a", "b"], ["c", "d"]]


def test_what_is_only_shared_is_no_circle() -> None:
    assert find_import_cycles({"a": ["b", "c"], "b": ["c"], "c": ["elsewhere"]}) == []


def test_the_import_graph_holds_every_package_and_imports_inside_functions() -> None:
    imports = import_graph()
    assert {"clinic_site.urls", "demo.apps", "tests.checks.test_checks"} <= imports.keys()
    from checks import source

    assert source.__name__ in imports[__name__]


def test_a_public_name_in_two_modules_is_found(project: Path) -> None:
    (project / "blog/one.py").write_text("class Answer: ...\ndef _hidden(): ...\n")
    (project / "booking/two.py").write_text("async def Answer(): ...\ndef _hidden(): ...\n")
    assert duplicate_names.violations(project) == [
        "duplicate name: Answer in blog.one, booking.two"
    ]


def test_a_name_that_a_framework_looks_for_is_no_double(project: Path) -> None:
    for package in ("blog", "booking"):
        (project / package / "load.py").write_text("class Command: ...\n")
        (project / package / "wagtail_hooks.py").write_text("def register_icons(): ...\n")
    assert duplicate_names.violations(project) == []


def test_a_sixteenth_module_makes_a_package_too_large(project: Path) -> None:
    for number in range(15):
        (project / f"blog/part_{number}.py").touch()
    (project / "blog/__init__.py").touch()
    (project / "booking/admin/only.py").touch()
    assert package_size.violations(project) == []
    (project / "blog/part_15.py").touch()
    assert package_size.violations(project) == ["large package: blog"]


def test_template_tags_and_migrations_are_not_counted(project: Path) -> None:
    for folder in ("migrations", "templatetags"):
        (project / "blog" / folder).mkdir()
        for number in range(16):
            (project / "blog" / folder / f"part_{number}.py").touch()
    assert package_size.violations(project) == []


def test_a_file_is_too_long_from_its_301st_line(project: Path) -> None:
    (project / "blog/long.py").write_text("pass\n" * 300)
    assert file_length.violations(project) == []
    (project / "blog/long.py").write_text("pass\n" * 301)
    assert file_length.violations(project) == ["long file: blog/long.py"]


def test_a_violation_is_told_when_it_is_new_and_when_it_has_gone() -> None:
    assert compare(["kept", "new"], ["kept", "old"]) == (["new"], ["old"])


def test_the_list_of_known_violations_only_shrinks(tmp_path: Path) -> None:
    file = tmp_path / "baseline.txt"
    file.write_text("# Why there is a list.\nkept\nold\n")
    shrink(["old", "never listed"], file)
    assert file.read_text() == "# Why there is a list.\nkept\n"
    assert read_baseline(file) == ["kept"]
