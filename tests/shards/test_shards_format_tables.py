"""docs/formats.md agrees with the models."""

from pathlib import Path

from shards.format_tables import format_tables, with_tables

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"


def test_the_tables_of_formats_are_current() -> None:
    page = PAGE.read_text("utf-8")
    assert with_tables(page) == page, "run `python -m shards.format_tables docs/formats.md`"
    assert all(f"<!-- table: {name} -->" in page for name in format_tables())


def test_every_key_has_a_meaning() -> None:
    for name, table in format_tables().items():
        for line in table.splitlines()[2:]:
            assert not line.endswith("|  |"), f"{name}: {line}"
