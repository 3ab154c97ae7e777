"""Do depth, K, camera_to_world and box_3d agree: does each pixel centre lead to a point in its object's box?"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Float64

from encode import Frame, ObjectRecord
from encode.formulas.boxes import box_2d
from encode.formulas.channels import largest
from encode.formulas.rotation import are_rotations
from encode.frame_ids import instance_index
from shards.audit.grid import STRIDE, grid_points

__all__ = ["silhouette_problems", "surface_problems"]

# A point lies in its object's box to within a millimetre and a thousandth of its depth. Of 2 million points of
# tabletop scenes the worst took a fifth of it.
_SLACK_METRES = 1e-3
_SLACK_SHARE = 1e-3

#: Boxes are written to a micrometre, rotations to 1e-6.
_ROUNDING = 2e-6

#: Pixels by which a rasterised silhouette may leave its box's: truth and rasteriser may differ by one at a border.
_BORDER = 1.5

#: Under this depth in metres a corner's projection does not bound the box in the image.
_NEAR = 1e-2


def surface_problems(frame: Frame) -> Iterator[str]:
    """Yield where surface points, by depth, K and pose, are outside the boxes of their objects."""
    yield from _box_problems(frame)
    depth = frame.truth.depth[::STRIDE, ::STRIDE].astype(np.float64)
    surface = np.isfinite(depth)
    world = grid_points(frame)
    index = instance_index(frame)
    owner = index.positions[::STRIDE, ::STRIDE][surface]
    # Numbers of 16 bits are sorted in a single pass.
    order = np.argsort(owner.astype(np.uint16) if len(index.ids) <= 1 << 16 else owner, kind="stable")
    ends = np.cumsum(np.bincount(owner, minlength=len(index.ids)))
    records = {record.id: record for record in frame.objects}
    slack = (_SLACK_METRES + _SLACK_SHARE * depth[surface])[order]
    parts = zip(index.ids.tolist(), np.split(world[order], ends[:-1]), np.split(slack, ends[:-1]), strict=True)
    for id_, points, allowed in parts:
        if len(points):
            yield from _outside(records[id_], points, allowed)


def silhouette_problems(frame: Frame) -> Iterator[str]:
    """Yield the objects whose amodal mask leaves the image of their box."""
    height, width = frame.truth.shape
    for record in frame.objects:
        amodal = (frame.amodal or {}).get(record.id)
        if amodal is None or amodal.shape != (height, width):
            continue  # reported by object_problems
        pixels, depth = frame.project_box(record.box_3d)
        if depth.min() < _NEAR or np.isnan(pixels).any():
            continue  # a part of the box has no image, so the rest does not bound it
        u, v = pixels.T
        x0, y0, x1, y1 = box_2d(amodal.any(1), amodal.any(0))
        beyond = max(u.min() - x0, v.min() - y0, x1 - u.max(), y1 - v.max())
        if beyond > _BORDER:
            yield (
                f"{record.name}: expected amodal_rle within the image of box_3d, got pixels {beyond:.1f} px beyond it:"
                " silhouette, K, camera_to_world and box_3d do not agree"
            )


def _box_problems(frame: Frame) -> Iterator[str]:
    rotations = np.array([record.box_3d.rotation for record in frame.objects], np.float64).reshape(-1, 3, 3)
    extents = np.array([record.box_3d.extent for record in frame.objects], np.float64).reshape(-1, 3)
    dimensions = np.array([record.dimensions for record in frame.objects], np.float64).reshape(-1, 3)
    turned = are_rotations(rotations, 4 * _ROUNDING)
    sized = (np.abs(extents - dimensions) <= _ROUNDING).all(axis=1)
    for i in np.flatnonzero(~(turned & sized)):
        record = frame.objects[i]
        rotation, extent = np.asarray(record.box_3d.rotation).tolist(), np.asarray(record.box_3d.extent).tolist()
        if not turned[i]:
            yield f"{record.name}: expected box_3d's rotation to be one, got {rotation}"
        else:
            yield f"{record.name}: expected dimensions {extent} by box_3d, got {list(record.dimensions)}"


def _outside(
    record: ObjectRecord, points: Float64[np.ndarray, "n 3"], slack: Float64[np.ndarray, " n"]
) -> Iterator[str]:
    box = record.box_3d
    inner = np.abs((points - np.asarray(box.center)) @ np.asarray(box.rotation))
    beyond = largest(inner - np.asarray(box.extent) / 2)
    outside: Bool[np.ndarray, " n"] = beyond > slack
    if outside.any():
        yield (
            f"{record.name}: expected its surface within box_3d to 1 mm and 0.1 % of depth, got {outside.mean():.0%} of"
            f" its points up to {beyond.max():.3g} m outside: depth, K, camera_to_world and box_3d do not agree"
        )
