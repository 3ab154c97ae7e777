"""`verichrome doctor`: checks whether this machine can render."""

import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from render.blender_check import DEBIAN_PACKAGES, blender_installed, check_blender, missing_libraries
from scenes import family_names, load_taxonomy
from verichrome.machine import GIB, cores, memory_bytes
from verichrome.versions import installed, ray_problem

__all__ = ["run"]

RAM_DISK = Path("/dev/shm")


def run() -> int:
    """Print the findings; 1 if this machine cannot render."""
    findings = [*_machine(), *_software()]
    table = Table(show_header=False, box=None, pad_edge=False)
    for good, what, detail in findings:
        table.add_row("[green]ok[/]" if good else "[red]--[/]", what, Text(detail))
    console = Console()
    console.print(table)
    able = all(good for good, _, _ in findings)
    console.print("This machine can render." if able else "This machine cannot render yet; see the lines marked --.")
    return 0 if able else 1


Finding = tuple[bool, str, str]


def _machine() -> Iterator[Finding]:
    yield True, "cores", str(cores())
    memory = memory_bytes() / GIB
    yield memory >= 2, "memory", f"{memory:.1f} GiB" + ("" if memory >= 2 else "; a worker needs 2")
    room = shutil.disk_usage(RAM_DISK).free / GIB if RAM_DISK.is_dir() else 0.0
    slow = "" if room >= 0.25 else "; Blender's results go through the disk, which is slower"
    yield True, "/dev/shm", f"{room:.1f} GiB free{slow}"


def _software() -> Iterator[Finding]:
    version = platform.python_version()
    right = version.startswith("3.13.")
    yield right, "python", version if right else f"{version}; Blender 5.2 as a module needs 3.13"
    yield not ray_problem(), "ray", ray_problem() or installed("ray")
    yield True, "families", ", ".join(family_names())
    yield True, "categories", f"{len(load_taxonomy().category)}, and your own; `verichrome categories` lists them"
    yield from _blender()


def _blender() -> Iterator[Finding]:
    if not blender_installed():
        yield False, "blender", "not installed: pip install 'verichrome[render]' on Python 3.13"
        return
    missing = missing_libraries()
    packages = " ".join(DEBIAN_PACKAGES.get(name, name) for name in missing)
    libraries = (
        f"missing {', '.join(missing)}; on Debian or Ubuntu: apt-get install {packages}" if missing else "all there"
    )
    yield not missing, "libraries", libraries
    if missing:
        return
    probe = check_blender()
    yield not probe.error, "blender", probe.error or probe.version
    if not probe.error:
        yield True, "devices", ", ".join(f"{kind} {name}" for kind, name in probe.devices) or "CPU only"
