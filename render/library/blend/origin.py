"""A file drawn in map coordinates, brought to the origin: far from it single precision would spoil its truth."""

from dataclasses import replace
from typing import Any

import bpy
import numpy as np
from jaxtyping import Float64
from mathutils import Matrix, Vector

from render.library.blend.evaluation import EvaluatedScene, MeshInstance, evaluate
from render.library.blend.naming import parents
from render.polygons import positions

__all__ = ["evaluate_near_origin"]

FAR = 1000.0  # metres from the origin, along an axis: as far truth is as exact as at the origin, at 3000 no longer
STRAY = 0.03  # share of things that may be near the origin of a file that is drawn elsewhere
ALOOF = 4.0  # how many times farther off than widely spread such a file is
ALIKE = 1e-5  # share of the offset that an evaluation near the origin may differ by: far off it is that coarse
COARSE = 0.005  # metres between two single-precision numbers, from which on the user is told
Box = Float64[np.ndarray, "n 2 3"]


def evaluate_near_origin(scene: Any, scale: float, layer: str = "") -> tuple[EvaluatedScene, Float64[np.ndarray, " 3"]]:
    """What the scene's render shows, and the offset (units) that it was moved by: plus that, all is where the file has
    it. `scale` is metres a unit. A scene that is drawn about its origin stays as it is, but for meshes whose own
    vertices are farther than `FAR` from theirs.

    A far one is evaluated again with everything moved near the origin, so that small offsets under a far parent keep
    their digits. Where that shows something else (drivers, constraints and nodes may speak of absolute places), the
    first evaluation is what is moved. Raises Unusable.
    """
    found = evaluate(scene, layer)
    boxes = _boxes(found.shown)
    offset = _offset(boxes, scale)
    if offset.any():
        found = _moved(scene, found, boxes, offset)
        found.lost.append(_told(offset, scale))
    found.lost += _center_meshes(found.shown, scale)
    return found, offset


def _moved(scene: Any, found: EvaluatedScene, boxes: Box, offset: Float64[np.ndarray, " 3"]) -> EvaluatedScene:
    """What was found, or what is found in its place where the scene is moved; the other's meshes are gone."""
    _move(scene, offset)
    again = evaluate(scene)  # whose layers are chosen by now
    pinned = _pinned(found.shown, boxes - offset, _boxes(again.shown), ALIKE * float(np.linalg.norm(offset)))
    if not pinned:
        _forget(found)
        return again
    _forget(again)
    found.shown[:] = [replace(entry, matrix=_minus(entry.matrix, offset)) for entry in found.shown]
    found.lit[:] = [replace(entry, matrix=_minus(entry.matrix, offset)) for entry in found.lit]
    found.lost.append(f"{pinned} depends on absolute places: all is evaluated where the file has it, as coarsely")
    return found


def _offset(boxes: Box, scale: float) -> Float64[np.ndarray, " 3"]:
    """The middle of most things, whole units that single precision holds; 0 along axes where that is near.

    0 as well where the file is drawn about its origin: something is there, or what is far is spread as widely.
    """
    if not len(boxes):
        return np.zeros(3)
    centers = boxes.mean(axis=1)
    middle = np.median(centers, axis=0)
    spread = float(np.percentile(np.linalg.norm(centers - middle, axis=1), 90))
    gap = np.maximum(np.maximum(boxes[:, 0], -boxes[:, 1]), 0.0)
    near = (gap * scale <= FAR).all(axis=1)
    if near.mean() > STRAY or np.linalg.norm(middle) < ALOOF * spread:
        return np.zeros(3)
    far = np.abs(middle) * scale > FAR
    return np.where(far, np.rint(middle).astype(np.float32).astype(np.float64), 0.0)


def _move(scene: Any, offset: Float64[np.ndarray, " 3"]) -> None:
    """Everything in the scene by minus the offset.

    The objects on which all others hang are moved, and those that share a collection with them; such collections' own
    origins go along, so that their instances stay the same within. What is instanced only stays where it is.
    """
    roots = {collection: {_root(entry) for entry in collection.all_objects} for collection in bpy.data.collections}
    moved, joined = {_root(entry) for entry in scene.objects}, set[Any]()
    while more := {collection for collection, own in roots.items() if collection not in joined and moved & own}:
        joined |= more
        moved.update(*(roots[collection] for collection in more))
    for entry in moved:
        # Not the location, which may be animated.
        entry.delta_location = Vector(np.array(entry.delta_location) - offset)
    for collection in joined:
        collection.instance_offset = Vector(np.array(collection.instance_offset) - offset)
    bpy.context.view_layer.update()


def _root(thing: Any) -> Any:
    return (thing, *parents(thing))[-1]


def _pinned(shown: list[MeshInstance], expected: Box, boxes: Box, margin: float) -> str:
    """The first of what is shown that did not move along, "" for nothing."""
    if expected.shape != boxes.shape:
        return "something in it"
    astray = np.flatnonzero((np.abs(expected - boxes) > margin).any(axis=(1, 2)))
    return shown[astray[0]].names.object if len(astray) else ""


def _forget(found: EvaluatedScene) -> None:
    bpy.data.batch_remove(list({entry.mesh for entry in found.shown}))


def _told(offset: Float64[np.ndarray, " 3"], scale: float) -> str:
    x, y, z = (offset * scale).tolist()
    text = f"it lies far from its origin: moved there by the offset ({x:.10g}, {y:.10g}, {z:.10g}) m"
    step = _step(offset) * scale
    return text + f"; what it stores as such coordinates it rounds to {step:.2g} m itself" * (step > COARSE)


def _step(values: Float64[np.ndarray, " 3"]) -> float:
    """Between two numbers of single precision as large as the largest of the values."""
    return float(np.spacing(np.abs(values).max().astype(np.float32)))


def _center_meshes(shown: list[MeshInstance], scale: float) -> list[str]:
    """Meshes whose vertices are far from their own origin get that amid them; says which are coarse by that."""
    centers: dict[Any, Float64[np.ndarray, " 3"]] = {}
    coarse: dict[str, float] = {}
    for number, entry in enumerate(shown):
        matrix = np.array(entry.matrix, np.float64)
        if entry.mesh not in centers:
            centers[entry.mesh] = _centered(entry.mesh, matrix[:3, :3] * scale)
        if centers[entry.mesh].any():
            matrix[:3, 3] += matrix[:3, :3] @ centers[entry.mesh]
            shown[number] = replace(entry, matrix=Matrix(matrix.tolist()))
            coarse[entry.names.object] = _step(centers[entry.mesh]) * float(np.linalg.norm(matrix[:3, :3], 2)) * scale
    return _coarse({name: step for name, step in coarse.items() if step > COARSE})


def _centered(mesh: Any, turn: Float64[np.ndarray, "3 3"]) -> Float64[np.ndarray, " 3"]:
    """What the mesh's vertices were moved by; 0 where they are near their origin. `turn` is from its axes to metres."""
    low, high = _extent(mesh)
    center = ((low + high) / 2).astype(np.float32).astype(np.float64)
    if np.abs(turn @ center).max() <= FAR:
        return np.zeros(3)
    place = np.array(mesh.texspace_location) - center
    mesh.transform(Matrix.Translation(Vector(-center)))
    if not mesh.use_auto_texspace:
        mesh.texspace_location = Vector(place)
    return center


def _coarse(steps: dict[str, float]) -> list[str]:
    if not steps:
        return []
    first, more = next(iter(steps)), len(steps) - 1
    return [
        f"the vertices of {first}{f' and {more} more' * bool(more)} are map coordinates, which single precision "
        f"rounds to {max(steps.values()):.2g} m: in the file itself their shapes are as coarse"
    ]


def _boxes(shown: list[MeshInstance]) -> Box:
    """The box of each, in world axes."""
    extents: dict[Any, Any] = {}
    for entry in shown:
        if entry.mesh not in extents:
            extents[entry.mesh] = _extent(entry.mesh)
    local = np.array([extents[entry.mesh] for entry in shown]).reshape(-1, 2, 3)
    matrices = np.array([entry.matrix for entry in shown], np.float64).reshape(-1, 4, 4)
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
