"""Builds a scene whose layers, collections and objects hide things from its camera in every way, and prints who sees
what by each of the layers that are named ("" for the file's own), as JSON: `python layered.py [LAYER...]`."""

import json
import os
import sys
from typing import Any

import bpy

from render.library.blend.evaluation import evaluate
from render.library.requests import Unusable
from tests.library.interior import box, linked, material


def collection(name: str, label: str = "", **fields: Any) -> Any:
    """A collection with a box of its own, and what its layer collection has in the first layer."""
    new = bpy.data.collections.new(name)
    bpy.context.scene.collection.children.link(new)
    linked(label or name, box(name, (1, 1, 1), material(name)), new)
    for field, value in fields.items():
        setattr(bpy.context.scene.view_layers[0].layer_collection.children[name], field, value)
    return new


def seen(layer: str) -> Any:
    """Objects and lamps with the rays that see them, and what is lost; or why nothing can be evaluated."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.view_layers[0].name = "first"
    for field in ("is_holdout", "is_shadow_catcher"):
        linked(field, box(field, (1, 1, 1)), **{field: True})
    linked("no shadow", box("b", (1, 1, 1)), visible_shadow=False)
    source = collection("source", exclude=True)
    linked("lamp in it", bpy.data.lights.new("lamp", "POINT"), source, visible_glossy=False)
    for field in ("visible_camera", "visible_shadow"):
        empty = linked(f"not {field}", None, instance_type="COLLECTION", instance_collection=source)
        setattr(empty, field, False)
    collection("indirect", indirect_only=True)
    collection("held", holdout=True)
    collection("actor", holdout=True)
    collection("set", exclude=True)
    others = [scene.view_layers.new(name) for name in ("second", "off")]
    for name in ("source", "indirect", "held"):
        for other in others:
            other.layer_collection.children[name].exclude = True
    others[0].material_override = material("clay")
    others[1].use = False
    collection("last")
    for shown in scene.view_layers[:2]:
        shown.layer_collection.children["last"].exclude = True
    try:
        evaluated = evaluate(scene, layer)
    except Unusable as error:
        return str(error)
    shown_objects = [
        [
            mesh.names.object,
            [int(flag) for flag in mesh.visibility.flags],
            mesh.override.name if mesh.override else "",
        ]
        for mesh in evaluated.meshes
    ]
    return (
        shown_objects,
        [[lamp.name, [int(flag) for flag in lamp.visibility.flags]] for lamp in evaluated.lamps],
        evaluated.notes,
    )


if __name__ == "__main__":
    sys.stdout.write("\n@" + json.dumps([seen(layer) for layer in sys.argv[1:]]) + "\n")
    sys.stdout.flush()
    os._exit(0)  # Blender may crash on the way out
