"""What is sewn onto clothes: pockets, flaps and the placket of a shirt."""

import numpy as np

from scenes.blob.drapes import Patch
from scenes.mesh import Floats
from scenes.people.axes import row
from scenes.people.skeleton import SIDES, Skeleton

__all__ = ["seat_pockets", "top_patches"]

# Of tops, by what they fold like: pieces as (left, right, upper, lower, point, thickness). Left and right in shares of
# the stature from the middle to the wearer's left, heights over the waist in shares of the chest; then metres.
_PIECES = {
    "shirting": ((0.03, 0.075, 0.78, 0.52, 0.012, 0.002),),
    "fleece": ((-0.075, 0.075, 0.12, -0.22, 0.0, 0.005),),
    "shell": ((0.06, 0.072, 0.1, -0.22, 0.0, 0.004), (-0.072, -0.06, 0.1, -0.22, 0.0, 0.004)),
    "suiting": (
        (0.045, 0.09, -0.3, -0.44, 0.0, 0.004),
        (-0.09, -0.045, -0.3, -0.44, 0.0, 0.004),
        (0.035, 0.075, 0.7, 0.65, 0.0, 0.003),
    ),
    "overcoat": ((0.045, 0.095, -0.26, -0.42, 0.0, 0.006), (-0.095, -0.045, -0.26, -0.42, 0.0, 0.006)),
}
_PLACKET = 0.009  # of the stature: half its width
CLEAR = 0.06  # of the stature: a forearm nearer to a pocket than this hides it


def top_patches(body: Skeleton, fabric: str, low: float) -> tuple[Patch, ...]:
    """Pockets of a top, and the placket of a shirt, whose hem is `low` metres under the waist."""
    pieces = [piece for piece in _PIECES.get(fabric, ()) if not body.seated or piece[3] > -0.05]
    if fabric == "shirting":
        bottom = 0.0 if body.seated else -low / body.build.chest + 0.06
        pieces.append((-_PLACKET, _PLACKET, 1.08, bottom, 0.0, 0.0022))
    found = [_front(body, *piece) for piece in pieces]
    return tuple(patch for patch in found if not _is_behind_arm(body, patch))


def _is_behind_arm(body: Skeleton, patch: Patch) -> bool:
    """Whether a forearm lies before a part of the patch, which would then come to lie on the sleeve."""
    corners = np.array(patch.corners)
    points = np.concatenate([corners, corners.mean(0)[None]])
    for arm in body.arms:
        forearm = arm.elbow + np.linspace(0, 1.2, 7)[:, None] * (arm.wrist - arm.elbow)
        if np.linalg.norm(points[:, None] - forearm, axis=2).min() < CLEAR * body.build.stature:
            return True
    return False


def _front(
    body: Skeleton, left: float, right: float, upper: float, lower: float, point: float, thickness: float
) -> Patch:
    height, chest = body.build.stature, body.build.chest

    def at(x: float, z: float) -> Floats:
        return np.asarray(body.waist + body.chest @ np.array([x * height, -0.085 * height, z * chest]))

    corners = (row(at(left, upper)), row(at(right, upper)), row(at(right, lower)), row(at(left, lower)))
    return Patch(corners=corners, point=point, thickness=thickness)


def seat_pockets(body: Skeleton, drop: float) -> tuple[Patch, ...]:
    """Those on the back of trousers, below a top whose hem is `drop` metres under the hip joints; none on a seat."""
    if body.seated:
        return ()
    height = body.build.stature
    upper = -drop / height - 0.012
    patches = []
    for side in SIDES:
        places = ((0.018, upper), (0.074, upper + 0.004), (0.07, upper - 0.07), (0.024, upper - 0.07))
        a, b, c, d = (row(body.hips + body.pelvis @ (np.array([side * x, 0.085, z]) * height)) for x, z in places)
        patches.append(Patch(corners=(a, b, c, d), point=0.014, thickness=0.0028))
    return tuple(patches)
