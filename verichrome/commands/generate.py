"""`verichrome generate`: renders scenes and makes pairs."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from render.blender_check import DEBIAN_PACKAGES, blender_installed, check_blender, missing_libraries
from render.worker import EngineFactory, blender_engine
from verichrome.config import Config
from verichrome.configfile import read_values, resolve
from verichrome.console import say
from verichrome.errors import UsageError
from verichrome.versions import installed, ray_problem

if TYPE_CHECKING:
    from scenes import AssetLibrary

__all__ = ["check_renderer", "run", "run_job"]


def run(path: Path | None, flags: Mapping[str, Any], verbose: bool) -> int:
    """Resolve the configuration, check everything, run the job."""
    config = resolve(read_values(path) if path else {}, flags)
    check_renderer(config)
    from verichrome.library import with_library  # lazy: what is wrong with a configuration is said without it

    console = Console(stderr=True)
    config, library = with_library(config, console)
    return run_job(config, verbose, console=console, library=library)


def run_job(
    config: Config,
    verbose: bool,
    make_engine: EngineFactory = blender_engine,
    console: Console | None = None,
    library: "AssetLibrary | None" = None,
) -> int:
    """Run the job and print how it ended; raises UsageError before anything is written."""
    from shards import ShardError
    from verichrome.driver.job import Job
    from verichrome.driver.pool import JobFailed
    from verichrome.output import open_output
    from verichrome.signals import Interrupted, interruptible

    console = console or Console(stderr=True)
    store = open_output(config, "generate")
    job = Job(config, store, console, verbose=verbose, make_engine=make_engine, library=library)
    try:
        with interruptible():
            job.run()
    except (JobFailed, ShardError) as error:
        say(console, f"The job failed: {error}")
        return 1
    except Interrupted as stop:
        say(console, _stopped(config))
        return stop.exit_code
    return 3 if job.totals.failed else 0


def check_renderer(config: Config) -> None:
    """Raise UsageError where this machine is to render and cannot."""
    if not installed("ray"):
        raise UsageError(_install("Ray"))
    if ray_problem():
        raise UsageError(ray_problem())
    if config.job.address:
        return  # the cluster's machines render, not this one
    if not blender_installed():
        raise UsageError(_install("Blender (the bpy package)"))
    missing = missing_libraries()
    if missing:
        packages = " ".join(DEBIAN_PACKAGES.get(name, name) for name in missing)
        raise UsageError(
            f"Blender lacks system libraries ({', '.join(missing)}); on Debian or Ubuntu: apt-get install {packages}"
        )
    if config.render.device not in ("auto", "cpu"):
        _check_device(config.render.device)


def _check_device(wanted: str) -> None:
    """Ask Blender, in a process that may crash, before anything is written."""
    probe = check_blender()
    if probe.error:
        raise UsageError(probe.error)
    kinds = sorted({kind.lower() for kind, _ in probe.devices} | {"cpu"})
    if wanted not in kinds:
        raise UsageError(f"device must be one that Cycles finds on this machine ({', '.join(kinds)}), got {wanted}.")


def _install(what: str) -> str:
    return (
        f"{what} is not installed, and rendering needs it: on Python 3.13, "
        "`uv sync --extra render` or `pip install '.[render]'` in a checkout of Verichrome."
    )


def _stopped(config: Config) -> str:
    return f"Stopped. The scenes that are finished stay in {config.job.out}; the same command goes on from there."
