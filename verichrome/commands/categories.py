"""`verichrome categories`."""

from rich.console import Console

from scenes import Category, load_taxonomy
from verichrome.console import say_line
from verichrome.library.yaml_files import read_categories

__all__ = ["categories", "told_category"]


def categories(path: str | None) -> int:
    """Print the user's categories, then ours, and how many there are."""
    own, ours = read_categories(path), load_taxonomy().category
    console = Console()
    for entry in (*own, *sorted(ours, key=lambda entry: entry.name.casefold())):
        say_line(console, told_category(entry))
    told = f"{len(own)} of your own and " if own else ""
    say_line(console, f"{told}{len(ours)} of ours.")
    return 0


def told_category(entry: Category) -> str:
    """`drone (4711): thing, drones, quadcopter; 0.1 to 0.9 m; placed like a toy block`."""
    words = ", ".join((entry.kind, entry.plural, *entry.synonyms))
    size = "; {:g} to {:g} m".format(*entry.size) if entry.size else ""
    above = f"; a kind of {entry.supercategory}" if entry.supercategory != entry.name else ""
    like = f"; placed like {entry.like}" if entry.like else ""
    return f"{entry.name} ({entry.id}): {words}{size}{above}{like}"
