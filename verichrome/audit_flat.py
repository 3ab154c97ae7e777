"""Do the surfaces of objects that are plain boxes lie on the faces of their boxes, by depth, lens and K of the view?"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from jaxtyping import Float64

from encode import Frame, ObjectRecord
from encode.formulas.channels import largest
from scenes.model import ObjectSpec
from scenes.shapes import Box
from shards.audit.grid import STRIDE, grid_points
from verichrome.audit_spec import NO_SPEC, replayed_spec

__all__ = ["flat_problems"]

#: Three quarters of the points must be this near to a face, in metres and as a share of depth. Of 130 views of this
#: project, with and without lenses, the worst had 2.3e-5, by a fisheye's rays in single precision; most have 5e-6.
_SLACK = 6e-5
_SHARE = 0.75

#: With fewer points nothing is concluded.
_LEAST_POINTS = 100


def flat_problems(frame: Frame, scene: Mapping[str, Any]) -> Iterator[str]:
    """Yield a problem if floors, walls and other objects of one box are bent by depth, K and lens.

    That a point is on its box's surface is known whatever bumps its normal has, and to a fifteenth of what the check of
    `reprojection` allows, which knows only that it is within the box.
    """
    try:
        spec = replayed_spec(scene)
    except NO_SPEC:
        return  # reported by the rule `spec`
    boxes = {item.id for item in spec.objects if _is_box(item.model)}
    surface = np.isfinite(frame.truth.depth[::STRIDE, ::STRIDE])
    owner = frame.truth.instance[::STRIDE, ::STRIDE][surface]
    slack = _SLACK * (1 + frame.truth.depth[::STRIDE, ::STRIDE][surface])
    points = grid_points(frame)
    shares = [
        _off(record, points[owner == record.id]) / slack[owner == record.id]
        for record in frame.objects
        if record.id in boxes
    ]
    off = np.concatenate(shares or [np.zeros(0)])
    if len(off) >= _LEAST_POINTS and (worst := float(np.quantile(off, _SHARE))) > 1:
        yield (
            f"expected three quarters of {len(off)} points of objects that are boxes to lie on their faces to"
            f" {_SLACK:g} m and that share of depth, got {worst:.1f} times that: depth, lens, K and box_3d do not agree"
        )


def _is_box(model: ObjectSpec) -> bool:
    """Whether an object is a cuboid that fills its box."""
    (part, *others) = model.parts
    return not others and isinstance(part.shape, Box) and not part.modifiers and not any(part.rotation)


def _off(record: ObjectRecord, points: Float64[np.ndarray, "n 3"]) -> Float64[np.ndarray, " n"]:
    """Metres from points to the nearest face of a box, or its plane."""
    box = record.box_3d
    beyond = np.abs((points - np.asarray(box.center)) @ np.asarray(box.rotation)) - np.asarray(box.extent) / 2
    off: Float64[np.ndarray, " n"] = np.abs(largest(beyond))
    return off
