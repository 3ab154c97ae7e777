"""Shoes: a flat sole that bends at the ball of the foot, and an upper."""

import numpy as np

from encode.formulas.rotation import euler_angles
from scenes.blob.specs import Ball, Blob, Limb
from scenes.craft.build import part
from scenes.craft.curve import points2, spline
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import Part
from scenes.people.axes import row
from scenes.people.body import limb, ring
from scenes.people.skeleton import HEEL, TOEBALL, Leg, Skeleton
from scenes.shapes import Extrusion

__all__ = ["shoe_parts"]

TOE = 0.037  # from the ball to the tip, in shares of the stature


def shoe_parts(
    body: Skeleton, which: int, upper: Material, sole: Material, *, shaft: float, thickness: float
) -> list[Part]:
    """One shoe: `shaft` is its height above the ankle and `thickness` that of its sole, in shares of the stature."""
    name, leg, height = ("right", "left")[which], body.legs[which], body.build.stature
    under = leg.ankle + leg.foot @ np.array([0.0, 0.0, -body.build.ankle])
    ball = under + leg.foot @ np.array([0.0, TOEBALL * height, 0.0])
    rear = [
        (0.0, HEEL),
        (-0.017, HEEL - 0.008),
        (-0.021, 0.012),
        (-0.0225, -0.03),
        (-0.0275, TOEBALL),
        (0.0275, TOEBALL),
        (0.0225, -0.03),
        (0.021, 0.012),
        (0.017, HEEL - 0.008),
    ]
    front = [
        (0.0275, 0.004),
        (-0.0275, 0.004),
        (-0.0265, -0.012),
        (-0.02, -0.027),
        (0.0, -TOE),
        (0.02, -0.027),
        (0.0265, -0.012),
    ]
    return [
        part(f"{name} shoe", _upper(body, leg, ball, shaft), upper),
        part(
            f"{name} heel",
            _plate(rear, height, thickness),
            sole,
            at=row(under),
            rotation=euler_angles(leg.foot),
            bevel=0.004,
        ),
        part(
            f"{name} toe",
            _plate(front, height, thickness),
            sole,
            at=row(ball),
            rotation=euler_angles(leg.toes),
            bevel=0.004,
        ),
    ]


def _plate(outline: list[tuple[float, float]], height: float, thickness: float) -> Extrusion:
    return Extrusion(outline=points2(spline(np.array(outline) * height, 26, closed=True)), height=thickness * height)


def _upper(body: Skeleton, leg: Leg, ball: Floats, shaft: float) -> Blob:
    high, low = body.build.stature, body.build.ankle / body.build.stature

    def foot(x: float, y: float, z: float) -> Floats:
        return np.asarray(leg.ankle + leg.foot @ np.array([x, y, z - low]) * high)

    def toe(x: float, y: float, z: float) -> Floats:
        return np.asarray(ball + leg.toes @ np.array([x, y, z]) * high)

    up = (leg.knee - leg.ankle) / np.linalg.norm(leg.knee - leg.ankle)
    members: list[Ball | Limb] = [
        limb(
            [
                ring(foot(0, 0.016, 0.024), 0.0195 * high, 0.022 * high),
                ring(foot(0, -0.02, 0.025), 0.0215 * high, 0.0215 * high),
                ring(foot(0, -0.052, 0.021), 0.0245 * high, 0.0175 * high),
                ring(toe(0, 0.004, 0.0175), 0.0265 * high, 0.0145 * high),
                ring(toe(0, -0.018, 0.0145), 0.0225 * high, 0.0118 * high),
            ],
            leg.foot[:, 0],
        ),
        limb(
            [
                ring(foot(0, 0.016, 0.02), 0.02 * high, 0.0235 * high),
                ring(leg.ankle, 0.0215 * high, 0.0255 * high),
                ring(leg.ankle + up * (shaft + 0.004) * high, 0.0225 * high, 0.0255 * high),
            ],
            leg.foot[:, 0],
            cap=0.2,
            blend=0.02,
        ),
    ]
    return Blob(members=tuple(members), cell=0.0155)
