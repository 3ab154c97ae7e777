"""Environments of the peers, made by uv in a folder: nothing of them is a dependency of this project.

`blender/4.2/python` has BlenderProc and the Blender that it is made for, in folders as in an installation of Blender,
since BlenderProc looks for its packages by them; `reader` has a Blender that reads and writes what lies between.
"""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

__all__ = ["PEERS", "Environments", "make_environments"]

#: What the peers' environment has.
PEERS = ("blenderproc==2.8.0", "bpy==4.2.0")
READER = ("bpy==4.5.*",)
#: BlenderProc's own list of what it installs into Blender, as it states it.
LISTED = "from blenderproc.python.utility.DefaultConfig import DefaultConfig as C; print(*C.default_pip_packages)"
#: That list was made for an older numpy.
OLDER = "numpy<2"


@dataclass(frozen=True, slots=True)
class Environments:
    """Interpreters: `peers` has BlenderProc and bpy 4.2, `reader` bpy 4.5."""

    peers: Path
    reader: Path


def make_environments(folder: Path) -> Environments:
    """The environments in `folder`, made where they are not there yet; raises RuntimeError with what uv says."""
    peers = _environment(folder / "blender/4.2/python", *PEERS)
    reader = _environment(folder / "reader", *READER)
    known = folder / "blender/custom-python-packages/installed_packages_cache_v2.json"
    if not known.is_file():
        asked = os.environ | {"OUTSIDE_OF_THE_INTERNAL_BLENDER_PYTHON_ENVIRONMENT_BUT_IN_RUN_SCRIPT": "1"}
        packages = _output([peers, "-c", LISTED], asked).split()
        _uv("pip", "install", "-q", "--python", peers, *packages, OLDER)
        known.parent.mkdir(exist_ok=True)
        # BlenderProc installs what is not in this file.
        versions = {name: version for name, _, version in (package.lower().partition("==") for package in packages)}
        known.write_text(json.dumps(versions), encoding="utf-8")
    return Environments(peers, reader)


def _environment(folder: Path, *packages: str) -> Path:
    interpreter = folder / "bin/python"
    if not (folder / "complete").is_file():
        _uv("venv", "-q", "--clear", "--python", "3.11", folder)
        _uv("pip", "install", "-q", "--python", interpreter, *packages)
        (folder / "complete").touch()
    return interpreter


def _uv(*arguments: str | Path) -> None:
    uv = os.environ.get("UV") or shutil.which("uv")  # `uv run` sets the first
    if not uv:
        raise RuntimeError("uv is not found, which makes the peers' environments: run this by `uv run`.")
    _output([uv, *arguments], os.environ | {"UV_HTTP_TIMEOUT": "300"})


def _output(command: list[str | Path], environment: dict[str, str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stderr.strip()}")
    return done.stdout
