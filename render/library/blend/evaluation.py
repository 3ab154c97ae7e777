"""A file evaluated as its own render would be: hidden objects, render subdivision, particles and instances.

Blender evaluates a file for its render only while an engine renders. So a render engine of this module is started,
which draws nothing and collects what it is given, one view layer after the other.
"""

from typing import Any

import bpy

from render.library.blend.evaluated_scene import EvaluatedScene
from render.library.blend.instance_collector import InstanceCollector
from render.library.blend.layers import choose_layers, layer_notes
from render.library.requests import Unusable

__all__ = ["evaluate"]


def evaluate(scene: Any, layer: str = "") -> EvaluatedScene:
    """Everything that a render of the scene's view layers, or of the one named `layer`, shows; raises Unusable."""
    _set_up(scene, layer)
    collector = InstanceCollector()
    errors: list[Exception] = []

    class CollectingEngine(bpy.types.RenderEngine):
        """Renders nothing: collects the instances of the evaluated scene."""

        bl_idname = "VERICHROME_GATHER"
        bl_label = "Gather"

        def render(self, depsgraph: Any) -> None:
            """Collect what a view layer shows; called by Blender for each of them."""
            try:
                collector.add(depsgraph)
            except Exception as error:  # Blender would print it and go on
                errors.append(error)

    bpy.utils.register_class(CollectingEngine)
    try:
        scene.render.engine = CollectingEngine.bl_idname
        bpy.ops.render.render(scene=scene.name)
    except RuntimeError as error:
        raise Unusable(f"Blender cannot evaluate it ({str(error).splitlines()[0]})") from error
    finally:
        scene.render.engine = "CYCLES"
        bpy.utils.unregister_class(CollectingEngine)
    for problem in errors:
        raise problem
    return collector.result(layer_notes(scene))


def _set_up(scene: Any, layer: str) -> None:
    """Have nothing but the scene's layers rendered: no sequence, compositor, second eye or border."""
    render = scene.render
    render.use_sequencer = render.use_compositing = render.use_multiview = render.use_border = False
    render.use_single_layer = False  # a setting of Blender's window, not of the render
    render.use_motion_blur = render.use_freestyle = False  # Freestyle's lines crash where the engine is not Blender's
    render.resolution_x = render.resolution_y = 32
    choose_layers(scene, layer)
    if scene.camera is None:
        scene.camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
        scene.collection.objects.link(scene.camera)
