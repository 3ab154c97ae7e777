"""Files that the documentation and the docstrings name exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
NAMED = re.compile(r"`([\w./-]+\.(?:py|toml|yaml|md))`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
CODE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
#: Files of an output folder, of the user, or of an example: not of the repository.
OTHERS = {
    "README.md", "config.yaml", "rules.yaml", "categories.yaml", "job.yaml", "labels.yaml", "assets.yaml", "loft.yaml",
    "verichrome_contours/templates.toml", "verichrome_contours/__init__.py",
}  # fmt: skip


def repository_files() -> list[str]:
    folders = ("scenes", "render", "encode", "shards", "verichrome", "tests", "benchmarks", "examples", "docs")
    inside = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    return ["/" + path.relative_to(ROOT).as_posix() for path in [*inside, *ROOT.iterdir()]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_named_files_exist(page: Path) -> None:
    files = repository_files()
    named = set(NAMED.findall(page.read_text())) - OTHERS
    assert [name for name in sorted(named) if not any(file.endswith("/" + name) for file in files)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = set(LINK.findall(CODE.sub("", page.read_text())))
    assert [link for link in sorted(links) if not (page.parent / link).exists()] == []
