"""Does a frame obey the truth contract of docs/formats.md? One generator a rule, each yielding what is wrong."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from jaxtyping import Bool

from encode import Frame
from encode.formulas.channels import any_channel, dots
from encode.formulas.projection import pixel_slopes, rays_through
from encode.formulas.rotation import is_rotation
from encode.frame_ids import category_index, instance_index
from shards.audit.boxes import silhouette_problems, surface_problems
from shards.audit.objects import object_problems
from shards.audit.planes import plane_problems
from shards.audit.surface import part_problems

__all__ = ["frame_problems"]

#: Float32 rounding of a normalised vector, with room for a renderer that normalises in float32.
_UNIT_TOLERANCE = 1e-4

#: Float64 rounding of a pose that JSON stores to the last digit.
_RIGID_TOLERANCE = 1e-9

Rule = Callable[[Frame], Iterator[str]]


def frame_problems(frame: Frame) -> Iterator[tuple[str, str]]:
    """Yield (rule, sentence) for everything wrong with a frame; the rest is not checked where its maps contradict."""
    sound = True
    for rule, check in _FOUNDATIONS.items():
        for detail in check(frame):
            sound = False
            yield rule, detail
    if not sound:
        return  # the other rules would repeat the problem, or fail on it
    for rule, check in _RULES.items():
        for detail in check(frame):
            yield rule, detail


def _depth(frame: Frame) -> Iterator[str]:
    depth = frame.truth.depth
    if np.isnan(depth).any():
        yield f"{np.isnan(depth).sum()} pixels are NaN, the first at {_first(np.isnan(depth))}"
    elif not (depth > 0).all():
        yield f"expected depth > 0, got {depth.min()} at {_first(depth <= 0)}"


def _camera(frame: Frame) -> Iterator[str]:
    k, pose = frame.intrinsics, frame.camera_to_world
    height, width = frame.truth.shape
    if not (np.isfinite(k).all() and np.isfinite(pose).all()):
        yield f"expected finite intrinsics and camera_to_world, got {k.tolist()} and {pose.tolist()}"
        return
    fx, fy, cx, cy = k[0, 0], k[1, 1], k[0, 2], k[1, 2]
    if not np.array_equal(k, [[fx, 0, cx], [0, fy, cy], [0, 0, 1]]) or fx <= 0 or fy <= 0:
        yield f"expected K = [[fx, 0, cx], [0, fy, cy], [0, 0, 1]] with fx, fy > 0, got {k.tolist()}"
    if not (0 <= cx <= width and 0 <= cy <= height):
        yield f"expected the principal point within {width}x{height}, got ({cx}, {cy})"
    u, v = np.array([[0.0, width, 0.0, width], [0.0, 0.0, height, height]])
    if fx > 0 and fy > 0 and not np.isfinite(rays_through(u, v, k, frame.lens)).all():
        yield (
            "expected a lens that shows different points in different pixels up to the image's corners, got"
            f" {frame.lens.model} {list(frame.lens.coefficients)}"
        )
    if not is_rotation(pose[:3, :3], _RIGID_TOLERANCE) or not np.array_equal(pose[3], [0, 0, 0, 1]):
        yield f"expected camera_to_world to be a rotation and a shift, got {pose.tolist()}"


def _ids(frame: Frame) -> Iterator[str]:
    for name, known, index in (
        ("instance", [record.id for record in frame.objects], instance_index),
        ("category", [category.id for category in frame.categories], category_index),
    ):
        if len(set(known)) != len(known) or min(known, default=1) < 1:
            yield f"expected {name} ids in scene.json to be distinct and > 0, got {sorted(known)}"
            continue
        unknown = set(index(frame).ids.tolist()) - {0, *known}
        if unknown:
            yield f"{name} ids {sorted(unknown)[:5]} are not in scene.json"


def _surface(frame: Frame) -> Iterator[str]:
    truth = frame.truth
    none = np.isinf(truth.depth)
    wrong = (truth.instance == 0) != none
    if wrong.any():
        yield (
            f"expected instance 0 exactly where depth is infinite, {wrong.sum()} pixels differ,"
            f" the first at {_first(wrong)}"
        )
    wrong = none & (truth.category != frame.world_category)
    if wrong.any():
        yield (
            f"expected the world's category {frame.world_category} where there is no surface,"
            f" got {truth.category[wrong][0]} at {_first(wrong)}"
        )


def _normals(frame: Frame) -> Iterator[str]:
    normal, none = frame.truth.normal, np.isinf(frame.truth.depth)
    squared = dots(normal, normal)
    wrong = none & (squared != 0)
    if wrong.any():
        yield f"expected 0 where there is no surface, got {normal[wrong][0]} at {_first(wrong)}"
    wrong = ~none & ~(np.abs(squared - 1) <= 2 * _UNIT_TOLERANCE)
    if wrong.any():
        length = float(np.sqrt(squared[wrong][0]))
        yield f"expected unit vectors, got length {length:.6g} at {_first(wrong)} ({wrong.sum()} pixels)"
    x, y = pixel_slopes(frame.intrinsics, *frame.truth.shape[::-1], lens=frame.lens)
    away = normal[..., 0] * x + normal[..., 1] * y > normal[..., 2]  # the scalar product with (x, y, -1) is > 0
    if away.any():
        yield f"expected normals that face the camera, {away.sum()} pixels do not, the first at {_first(away)}"


def _categories(frame: Frame) -> Iterator[str]:
    known = {0: "", **{category.id: category.name for category in frame.categories}}
    if frame.world_category and frame.world_category not in known:
        yield f"the world's category {frame.world_category} is not among the categories"
    for record in frame.objects:
        name = known.get(record.category_id)
        if name != record.category:
            yield f"object {record.name}: category {record.category_id} is {name}, not {record.category}"
    index = instance_index(frame)
    owners: dict[int, int] = {0: frame.world_category, **{record.id: record.category_id for record in frame.objects}}
    expected = np.array([owners[id_] for id_ in index.ids.tolist()], np.uint32)[index.positions]
    wrong = (frame.truth.instance > 0) & (expected != frame.truth.category)
    if wrong.any():
        yield (
            f"expected each pixel to have its object's category, {wrong.sum()} do not, the first at {_first(wrong)}:"
            f" instance {frame.truth.instance[wrong][0]}, category {frame.truth.category[wrong][0]}"
        )


def _albedo(frame: Frame) -> Iterator[str]:
    none = np.isinf(frame.truth.depth)
    wrong = none & (any_channel(frame.albedo) if frame.albedo is not None else False)
    if wrong.any():
        yield f"expected black where there is no surface, {wrong.sum()} pixels differ, the first at {_first(wrong)}"


def _shading(frame: Frame) -> Iterator[str]:
    """Light is finite, not negative, and only where there is a surface; the residual is finite."""
    if frame.shading is None:
        return
    shading, residual = frame.shading.shading, frame.shading.residual
    for name, values in (("shading", shading), ("residual", residual)):
        wrong = ~np.isfinite(values).all(axis=-1)
        if wrong.any():
            yield f"expected finite {name}, {wrong.sum()} pixels differ, the first at {_first(wrong)}"
    wrong = (shading < 0).any(axis=-1)
    if wrong.any():
        yield f"expected shading of 0 and more, {wrong.sum()} pixels differ, the first at {_first(wrong)}"
    wrong = shading.any(axis=-1) & np.isinf(frame.truth.depth)
    if wrong.any():
        yield f"expected no shading where there is no surface, {wrong.sum()} pixels have some, first {_first(wrong)}"


_FOUNDATIONS: Mapping[str, Rule] = {"depth": _depth, "camera": _camera, "ids": _ids, "surface": _surface}
_RULES: Mapping[str, Rule] = {
    "normals": _normals,
    "categories": _categories,
    "albedo": _albedo,
    "shading": _shading,
    "parts": part_problems,
    "objects": object_problems,
    "reprojection": surface_problems,
    "planes": plane_problems,
    "silhouette": silhouette_problems,
}


def _first(mask: Bool[np.ndarray, "h w"]) -> str:
    row, column = np.argwhere(mask)[0].tolist()
    return f"row {row}, column {column}"
