"""Names are unambiguous: class names are unique, and no function hides a module."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("scenes", "render", "encode", "shards", "verichrome")


def sources(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text())


def test_every_class_name_exists_once() -> None:
    homes = defaultdict(list)
    for path, tree in sources(*PACKAGES, "benchmarks", "examples"):
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                homes[node.name.lstrip("_")].append(str(path))
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_file_is_a_fragment_or_a_pile(package: str) -> None:
    """Fewer than 10 lines is a part of another file; more than 400 is several."""
    lengths = {str(path): len((ROOT / path).read_text().splitlines()) for path, _ in sources(package)}
    wrong = {
        path: length for path, length in lengths.items() if not (path.endswith("__init__.py") or 10 <= length <= 400)
    }
    assert wrong == {}


def test_no_function_hides_a_module() -> None:
    """`from package import name` must not depend on what was imported before."""
    hidden = []
    for path, tree in sources(*PACKAGES):
        if path.name == "__init__.py":
            modules = {entry.stem for entry in (ROOT / path).parent.iterdir()} - {"__init__"}
            imported = {
                alias.asname or alias.name
                for node in tree.body
                if isinstance(node, ast.ImportFrom) and f"{node.module}." != f"{'.'.join(path.parent.parts)}."
                for alias in node.names
            }
            hidden += [f"{path.parent.as_posix()}/{name}" for name in sorted(modules & imported)]
    assert hidden == []
