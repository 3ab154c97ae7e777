"""The asset library of a command: opened with a progress bar, with warnings, its digest put into the configuration."""

from rich.console import Console

from encode import SceneIndex
from scenes import AssetLibrary, SceneError
from verichrome.config import Config
from verichrome.console import progress_bar, say, say_line
from verichrome.errors import UsageError
from verichrome.library.open import OpenLibrary, open_library
from verichrome.library.sizes import misfits
from verichrome.worker.sampling import sample

__all__ = ["open_watched", "print_misfits", "with_library"]

USER_FAMILIES = ("assets", "blend")  # families that show the user's files alone
SAMPLED = 4  # scenes that are tried before a job starts
SHOWN = 12  # skipped files that are named; `verichrome assets` names them all
NAMED = 3  # objects of odd sizes that are named of a setting; `verichrome assets` names them all


def with_library(config: Config, console: Console) -> tuple[Config, AssetLibrary]:
    """The configuration with its library's digest, and the library; raises UsageError where nothing can be used."""
    if not config.job.uses_library:
        if config.scenes.library:
            raise UsageError("library is given, and none of assets, blend, hdris and materials that it would be of.")
        return config, AssetLibrary()
    opened = open_watched(config, console)
    _print_skipped(opened, console)
    _print_dropped(opened, console)
    library = opened.library
    print_misfits(library, console)
    held = {"assets": library.assets, "blend": library.blends, "hdris": library.probes, "materials": library.surfaces}
    for field, entries in held.items():
        path = getattr(config.job, field)
        if path and not entries:
            raise UsageError(f"{field}: nothing in {path} can be used; `verichrome assets` lists the reasons.")
    if config.scenes.library and config.scenes.library != library.digest:
        raise UsageError(
            f"library must be {library.digest}, the SHA-256 of what assets, blend, hdris and materials hold now, "
            f"got {config.scenes.library}: they have changed."
        )
    if config.scenes.family in USER_FAMILIES:
        _check_sampling(config, library)
    return config.changed(library=library.digest), library


def _check_sampling(config: Config, library: AssetLibrary) -> None:
    """Raise UsageError where no scene can be made of the user's files, before anything is rendered."""
    problem = ""
    for scene in range(min(config.job.scenes, SAMPLED)):
        for attempt in range(config.scenes.max_attempts):
            try:
                sample(config, SceneIndex(scene), attempt, library)
            except SceneError as error:
                problem = str(error)
            else:
                return
    raise UsageError(problem)


def open_watched(config: Config, console: Console) -> OpenLibrary:
    """The asset library, with a bar on the console: preparing takes a moment a file, the first time."""
    with progress_bar(console, "preparing assets") as progress:
        return open_library(config, progress)


def _print_skipped(opened: OpenLibrary, console: Console) -> None:
    for file in opened.skipped[:SHOWN]:
        say_line(console, f"Skipped {file.name}: {file.reason}.")
    more = len(opened.skipped) - SHOWN
    if more > 0:
        say(console, f"Skipped {more} more; `verichrome assets` names them.")


def print_misfits(library: AssetLibrary, console: Console) -> None:
    """Print a sentence for each setting that has objects far from their category's size."""
    for blend in library.blends:
        odd = misfits(blend, library.taxonomy)
        if odd:
            more = f" and {len(odd) - NAMED} more" if len(odd) > NAMED else ""
            message = f"Check {blend.name}: {'; '.join(odd[:NAMED])}{more}: in another unit, or labelled wrongly?"
            say(console, message)


def _print_dropped(opened: OpenLibrary, console: Console) -> None:
    dropped = {**opened.dropped, **{blend.name: blend.dropped for blend in opened.library.blends if blend.dropped}}
    for name, reasons in list(dropped.items())[:SHOWN]:
        more = f" and {len(reasons) - 1} more (`verichrome assets` names them)" if len(reasons) > 1 else ""
        say_line(console, f"In {name}: {reasons[0]}{more}.")
