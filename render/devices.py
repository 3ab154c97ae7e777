"""Which device Cycles renders on."""

from typing import Any

import bpy

from render.errors import RenderError
from render.settings import Device

__all__ = ["use_device"]

PREFERENCE = ("OPTIX", "CUDA", "HIP", "METAL", "ONEAPI")  # fastest first, by Blender's own benchmarks


def use_device(device: Device) -> str:
    """Point Cycles at `device` and return its kind for the record: `CPU`, `OPTIX`, …

    Not its name: a scene's bytes must be the same on every machine of a cluster whose cards differ in name alone.

    Must be called after every factory reset, which forgets the choice. Raises RenderError where the device asked for
    is not there; `auto` falls back to the CPU.
    """
    scene = bpy.context.scene
    wanted = {"auto": PREFERENCE, "cpu": ()}.get(device, (device.upper(),))
    preferences = bpy.context.preferences.addons["cycles"].preferences
    for kind in wanted:
        if _enable(preferences, kind):
            scene.cycles.device = "GPU"
            return kind
    if device not in ("auto", "cpu"):
        raise RenderError(f"device: {device} was asked for, but Cycles finds no such device on this machine")
    scene.cycles.device = "CPU"
    return "CPU"


def _enable(preferences: Any, kind: str) -> bool:
    """Use every device of the kind; whether there is one."""
    try:
        preferences.compute_device_type = kind
    except TypeError:  # this build of Blender does not know the kind
        return False
    preferences.refresh_devices()
    for entry in preferences.devices:
        entry.use = entry.type == kind
    return any(entry.use for entry in preferences.devices)
