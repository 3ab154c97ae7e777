"""Builds a scene in which collections, nodes, particles and vertices show objects through one another, and prints what
it is taken for, as JSON: `python -m tests.library.instanced`.

Each way shows objects of a category of its own, on the four corners of a square.
"""

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

import bpy

from render.library.blend.evaluation import evaluate
from render.library.blend.grouping import group_objects
from scenes.settings import SettingRules
from tests.library.interior import box, linked, mesh_of

SQUARE = [(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)]


def square(name: str, collection: Any = None, **fields: Any) -> Any:
    return linked(name, mesh_of(name, SQUARE, [(0, 1, 2, 3)]), collection, **fields)


def collection(name: str) -> Any:
    """One that its instances alone show."""
    new = bpy.data.collections.new(name)
    bpy.context.scene.collection.children.link(new)
    bpy.context.view_layer.layer_collection.children[name].exclude = True
    return new


def two_parts(name: str) -> Any:
    """A collection of two meshes and a curve, none of which has a telling name."""
    new = collection(name)
    linked("part a", box("a", (0.1, 0.1, 0.1)), new)
    linked("part b", box("b", (0.1, 0.1, 0.1)), new, location=(0, 0, 0.2))
    wire = bpy.data.curves.new("wire", "CURVE")
    wire.dimensions, wire.bevel_depth = "3D", 0.01
    spline = wire.splines.new("POLY")
    spline.points.add(1)
    spline.points[1].co = (0, 0, 0.3, 1)
    linked("part c", wire, new)
    return new


def shown(name: str, what: Any, where: Any = None, **fields: Any) -> Any:
    """An instance of a collection."""
    return linked(name, None, where, instance_type="COLLECTION", instance_collection=what, **fields)


def scatter(obj: Any, source: str, what: Any = None, *, keep: bool = False, twice: bool = False) -> None:
    """Nodes that show something on each of the object's vertices."""
    group = bpy.data.node_groups.new("scatter", "GeometryNodeTree")
    for way in ("INPUT", "OUTPUT"):
        group.interface.new_socket("Geometry", in_out=way, socket_type="NodeSocketGeometry")
    points, sink = group.nodes.new("NodeGroupInput").outputs[0], group.nodes.new("NodeGroupOutput").inputs[0]
    node = group.nodes.new(source)
    if what is not None:
        node.inputs[0 if source.endswith("CollectionInfo") else "Object"].default_value = what
    if source.endswith("ObjectInfo"):
        node.inputs["As Instance"].default_value = True
    geometry = next(socket for socket in node.outputs if socket.type == "GEOMETRY")
    for _ in range(1 + twice):
        strewer = group.nodes.new("GeometryNodeInstanceOnPoints")
        group.links.new(points, strewer.inputs["Points"])
        group.links.new(geometry, strewer.inputs["Instance"])
        geometry = strewer.outputs[0]
    if keep:
        join = group.nodes.new("GeometryNodeJoinGeometry")
        group.links.new(geometry, join.inputs[0])
        group.links.new(points, join.inputs[0])
        geometry = join.outputs[0]
    group.links.new(geometry, sink)
    obj.modifiers.new("scatter", "NODES").node_group = group


def by_collections() -> None:
    inner, chair = collection("pair"), two_parts("Chair")
    for x in (-0.5, 0.5):
        shown("Empty", chair, inner, location=(x, 0, 0))
    for y in (5, 6):
        shown("pair here", inner, location=(0, y, 0))


def by_nodes() -> None:
    scatter(square("a"), "GeometryNodeCollectionInfo", two_parts("Stool"))
    scatter(square("b"), "GeometryNodeObjectInfo", linked("Vase", box("vase", (0.1, 0.1, 0.2)), collection("store")))
    scatter(square("Bowl"), "GeometryNodeMeshCube")
    scatter(square("Plate"), "GeometryNodeMeshCube", keep=True, twice=True)
    inside = collection("inside")
    scatter(square("c", inside), "GeometryNodeCollectionInfo", two_parts("Sofa"))
    scatter(square("Grass", inside), "GeometryNodeMeshCube")
    for x in (-4, 4):
        shown("here", inside, location=(x, 0, 0))
    scatter(square("d"), "GeometryNodeObjectInfo", shown("holder", two_parts("Bottle"), bpy.data.collections["store"]))


def by_vertices() -> None:
    instancer = square("e", instance_type="VERTS")
    stand = linked("Barrel", None, parent=instancer)
    for name in ("foot", "shade"):
        linked(name, box(name, (0.1, 0.1, 0.1)), parent=stand)
    bed = two_parts("Bed")
    for name in ("first", "second"):
        shown(name, bed, parent=instancer)


def by_particles() -> None:
    instancer = square("f")
    settings = instancer.modifiers.new("ps", "PARTICLE_SYSTEM").particle_system.settings
    settings.type, settings.count, settings.use_advanced_hair = "HAIR", 3, True
    settings.render_type, settings.instance_collection = "COLLECTION", two_parts("Desk")
    settings.use_whole_collection = True


def grouped() -> Iterator[tuple[str, str, int, int]]:
    """Name, category, how many showings and meshes each is."""
    rules = SettingRules.model_validate({"rules": [{"collection": "kit", "category": "bookshelf", "whole": True}]})
    for obj in group_objects(evaluate(bpy.context.scene).meshes, rules, ()).seen:
        yield obj.name, obj.label.category, len(obj.parts), len({part.mesh.name for part in obj.parts})


def main() -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for build in (by_collections, by_nodes, by_vertices, by_particles):
        build()
    kit = collection("kit")
    for name in ("board", "post"):
        linked(name, box(name, (0.1, 0.1, 0.1)), kit)
    for x in range(3):
        shown("kit here", kit, location=(x, 9, 0))
    sys.stdout.write("\n@" + json.dumps(list(grouped())) + "\n")
    sys.stdout.flush()
    os._exit(0)  # Blender may crash on the way out


if __name__ == "__main__":
    main()
