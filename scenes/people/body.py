"""The body as rings: trunk, arms and legs of a posed skeleton, from which skin and clothes are made."""

import numpy as np

from scenes.blob.specs import Ball, Limb, Ring
from scenes.mesh import Floats
from scenes.people.axes import row
from scenes.people.build import Build
from scenes.people.skeleton import Arm, Leg, Skeleton

__all__ = ["TRUNK", "arm_rings", "bust", "buttocks", "leg_rings", "limb", "ring", "trunk_rings"]

# Half the width, half the depth, and how far back, in shares of the stature, of a man of mean weight; heights in
# shares of the pelvis (first three) and of the chest.
TRUNK = (
    (-0.6, 0.080, 0.058, 0.006),
    (0.0, 0.097, 0.068, 0.008),
    (0.6, 0.093, 0.064, 0.006),
    (0.1, 0.083, 0.058, 0.000),
    (0.4, 0.086, 0.061, -0.003),
    (0.68, 0.094, 0.066, -0.003),
    (0.88, 0.098, 0.060, 0.004),
    (1.04, 0.090, 0.045, 0.010),
    (1.14, 0.066, 0.038, 0.014),
    (1.22, 0.040, 0.035, 0.015),
)
_WOMAN = (1.05, 1.06, 0.99, 0.9, 0.88, 0.9, 0.9, 0.88, 0.86, 0.86)  # of the width
_HEAVY = (0.12, 0.14, 0.2, 0.28, 0.28, 0.18, 0.1, 0.06, 0.05, 0.05)  # more with weight 1
_BELLY = (0.0, 0.0, 0.012, 0.03, 0.026, 0.01, 0.0, 0.0, 0.0, 0.0)  # further ahead with weight 1


def ring(at: Floats, width: float, depth: float | None = None) -> Ring:
    """An ellipse round a limb at the point `at`: half axes `width` and `depth` (`width` where None), metres."""
    x, y, z = row(at)
    return x, y, z, round(float(width), 4), round(float(width if depth is None else depth), 4)


def limb(rings: list[Ring], side: Floats, *, cap: float = 1.0, blend: float = 0.0) -> Limb:
    """A limb through `rings`; `side` [3] is the direction of their first half axis."""
    return Limb(rings=tuple(rings), side=row(side), cap=cap, blend=blend)


def trunk_rings(
    body: Skeleton, first: int = 0, last: int = len(TRUNK), *, ease: float = 0.0, boxy: float = 0.0
) -> list[Ring]:
    """Rings of the trunk from the crotch up, `ease` metres wider; `boxy` cloth hangs straight over waist and hips."""
    build = body.build
    widest = max(TRUNK[k][1] * _scale(build, k) for k in (1, 5, 6))
    deepest = TRUNK[5][2] * (1 + 0.9 * _HEAVY[5] * build.weight)
    rings = []
    for k in range(first, last):
        height, width, depth, back = TRUNK[k]
        width *= _scale(build, k)
        if 0 < k < 6:
            width += boxy * (widest - width)
        ahead = _BELLY[k] * max(build.weight, 0) if not build.female else 0.5 * _BELLY[k] * max(build.weight, 0)
        depth = depth * (1 + 0.9 * _HEAVY[k] * build.weight) + 0.5 * ahead
        if 2 < k < 5:
            depth += boxy * max(deepest - depth, 0.0)
        point = np.array([0.0, (back - 0.5 * ahead) * build.stature, 0.0])
        if k < 3:
            at = body.hips + body.pelvis @ (point + np.array([0.0, 0.0, height * build.pelvis]))
        else:
            at = body.waist + body.chest @ (point + np.array([0.0, 0.0, height * build.chest]))
        rings.append(ring(at, width * build.stature + ease, depth * build.stature + ease))
    return rings


def _scale(build: Build, k: int) -> float:
    child = (0.9, 0.88, 0.94, 1.02, 1.02, 0.98, 0.95, 0.95, 0.95, 0.95)[k] if build.age == "child" else 1.0
    return (_WOMAN[k] if build.female and build.age != "child" else 1.0) * (1 + _HEAVY[k] * build.weight) * child


def bust(body: Skeleton, ease: float) -> list[Ball]:
    """The breasts under cloth, two balls; empty for builds without them."""
    build = body.build
    if not build.female or build.age == "child":
        return []
    height = build.stature
    size = 0.034 * (1 + 0.25 * build.weight) * height + ease
    points = [np.array([side * 0.042 * height, -0.044 * height, 0.6 * build.chest]) for side in (-1, 1)]
    return [
        Ball(center=row(body.waist + body.chest @ point), radii=(size, 0.9 * size, size), blend=0.06)
        for point in points
    ]


def buttocks(body: Skeleton, ease: float) -> list[Ball]:
    """The buttocks under cloth; flat for seated people."""
    build = body.build
    if body.seated:
        return []
    height = build.stature
    size = (0.05 if build.female else 0.046) * height * (1 + 0.15 * build.weight) + ease
    back = 0.034 if build.female else 0.028
    points = [np.array([side * 0.042 * height, back * height, -0.012 * height]) for side in (-1, 1)]
    return [
        Ball(center=row(body.hips + body.pelvis @ point), radii=(size, size, 1.1 * size), blend=0.05)
        for point in points
    ]


def arm_rings(body: Skeleton, arm: Arm, end: float, *, ease: float = 0.0, cuff: float = 0.0) -> list[Ring]:
    """Rings from inside the shoulder down to the share `end` of the arm (0.5 the elbow, 1 the wrist)."""
    build = body.build
    thickness = build.stature * build.girth
    inward = body.chest @ np.array([-np.sign((body.chest.T @ (arm.shoulder - body.waist))[0]), 0.0, 0.15])
    start = arm.shoulder + inward * 0.022 * build.stature
    table = [
        (0.06, 0.0325),
        (0.2, 0.0295),
        (0.36, 0.027),
        (0.47, 0.0245),
        (0.53, 0.025),
        (0.64, 0.0255),
        (0.82, 0.02),
        (1.0, 0.0165),
    ]
    rings = [ring(start, 0.031 * thickness + 0.7 * ease)]
    for share, radius in table:
        if share < end - 0.04:
            rings.append(ring(_along(arm.shoulder, arm.elbow, arm.wrist, share), radius * thickness + ease))
    radius = float(np.interp(end, [share for share, _ in table], [value for _, value in table])) * thickness
    rings.append(ring(_along(arm.shoulder, arm.elbow, arm.wrist, end), radius + ease + cuff))
    return rings


def leg_rings(
    body: Skeleton, leg: Leg, end: float, *, ease: float = 0.0, hem: float = 0.0, start: float = 0.0
) -> list[Ring]:
    """Rings from the hip to the share `end` of the leg (0.5: knee, 1: ankle), `hem` metres wide below the knee."""
    build = body.build
    thickness = build.stature * build.girth
    table = [
        (0.02, 0.046),
        (0.15, 0.05),
        (0.3, 0.045),
        (0.44, 0.036),
        (0.5, 0.0335),
        (0.56, 0.0325),
        (0.66, 0.034),
        (0.8, 0.027),
        (0.93, 0.021),
        (1.0, 0.021),
    ]
    rings = []
    for share, radius in [*((s, r) for s, r in table if start <= s < end - 0.03), (end, _at(table, end))]:
        width = max(radius * thickness + ease, hem * min(1.0, 0.75 + share / 2) if share > 0.35 else 0.0)
        at = _along(leg.hip, leg.knee, leg.ankle, share)
        calf = (0.008 if 0.56 < share < 0.9 else 0.0) * build.stature
        ahead = leg.foot @ np.array([0.0, calf, 0.0])
        rings.append(ring(at + ahead, width, width * (1.08 if share < 0.4 else 1.0)))
    return rings


def _at(table: list[tuple[float, float]], share: float) -> float:
    return float(np.interp(share, [a for a, _ in table], [b for _, b in table]))


def _along(a: Floats, b: Floats, c: Floats, share: float) -> Floats:
    """A point of the two bones a-b-c; 0.5 is the joint, rounded off a little."""
    if share <= 0.5:
        return np.asarray(a + (b - a) * 2 * share)
    return np.asarray(b + (c - b) * (2 * share - 1))
