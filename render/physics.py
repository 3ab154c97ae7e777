"""Physics simulation: Blender's rigid bodies, run before the render, then baked into plain transforms."""

from typing import Any

import bpy
import numpy as np
from mathutils import Matrix

from render.collision import hull_points, vessel_points
from render.errors import Rejection
from render.triangles import mesh_arrays
from scenes.scene import Physics, SceneObject

__all__ = ["simulate"]

MARGIN = 0.0005  # metres; Blender's default of 4 cm would leave everything hovering
STILL = 0.004  # metres in the last tenth of a second: about what is visible as motion
FALLEN = 0.10  # metres below where it started
SHIFTED = 0.30  # metres to the side of where it started


def simulate(spec: Physics, entries: dict[int, tuple[SceneObject, Any]]) -> list[Rejection]:
    """Simulate `entries` (spec and Blender object by id) and leave each object where it came to rest.

    Returns why the scene is unusable; nothing where every dynamic body lies still near its start.
    """
    bodies = {i: entry for i, entry in entries.items() if entry[0].body != "fixed"}
    if not any(item.body == "dynamic" for item, _ in bodies.values()):
        return []
    scene = bpy.context.scene
    _make_world(scene, spec)
    proxies = {i: _make_bodies(scene, item, obj) for i, (item, obj) in bodies.items()}
    before: dict[int, Matrix] = {}
    for frame in range(1, spec.steps + 1):
        scene.frame_set(frame)
        if frame == spec.steps - 6:
            before = _poses(proxies)
    after = _poses(proxies)
    bpy.ops.rigidbody.world_remove()
    _remove(proxies)
    scene.frame_set(1)
    for i, (_, obj) in bodies.items():
        obj.matrix_world = after[i]
    bpy.context.view_layer.update()
    return _problems(bodies, before, after)


def _make_world(scene: Any, spec: Physics) -> None:
    bpy.ops.rigidbody.world_add()
    world = scene.rigidbody_world
    world.collection = bpy.data.collections.new("bodies")
    world.substeps_per_frame = 20  # objects a few centimetres wide pass through each other with fewer
    world.solver_iterations = 30
    world.point_cache.frame_start = 1
    world.point_cache.frame_end = spec.steps
    scene.render.fps = 60
    scene.frame_start, scene.frame_end = 1, spec.steps


def _make_bodies(scene: Any, item: SceneObject, obj: Any) -> list[Any]:
    """Proxies of the object in the rigid body world: a hull of few points, or for a vessel the parts of its wall."""
    vertices, triangles = mesh_arrays(obj.data)
    hulls = vessel_points(vertices, triangles) if item.collision == "vessel" else [hull_points(vertices)]
    return [_make_body(scene, item, obj, points) for points in hulls]


def _make_body(scene: Any, item: SceneObject, obj: Any, points: np.ndarray) -> Any:
    mesh = bpy.data.meshes.new("body")
    mesh.from_pydata(points.tolist(), [], [])
    proxy = bpy.data.objects.new("body", mesh)
    proxy.matrix_world = obj.matrix_world
    scene.collection.objects.link(proxy)
    scene.rigidbody_world.collection.objects.link(proxy)
    body = proxy.rigid_body
    body.type = "ACTIVE" if item.body == "dynamic" else "PASSIVE"
    body.collision_shape = "CONVEX_HULL"
    body.mesh_source = "BASE"
    body.mass = item.mass
    body.friction = 0.8
    body.restitution = 0.0
    body.use_margin = True
    body.collision_margin = MARGIN
    body.linear_damping = 0.2
    body.angular_damping = 0.5
    return proxy


def _poses(proxies: dict[int, list[Any]]) -> dict[int, Matrix]:
    graph = bpy.context.evaluated_depsgraph_get()
    return {i: bodies[0].evaluated_get(graph).matrix_world.copy() for i, bodies in proxies.items()}


def _remove(proxies: dict[int, list[Any]]) -> None:
    for body in (body for bodies in proxies.values() for body in bodies):
        mesh = body.data
        bpy.data.objects.remove(body)
        bpy.data.meshes.remove(mesh)


def _problems(
    bodies: dict[int, tuple[SceneObject, Any]], before: dict[int, Matrix], after: dict[int, Matrix]
) -> list[Rejection]:
    problems = []
    for i, (item, _) in bodies.items():
        if item.body != "dynamic":
            continue
        end = after[i].translation
        moved = (end - before[i].translation).length
        start = item.location
        side = ((end.x - start[0]) ** 2 + (end.y - start[1]) ** 2) ** 0.5
        if moved > STILL:
            problems.append(f"{item.name} still moves by {moved * 1000:.1f} mm in the last 0.1 s")
        elif start[2] - end.z > FALLEN:
            problems.append(f"{item.name} fell by {start[2] - end.z:.2f} m")
        elif side > SHIFTED:
            problems.append(f"{item.name} moved sideways by {side:.2f} m")
    return [Rejection(-1, -1, "physics", text) for text in problems]
