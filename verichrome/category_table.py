"""The taxonomy as `encode` knows it, which imports no scenes: words, and the classes of standard label sets.

`python -m verichrome.category_table encode/tables/categories.csv` writes it; a test fails when it is outdated.
"""

import csv
import io
import sys
from pathlib import Path

from scenes import load_taxonomy

__all__ = ["category_table"]

_COLUMNS = ("name", "plural", "kind", "supercategory", "coco", "ade20k", "cityscapes", "nyu40")


def category_table() -> str:
    """CSV with a header: a row for each category, in the taxonomy's order."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(_COLUMNS)
    rows.writerows([getattr(category, column) for column in _COLUMNS] for category in load_taxonomy().category)
    return text.getvalue()


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(category_table(), encoding="utf-8")
