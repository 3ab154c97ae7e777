"""Estimates how much a file's modifiers, particles, instances and node groups make, before Blender makes it.

Only what certainly takes more memory or time than there is is refused here; the watchdog handles the rest.
"""

from collections.abc import Callable, Iterable, Mapping
from math import prod
from typing import Any

import bpy

from render.library.requests import Unusable

__all__ = ["MOST_FACES", "check_expansion"]

MOST_FACES = 100_000_000  # of all objects of a file; they take some 10 GB
MOST_INSTANCES = 4_000_000  # of a file, the hidden ones too
MOST_PARTICLES = 20_000_000  # of a particle system, its children too
MOST_NODES = 50_000  # of a node tree, with everything in its groups
DEEPEST = 64  # levels of groups within groups
NESTED = 8  # levels of instances within instances that Blender makes


def check_expansion() -> None:
    """Raise Unusable where the open file makes more than any machine can hold."""
    total = 0
    for obj in bpy.data.objects:
        faces = _faces(obj)
        total += faces
        if total > MOST_FACES:
            raise Unusable(
                f"its modifiers make more than {MOST_FACES:,} faces ({obj.name}: {_readable(faces)}): "
                "apply fewer levels or copies"
            )
        _check_particles(obj)
    _check_instances()
    _check_groups()


def _readable(count: int) -> str:
    return f"{count:,}" if count < 10**15 else f"{float(min(count, 10**300)):.0e}"


def _faces(obj: Any) -> int:
    """About how many faces the object has after all its modifiers, with the settings of the render."""
    if obj.type == "MESH":
        faces = len(obj.data.polygons) or len(obj.data.vertices)
    elif obj.type in ("CURVE", "SURFACE"):
        faces = _of_curve(obj.data)
    else:
        return 0
    for modifier in obj.modifiers:
        if modifier.type in GROWTH and faces < 10**30:
            faces = GROWTH[modifier.type](modifier, faces)
    return faces


def _of_curve(curve: Any) -> int:
    round_about = 4 + 2 * curve.bevel_resolution
    along = max(curve.resolution_u, curve.render_resolution_u)
    across = max(curve.resolution_v, curve.render_resolution_v)
    total = 0
    for spline in curve.splines:
        surface = spline.type == "NURBS" and spline.point_count_v > 1
        points = max(len(spline.points), len(spline.bezier_points))
        total += points * along * (across if surface else round_about)
    return total


def _subdivided(modifier: Any, faces: int) -> int:
    level = max(modifier.levels, modifier.render_levels)
    scenes = bpy.data.scenes
    if all(scene.render.use_simplify for scene in scenes):
        level = min(level, max(_simplified(scene.render) for scene in scenes))
    return faces * 4**level


def _simplified(render: Any) -> int:
    return max(render.simplify_subdivision, render.simplify_subdivision_render)


def _arrayed(modifier: Any, faces: int) -> int:
    return faces * modifier.count if modifier.fit_type == "FIXED_COUNT" else faces


def _remeshed(modifier: Any, faces: int) -> int:
    if modifier.mode != "VOXEL":
        return 6 * 4**modifier.octree_depth
    x, y, z = modifier.id_data.dimensions  # about, where the object is scaled
    cells = 2 * (x * y + y * z + z * x) / modifier.voxel_size**2 if modifier.voxel_size > 0 else 0.0
    return max(faces, int(min(cells, 1e30)))


def _waved(modifier: Any, faces: int) -> int:
    """An ocean replaces the mesh, or displaces it by waves of as many points."""
    side = max(modifier.resolution, modifier.viewport_resolution) ** 2
    copies = modifier.repeat_x * modifier.repeat_y if modifier.geometry_mode == "GENERATE" else 1
    return max(faces, side**2 * copies)


def _by_nodes(modifier: Any, faces: int) -> int:
    return max(faces, _most_made(modifier.node_group, faces, DEEPEST))


def _most_made(tree: Any, faces: int, depth: int) -> int:
    """The most that a single node of the tree makes, by the numbers in its sockets."""
    most = 0
    for node in tree.nodes if tree and depth else ():
        if node.bl_idname in MADE and not node.mute:
            names, count = MADE[node.bl_idname]
            values = [_number(node.inputs.get(name)) for name in names]
            most = max(most, count(values, faces))
        elif node.bl_idname == "GeometryNodeGroup":
            most = max(most, _most_made(node.node_tree, faces, depth - 1))
    return most


def _number(socket: Any) -> int:
    return 1 if socket is None or socket.is_linked else max(1, int(socket.default_value))


#: How many faces a modifier makes of so many.
GROWTH: Mapping[str, Callable[[Any, int], int]] = {
    "SUBSURF": _subdivided,
    "MULTIRES": _subdivided,
    "ARRAY": _arrayed,
    "MIRROR": lambda modifier, faces: faces * 2 ** sum(modifier.use_axis),
    "SOLIDIFY": lambda modifier, faces: faces * 2,
    "SCREW": lambda modifier, faces: faces * max(modifier.steps, modifier.render_steps) * modifier.iterations,
    "REMESH": _remeshed,
    "OCEAN": _waved,
    "NODES": _by_nodes,
}
#: Nodes that make many faces by a number alone: its sockets, and how many faces they make of so many.
MADE: Mapping[str, tuple[tuple[str, ...], Callable[[list[int], int], int]]] = {
    "GeometryNodeSubdivideMesh": (("Level",), lambda values, faces: faces * 4 ** values[0]),
    "GeometryNodeSubdivisionSurface": (("Level",), lambda values, faces: faces * 4 ** values[0]),
    "GeometryNodeMeshGrid": (("Vertices X", "Vertices Y"), lambda values, faces: prod(values)),
    "GeometryNodeMeshUVSphere": (("Segments", "Rings"), lambda values, faces: prod(values)),
    "GeometryNodeMeshIcoSphere": (("Subdivisions",), lambda values, faces: 5 * 4 ** values[0]),
    "GeometryNodeMeshCube": (("Vertices X", "Vertices Y", "Vertices Z"), lambda values, faces: prod(values)),
    "GeometryNodeMeshLine": (("Count",), lambda values, faces: values[0]),
    "GeometryNodeMeshCircle": (("Vertices",), lambda values, faces: values[0]),
    "GeometryNodePoints": (("Count",), lambda values, faces: values[0]),
    "GeometryNodeDuplicateElements": (("Amount",), lambda values, faces: values[0]),
    "GeometryNodeVolumeCube": (
        ("Resolution X", "Resolution Y", "Resolution Z"),
        lambda values, faces: prod(values),
    ),
}


def _check_particles(obj: Any) -> None:
    for system in obj.particle_systems:
        settings = system.settings
        children = 1 if settings.child_type == "NONE" else max(1, settings.rendered_child_count)
        if settings.count * children > MOST_PARTICLES:
            raise Unusable(
                f"its particles {settings.name} are {settings.count * children:,}, more than {MOST_PARTICLES:,}"
            )


def _check_instances() -> None:
    known: dict[tuple[str, int], int] = {}
    for scene in bpy.data.scenes:
        count = _instances(scene.collection.all_objects, known, NESTED)
        if count > MOST_INSTANCES:
            raise Unusable(
                f"its collections instance each other some {_readable(count)} times, more than {MOST_INSTANCES:,}"
            )


def _instances(objects: Iterable[Any], known: dict[tuple[str, int], int], depth: int) -> int:
    """How many objects are shown, with those that they instance."""
    total = 0
    for obj in objects:
        total += 1
        if obj.instance_type == "COLLECTION" and obj.instance_collection and depth:
            collection = obj.instance_collection
            key = collection.name_full, depth
            if key not in known:
                known[key] = _instances(collection.all_objects, known, depth - 1)
            total += known[key]
        elif obj.instance_type in ("VERTS", "FACES") and obj.type == "MESH":
            total += len(obj.data.vertices) * len(obj.children)
    return total


def _check_groups() -> None:
    known: dict[str, int] = {}
    owners = (*bpy.data.materials, *bpy.data.worlds, *bpy.data.lights)
    trees = [(owner.name, owner.node_tree) for owner in owners if owner.node_tree]
    for name, tree in (*trees, *((group.name, group) for group in bpy.data.node_groups)):
        if (count := _nodes(tree, known, DEEPEST)) > MOST_NODES:
            raise Unusable(
                f"the nodes of {name} come to {_readable(count)} with all their groups: at most {MOST_NODES:,}"
            )


def _nodes(tree: Any, known: dict[str, int], depth: int) -> int:
    """How many nodes the tree has with every group in it expanded."""
    if not depth:
        return MOST_NODES + 1
    total = 0
    for node in tree.nodes:
        inner = getattr(node, "node_tree", None)
        if inner is None:
            total += 1
            continue
        if inner.name_full not in known:
            known[inner.name_full] = _nodes(inner, known, depth - 1)
        total += known[inner.name_full]
    return total
