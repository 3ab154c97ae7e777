"""Which device Cycles renders on."""

from typing import Any

import bpy

from render.errors import RenderError
from render.settings import LENS_DEVICES, Device

__all__ = ["use_device"]

PREFERENCE = ("OPTIX", "CUDA", "HIP", "METAL", "ONEAPI")  # fastest first, by Blender's own benchmarks


def use_device(device: Device, *, lenses: bool = False) -> str:
    """Have Cycles render on `device`; returns its kind for the record, as `CPU` or `OPTIX`.

    It returns the kind and not the name, so that a scene has the same bytes on cards that differ in name only.

    Call it for every new file, whose scene forgets the choice. `lenses`: whether a camera has one. Raises RenderError
    where there is no such device, or it shoots through none; `auto` falls back to the CPU.
    """
    scene = bpy.context.scene
    if lenses and device not in LENS_DEVICES:
        raise RenderError(f"device: {device} shoots through no lenses, those that do are {', '.join(LENS_DEVICES)}")
    wanted = {"auto": ("OPTIX",) if lenses else PREFERENCE, "cpu": ()}.get(device, (device.upper(),))
    preferences = bpy.context.preferences.addons["cycles"].preferences
    for kind in wanted:
        if _enable(preferences, kind):
            scene.cycles.device = "GPU"
            return kind
    if device not in ("auto", "cpu"):
        raise RenderError(f"device: {device} is configured, but Cycles finds no such device on this machine")
    scene.cycles.device = "CPU"
    return "CPU"


def _enable(preferences: Any, kind: str) -> bool:
    """Use every device of the kind; whether there is one."""
    try:
        preferences.compute_device_type = kind
    except TypeError:  # this build of Blender does not know the kind
        return False
    preferences.refresh_devices()
    for item in preferences.devices:
        item.use = item.type == kind
    return any(item.use for item in preferences.devices)
