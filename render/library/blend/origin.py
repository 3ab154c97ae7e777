"""Files drawn in map coordinates, moved to the origin: far from it single precision is too coarse for truth."""

from dataclasses import replace
from typing import Any

import bpy
import numpy as np
from jaxtyping import Float64
from mathutils import Matrix, Vector

from render.library.blend.evaluated_scene import EvaluatedScene, MeshInstance
from render.library.blend.evaluation import evaluate
from render.library.blend.naming import parents
from render.polygons import positions

__all__ = ["evaluate_near_origin"]

FAR = 1000.0  # metres from the origin, along an axis: as far truth is as exact as at the origin, at 3000 no longer
NEAR_SHARE = 0.03  # share of instances that may be near the origin of a file that is drawn elsewhere
REMOTE = 4.0  # how many times farther from the origin than it is wide such a file is
ALIKE = 1e-5  # share of the offset by which two evaluations may differ: single precision is that coarse there
COARSE = 0.005  # metres between two single-precision numbers, from which on the user is informed
Box = Float64[np.ndarray, "n 2 3"]


def evaluate_near_origin(scene: Any, scale: float, layer: str = "") -> tuple[EvaluatedScene, Float64[np.ndarray, " 3"]]:
    """What the scene's render shows near the origin, and the offset (units of the file) by which it was moved there.

    Coordinates plus the offset are the file's own. `scale` is metres a unit. A scene that is drawn about its origin
    stays where it is, except meshes that have vertices farther than `FAR` from their origin.

    A far one is moved near the origin and evaluated again, so that small offsets under a far parent keep their digits.
    Where that shows something else (drivers, constraints and nodes may refer to absolute positions), the result of the
    first evaluation is moved instead. Raises Unusable.
    """
    evaluated = evaluate(scene, layer)
    boxes = _boxes(evaluated.meshes)
    offset = _offset(boxes, scale)
    if offset.any():
        evaluated = _moved(scene, evaluated, boxes, offset)
        evaluated.notes.append(_offset_note(offset, scale))
    evaluated.notes += _center_meshes(evaluated.meshes, scale)
    return evaluated, offset


def _moved(scene: Any, evaluated: EvaluatedScene, boxes: Box, offset: Float64[np.ndarray, " 3"]) -> EvaluatedScene:
    """The evaluation of the moved scene, or the first one, moved; the meshes of the other are removed."""
    _move(scene, offset)
    again = evaluate(scene)  # its layers are chosen by now
    pinned = _pinned(evaluated.meshes, boxes - offset, _boxes(again.meshes), ALIKE * float(np.linalg.norm(offset)))
    if not pinned:
        _remove_meshes(evaluated)
        return again
    _remove_meshes(again)
    evaluated.meshes[:] = [replace(one, matrix=_minus(one.matrix, offset)) for one in evaluated.meshes]
    evaluated.lamps[:] = [replace(one, matrix=_minus(one.matrix, offset)) for one in evaluated.lamps]
    evaluated.notes.append(f"{pinned} depends on absolute places: all is evaluated where the file has it, as coarsely")
    return evaluated


def _offset(boxes: Box, scale: float) -> Float64[np.ndarray, " 3"]:
    """The middle of most instances, in whole units that single precision represents; 0 along axes where it is near.

    0 everywhere where the file is drawn about its origin: something is there, or it is as wide as it is far.
    """
    if not len(boxes):
        return np.zeros(3)
    centers = boxes.mean(axis=1)
    middle = np.median(centers, axis=0)
    spread = float(np.percentile(np.linalg.norm(centers - middle, axis=1), 90))
    gap = np.maximum(np.maximum(boxes[:, 0], -boxes[:, 1]), 0.0)
    near = (gap * scale <= FAR).all(axis=1)
    if near.mean() > NEAR_SHARE or np.linalg.norm(middle) < REMOTE * spread:
        return np.zeros(3)
    far = np.abs(middle) * scale > FAR
    return np.where(far, np.rint(middle).astype(np.float32).astype(np.float64), 0.0)


def _move(scene: Any, offset: Float64[np.ndarray, " 3"]) -> None:
    """Move everything in the scene by minus the offset.

    The root objects are moved, with all that share a collection with them; the origins of those collections move too,
    so that their instances stay the same. What is only instanced stays where it is.
    """
    roots = {collection: {_root(obj) for obj in collection.all_objects} for collection in bpy.data.collections}
    moved, joined = {_root(obj) for obj in scene.objects}, set[Any]()
    while more := {collection for collection, own in roots.items() if collection not in joined and moved & own}:
        joined |= more
        moved.update(*(roots[collection] for collection in more))
    for obj in moved:
        # Not the location, which may be animated.
        obj.delta_location = Vector(np.array(obj.delta_location) - offset)
    for collection in joined:
        collection.instance_offset = Vector(np.array(collection.instance_offset) - offset)
    bpy.context.view_layer.update()


def _root(obj: Any) -> Any:
    return (obj, *parents(obj))[-1]


def _pinned(instances: list[MeshInstance], expected: Box, boxes: Box, margin: float) -> str:
    """The name of the first instance that did not move with the others, "" for none."""
    if expected.shape != boxes.shape:
        return "something in it"
    unmoved = np.flatnonzero((np.abs(expected - boxes) > margin).any(axis=(1, 2)))
    return instances[unmoved[0]].names.object if len(unmoved) else ""


def _remove_meshes(evaluated: EvaluatedScene) -> None:
    bpy.data.batch_remove(list({instance.mesh for instance in evaluated.meshes}))


def _offset_note(offset: Float64[np.ndarray, " 3"], scale: float) -> str:
    x, y, z = (offset * scale).tolist()
    text = f"it lies far from its origin: moved there by the offset ({x:.10g}, {y:.10g}, {z:.10g}) m"
    step = _step(offset) * scale
    return text + f"; what it stores as such coordinates it rounds to {step:.2g} m itself" * (step > COARSE)


def _step(values: Float64[np.ndarray, " 3"]) -> float:
    """The distance between two single-precision numbers of the size of the largest of the values."""
    return float(np.spacing(np.abs(values).max().astype(np.float32)))


def _center_meshes(instances: list[MeshInstance], scale: float) -> list[str]:
    """Move the origin of meshes with far vertices to the middle of these; notes on those with coarse vertices."""
    centers: dict[Any, Float64[np.ndarray, " 3"]] = {}
    coarse: dict[str, float] = {}
    for number, instance in enumerate(instances):
        matrix = np.array(instance.matrix, np.float64)
        if instance.mesh not in centers:
            centers[instance.mesh] = _centered(instance.mesh, matrix[:3, :3] * scale)
        if centers[instance.mesh].any():
            matrix[:3, 3] += matrix[:3, :3] @ centers[instance.mesh]
            instances[number] = replace(instance, matrix=Matrix(matrix.tolist()))
            coarse[instance.names.object] = (
                _step(centers[instance.mesh]) * float(np.linalg.norm(matrix[:3, :3], 2)) * scale
            )
    return _coarse_notes({name: step for name, step in coarse.items() if step > COARSE})


def _centered(mesh: Any, turn: Float64[np.ndarray, "3 3"]) -> Float64[np.ndarray, " 3"]:
    """By what the mesh's vertices were moved, 0 where they are near; `turn` is from the mesh's axes to metres."""
    low, high = _extent(mesh)
    center = ((low + high) / 2).astype(np.float32).astype(np.float64)
    if np.abs(turn @ center).max() <= FAR:
        return np.zeros(3)
    texture_space = np.array(mesh.texspace_location) - center
    mesh.transform(Matrix.Translation(Vector(-center)))
    if not mesh.use_auto_texspace:
        mesh.texspace_location = Vector(texture_space)
    return center


def _coarse_notes(steps: dict[str, float]) -> list[str]:
    if not steps:
        return []
    first, more = next(iter(steps)), len(steps) - 1
    return [
        f"the vertices of {first}{f' and {more} more' * bool(more)} are map coordinates, which single precision "
        f"rounds to {max(steps.values()):.2g} m: in the file itself their shapes are as coarse"
    ]


def _boxes(instances: list[MeshInstance]) -> Box:
    """The box of each, in world axes."""
    extents: dict[Any, Any] = {}
    for instance in instances:
        if instance.mesh not in extents:
            extents[instance.mesh] = _extent(instance.mesh)
    local = np.array([extents[instance.mesh] for instance in instances]).reshape(-1, 2, 3)
    matrices = np.array([instance.matrix for instance in instances], np.float64).reshape(-1, 4, 4)
    middle = np.einsum("nij,nj->ni", matrices[:, :3, :3], local.mean(axis=1)) + matrices[:, :3, 3]
    reach = np.einsum("nij,nj->ni", np.abs(matrices[:, :3, :3]), np.ptp(local, axis=1) / 2)
    return np.stack([middle - reach, middle + reach], axis=1)


def _extent(mesh: Any) -> tuple[Float64[np.ndarray, " 3"], Float64[np.ndarray, " 3"]]:
    points = positions(mesh).astype(np.float64)
    return points.min(axis=0), points.max(axis=0)


def _minus(matrix: Any, offset: Float64[np.ndarray, " 3"]) -> Any:
    moved = np.array(matrix, np.float64)
    moved[:3, 3] -= offset
    return Matrix(moved.tolist())
