"""The scene of a file and the view layers that its render is made of, with notes on them."""

from collections.abc import Iterator
from typing import Any

import bpy

from render.library.requests import Unusable

__all__ = ["choose_layers", "choose_scene", "layer_notes", "world_of"]


def choose_scene(wanted: str = "") -> Any:
    """The scene named `wanted`, made current; the file's own active one for "". Raises Unusable."""
    if wanted and wanted not in bpy.data.scenes:
        raise Unusable(f"it has no scene {wanted!r}, only {', '.join(scene.name for scene in bpy.data.scenes)}")
    scene = bpy.data.scenes[wanted] if wanted else bpy.context.scene
    bpy.context.window.scene = scene
    return scene


def choose_layers(scene: Any, wanted: str = "") -> list[Any]:
    """Enable only the layers to render: those that the file has enabled, or the one named `wanted`.

    Raises Unusable where there is no such layer.
    """
    layers = list(scene.view_layers)
    if wanted and wanted not in scene.view_layers:
        names = ", ".join(layer.name for layer in layers)
        raise Unusable(f"its scene {scene.name} has no view layer {wanted!r}, only {names}")
    chosen = [scene.view_layers[wanted]] if wanted else [layer for layer in layers if layer.use] or layers[:1]
    for layer in layers:
        layer.use = layer in chosen
    return chosen


def layer_notes(scene: Any) -> Iterator[str]:
    """Clauses on layers that are left out or shown together, and on what those that are shown change."""
    shown = [layer for layer in scene.view_layers if layer.use]
    left_out = [layer.name for layer in scene.view_layers if not layer.use]
    if len(shown) > 1:
        yield f"its view layers {_listed([layer.name for layer in shown])} are shown as one scene"
    if left_out:
        yield f"what only the view layer{'s' * (len(left_out) > 1)} {_listed(left_out)} would show is left out"
    for layer in shown:
        if (override := layer.material_override) is not None:
            yield f"the view layer {layer.name} shows what only it has in one material, {override.name}"
        if not layer.use_solid:
            yield f"the view layer {layer.name} shows no surfaces"
        if not layer.use_strand:
            yield f"the view layer {layer.name} shows no hair"


def world_of(scene: Any) -> Any:
    """The world that the first enabled layer has of its own, else that of the scene; None where there is none."""
    shown = [layer for layer in scene.view_layers if layer.use]
    return next((layer.world_override for layer in shown if layer.world_override is not None), scene.world)


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
