"""Which device Cycles renders on."""

from typing import Any

import bpy

from render.errors import RenderError
from render.settings import Device

__all__ = ["use_device"]

PREFERENCE = ("OPTIX", "CUDA", "HIP", "METAL", "ONEAPI")  # fastest first, by Blender's own benchmarks


def use_device(device: Device) -> str:
    """Point Cycles at `device` and return its name for the record (`CPU`, `OPTIX NVIDIA H100`, …).

    Must be called after every factory reset, which forgets the choice. Raises RenderError where the device asked for
    is not there; `auto` falls back to the CPU.
    """
    scene = bpy.context.scene
    wanted = {"auto": PREFERENCE, "cpu": ()}.get(device, (device.upper(),))
    preferences = bpy.context.preferences.addons["cycles"].preferences
    for kind in wanted:
        names = _enable(preferences, kind)
        if names:
            scene.cycles.device = "GPU"
            return f"{kind} {', '.join(names)}"
    if device not in ("auto", "cpu"):
        raise RenderError(f"device: {device} was asked for, but Cycles finds no such device on this machine")
    scene.cycles.device = "CPU"
    return "CPU"


def _enable(preferences: Any, kind: str) -> list[str]:
    try:
        preferences.compute_device_type = kind
    except TypeError:  # this build of Blender does not know the kind
        return []
    preferences.refresh_devices()
    for entry in preferences.devices:
        entry.use = entry.type == kind
    return [entry.name for entry in preferences.devices if entry.use]
