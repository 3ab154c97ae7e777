"""The library of a command: opened with a bar to watch, what was skipped said by name, its digest configured."""

from rich.console import Console

from scenes import AssetLibrary, SceneError
from verichrome.config import Config
from verichrome.console import progress_bar, say, say_line
from verichrome.errors import UsageError
from verichrome.library.open import OpenLibrary, open_library
from verichrome.library.sizes import misfits
from verichrome.worker.sampling import sample

__all__ = ["open_watched", "tell_misfits", "with_library"]

OF_THE_USER = ("assets", "blend")  # families that show the user's things alone
SAMPLED = 4  # scenes that are tried before a job starts
SHOWN = 12  # skipped files that are named; `verichrome assets` names them all
NAMED = 3  # things of odd sizes that are named of a place; so does that


def with_library(config: Config, console: Console) -> tuple[Config, AssetLibrary]:
    """The configuration with its library's digest, and the library; raises UsageError where nothing can be used."""
    if not config.job.uses_library:
        if config.scenes.library:
            raise UsageError("library is given, and none of assets, blend, hdris and materials that it would be of.")
        return config, AssetLibrary()
    opened = open_watched(config, console)
    _tell_skipped(opened, console)
    _tell_dropped(opened, console)
    found = opened.library
    tell_misfits(found, console)
    held = {"assets": found.assets, "blend": found.blends, "hdris": found.probes, "materials": found.surfaces}
    for field, entries in held.items():
        path = getattr(config.job, field)
        if path and not entries:
            raise UsageError(f"{field}: nothing in {path} can be used; `verichrome assets` says why.")
    if config.scenes.library and config.scenes.library != found.digest:
        raise UsageError(
            f"library must be {found.digest}, the SHA-256 of what assets, blend, hdris and materials hold now, "
            f"got {config.scenes.library}: they have changed."
        )
    if config.scenes.family in OF_THE_USER:
        _check_sampling(config, found)
    return config.changed(library=found.digest), found


def _check_sampling(config: Config, library: AssetLibrary) -> None:
    """Raise UsageError where no scene can be made of the user's things, before anything is rendered."""
    problem = ""
    for scene in range(min(config.job.scenes, SAMPLED)):
        for attempt in range(config.scenes.max_attempts):
            try:
                sample(config, scene, attempt, library)
            except SceneError as error:
                problem = str(error)
            else:
                return
    raise UsageError(problem)


def open_watched(config: Config, console: Console) -> OpenLibrary:
    """The asset library, with a bar on the console: preparing takes a moment a file, the first time."""
    with progress_bar(console, "preparing assets") as progress:
        return open_library(config, progress)


def _tell_skipped(opened: OpenLibrary, console: Console) -> None:
    for entry in opened.skipped[:SHOWN]:
        say_line(console, f"Skipped {entry.name}: {entry.reason}.")
    more = len(opened.skipped) - SHOWN
    if more > 0:
        say(console, f"Skipped {more} more; `verichrome assets` names them.")


def tell_misfits(library: AssetLibrary, console: Console) -> None:
    """A sentence for each place that has things far from their category's size."""
    for blend in library.blends:
        odd = misfits(blend, library.taxonomy)
        if odd:
            more = f" and {len(odd) - NAMED} more" if len(odd) > NAMED else ""
            said = f"Check {blend.name}: {'; '.join(odd[:NAMED])}{more}: in another unit, or labelled wrongly?"
            say(console, said)


def _tell_dropped(opened: OpenLibrary, console: Console) -> None:
    dropped = {**opened.dropped, **{blend.name: blend.dropped for blend in opened.library.blends if blend.dropped}}
    for name, told in list(dropped.items())[:SHOWN]:
        more = f" and {len(told) - 1} more (`verichrome assets` names them)" if len(told) > 1 else ""
        say_line(console, f"In {name}: {told[0]}{more}.")
