"""What this machine offers Blender: is it installed, which libraries does it lack, which devices does Cycles find?

Blender is loaded only in a process of its own (`python -m render.blender_check`), which a bad driver may crash.
"""

import ctypes
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["DEBIAN_PACKAGES", "BlenderCheck", "blender_installed", "check_blender", "missing_libraries"]

#: Debian package of each library that Blender loads and its wheel does not carry.
DEBIAN_PACKAGES = {
    "libX11.so.6": "libx11-6",
    "libXrender.so.1": "libxrender1",
    "libXxf86vm.so.1": "libxxf86vm1",
    "libXfixes.so.3": "libxfixes3",
    "libXi.so.6": "libxi6",
    "libXext.so.6": "libxext6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libSM.so.6": "libsm6",
    "libICE.so.6": "libice6",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libgomp.so.1": "libgomp1",
}


@dataclass(frozen=True, slots=True)
class BlenderCheck:
    """Blender's version and Cycles' devices by kind; or `error`, one sentence, when it does not start."""

    version: str = ""
    devices: tuple[tuple[str, str], ...] = ()
    error: str = ""


def blender_installed() -> bool:
    """Whether the bpy package is installed; it is not loaded."""
    return importlib.util.find_spec("bpy") is not None


def missing_libraries() -> tuple[str, ...]:
    """Names of the system libraries that Blender needs and this machine lacks."""
    return tuple(sorted(name for name in _needed() if not _loads(name)))


def check_blender(timeout: float = 300.0) -> BlenderCheck:
    """Start Blender in a process of its own and ask it; never raises."""
    # -P: nothing is imported from the folder that the command is run in, which may be a stranger's.
    command = [sys.executable, "-P", "-m", "render.blender_check"]
    try:
        with tempfile.TemporaryDirectory(prefix="verichrome-") as scratch:  # Blender leaves its session folder behind
            around = os.environ | {"TMPDIR": scratch}
            done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False, env=around)
    except subprocess.TimeoutExpired:
        return BlenderCheck(error=f"Blender did not start within {timeout:.0f} seconds.")
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        return BlenderCheck(error=f"Blender does not start: {last}")
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return BlenderCheck(answer["version"], tuple((kind, name) for kind, name in answer["devices"]))


def _needed() -> set[str]:
    """What `ldd` finds missing in Blender's library, and the known ones where there is no `ldd`."""
    spec = importlib.util.find_spec("bpy")
    if spec is None or spec.origin is None:
        return set()
    try:
        done = subprocess.run(["ldd", spec.origin], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return set(DEBIAN_PACKAGES) if Path(spec.origin).suffix == ".so" else set()
    return {line.split()[0] for line in done.stdout.splitlines() if "not found" in line}


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _report() -> None:
    """Print Blender's version and devices as one line of JSON, the last on stdout, and end this process."""
    import bpy

    preferences = bpy.context.preferences.addons["cycles"].preferences
    answer = {"version": bpy.app.version_string, "devices": sorted(_devices(preferences))}
    sys.stdout.write("\n" + json.dumps(answer) + "\n")
    sys.stdout.flush()
    os._exit(0)  # Blender may crash or hang on its way out


def _devices(preferences: Any) -> set[tuple[str, str]]:
    kinds = [entry[0] for entry in preferences.get_device_types(None)]
    devices = [device for kind in kinds for device in preferences.get_devices_for_type(kind) or ()]
    return {(device.type, device.name) for device in devices}


if __name__ == "__main__":
    _report()
