"""The library of a command: opened with a bar to watch, what was skipped said by name, its digest configured."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from scenes import Library
from verichrome.config import Config
from verichrome.errors import UsageError
from verichrome.library.open import OpenLibrary, open_library
from verichrome.say import say, say_line

__all__ = ["open_watched", "with_library"]

SHOWN = 12  # skipped files that are named; `verichrome assets` names them all


def with_library(config: Config, console: Console) -> tuple[Config, Library]:
    """The configuration with its library's digest, and the library; raises UsageError where nothing can be used."""
    if not (config.assets or config.blend or config.hdris or config.materials):
        if config.library:
            raise UsageError("library is given, and none of assets, blend, hdris and materials that it would be of.")
        return config, Library()
    opened = open_watched(config, console)
    _tell_skipped(opened, console)
    found = opened.library
    held = {"assets": found.assets, "blend": found.blends, "hdris": found.probes, "materials": found.surfaces}
    for field, entries in held.items():
        if getattr(config, field) and not entries:
            raise UsageError(f"{field}: nothing in {getattr(config, field)} can be used; `verichrome assets` says why.")
    if config.library and config.library != found.digest:
        raise UsageError(
            f"library must be {found.digest}, the SHA-256 of what assets, blend, hdris and materials hold now, "
            f"got {config.library}: they have changed."
        )
    return config.model_copy(update={"library": found.digest}), found


def open_watched(config: Config, console: Console) -> OpenLibrary:
    """Preparing takes a moment a file, the first time."""
    columns = (TextColumn("preparing assets"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        row = bar.add_task("", total=None)
        return open_library(config, lambda done, total: bar.update(row, completed=done, total=total))


def _tell_skipped(opened: OpenLibrary, console: Console) -> None:
    for entry in opened.skipped[:SHOWN]:
        say_line(console, f"Skipped {entry.name}: {entry.reason}.")
    more = len(opened.skipped) - SHOWN
    if more > 0:
        say(console, f"Skipped {more} more; `verichrome assets` names them.")
