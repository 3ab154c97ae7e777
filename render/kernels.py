"""Cycles' kernels for a GPU: loaded by each process before its first scene, and compiled by the first of a machine."""

import bpy

from render.devices import use_device
from render.scratch import one_process
from render.settings import SMALLEST_SIDE, RenderSettings

__all__ = ["load_kernels"]


def load_kernels(settings: RenderSettings) -> str:
    """Render a small empty view, if on a GPU; returns the device, as `use_device` does.

    One process at a time, so that only the first compiles what Blender brings no kernels for, and the others find what
    it has compiled. Raises RenderError where there is no such device.
    """
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    device = use_device(settings.device)
    if device == "CPU":
        return device
    scene.camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    scene.collection.objects.link(scene.camera)
    scene.render.resolution_x = scene.render.resolution_y = SMALLEST_SIDE
    scene.render.resolution_percentage = 100
    scene.cycles.samples = 1
    with one_process("kernels"):
        bpy.ops.render.render()
    return device
