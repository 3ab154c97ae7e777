"""`verichrome categories`: lists the taxonomy and the user's categories."""

from rich.console import Console

from scenes import Category, load_taxonomy
from verichrome.console import say_line
from verichrome.library.yaml_files import read_categories

__all__ = ["describe_category", "run"]


def run(path: str | None) -> int:
    """Print the user's categories, then the taxonomy's, and how many there are."""
    own, builtin = read_categories(path), load_taxonomy().category
    console = Console()
    for category in (*own, *sorted(builtin, key=lambda category: category.name.casefold())):
        say_line(console, describe_category(category))
    own_count = f"{len(own)} of your own and " if own else ""
    say_line(console, f"{own_count}{len(builtin)} in the taxonomy.")
    return 0


def describe_category(category: Category) -> str:
    """`drone (4711): thing, drones, quadcopter; 0.1 to 0.9 m; placed like a toy block`."""
    words = ", ".join((category.kind, category.plural, *category.synonyms))
    size = "; {:g} to {:g} m".format(*category.size) if category.size else ""
    above = f"; a kind of {category.supercategory}" if category.supercategory != category.name else ""
    like = f"; placed like {category.like}" if category.like else ""
    return f"{category.name} ({category.id}): {words}{size}{above}{like}"
