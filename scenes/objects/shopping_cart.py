"""Shopping carts: a wire basket on a tube frame with four castors; the handle is at +y, so it is pushed toward -y."""

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.colors import sample_color
from scenes.craft.finishes import finish, metal
from scenes.craft.paint import tyre_rubber
from scenes.craft.steel import bar, wheel
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.material import Material
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "HANDLE", "PLACE", "make"]

CATEGORY = "shopping cart"
PLACE = "shop"
HANDLE = 1.0  # metres from the ground to the handle, of any cart


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a shopping cart."""
    color_name = draw.choice(rng, ["red", "blue", "green", "orange", "yellow"])
    chrome, rubber = metal(rng, "steel", polished=True), tyre_rubber(rng)
    bright = finish(rng, "plastic", "plastic", sample_color(rng, color_name), roughness=0.35)
    width, length = draw.uniform(rng, 0.5, 0.58), draw.uniform(rng, 0.88, 1.06)
    half, front, back = width / 2, -length / 2, length / 2 - 0.12
    low, rim = draw.uniform(rng, 0.42, 0.5), draw.uniform(rng, 0.86, 0.92)
    narrow = 0.78 * half
    top = [(-narrow, front, rim - 0.06), (narrow, front, rim - 0.06), (half, back, rim), (-half, back, rim)]
    floor = [
        (-0.8 * narrow, front + 0.1, low),
        (0.8 * narrow, front + 0.1, low),
        (0.85 * half, back, low - 0.06),
        (-0.85 * half, back, low - 0.06),
    ]
    parts = [bar("rim", top, 0.007, chrome, closed=True), bar("floor rim", floor, 0.006, chrome, closed=True)]
    for k in range(4):
        corners = (floor[k], floor[(k + 1) % 4], top[k], top[(k + 1) % 4])
        parts += _mesh(f"side {k + 1}", corners, 13 if k % 2 else 9, chrome)
    parts += _mesh("floor", (floor[0], floor[1], floor[3], floor[2]), 9, chrome)
    handle: list[Vec3] = [
        (-half, back, rim - 0.004),
        (-half, back + 0.12, HANDLE - 0.011),
        (half, back + 0.12, HANDLE - 0.011),
        (half, back, rim - 0.004),
    ]
    parts.append(bar("handle frame", handle, 0.009, chrome, segments=10))
    parts.append(
        bar(
            "handle",
            [(-half, back + 0.12, HANDLE - 0.016), (half, back + 0.12, HANDLE - 0.016)],
            0.016,
            bright,
            segments=14,
        )
    )
    parts.append(box_part("badge", (-0.09, front - 0.004, rim - 0.17), (0.09, front + 0.004, rim - 0.06), bright))
    for k, side in enumerate((-1, 1), 1):
        leg: list[Vec3] = [
            (side * 0.85 * half, back, low - 0.06),
            (side * half, back, 0.16),
            (side * 0.7 * half, front + 0.08, 0.14),
            (side * 0.66 * half, front + 0.08, 0.16),
        ]
        parts.append(bar(f"leg {k}", leg, 0.011, chrome, segments=10))
        post: list[Vec3] = [(side * 0.7 * half, front + 0.12, 0.14), (side * 0.8 * narrow, front + 0.3, low - 0.013)]
        parts.append(bar(f"post {k}", post, 0.009, chrome))
        for name, at in (("rear", (side * half, back)), ("front", (side * 0.7 * half, front + 0.08))):
            parts += wheel(f"{name} castor {k}", 0.055, 0.03, (*at, 0.055), rubber, bright)
            parts.append(
                box_part(
                    f"{name} fork {k}",
                    (at[0] - 0.022, at[1] - 0.022, 0.07),
                    (at[0] + 0.022, at[1] + 0.022, 0.155),
                    chrome,
                )
            )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="", material="metal")


def _mesh(name: str, corners: tuple[Vec3, Vec3, Vec3, Vec3], count: int, iron: Material) -> list[Part]:
    """Wires between two edges, one part that winds to and fro, and three across."""
    a, b, c, d = (np.array(corner) for corner in corners)
    path: list[Vec3] = []
    for k, share in enumerate(np.linspace(0.0, 1.0, count).tolist()):
        ends = (a + (b - a) * share, c + (d - c) * share)
        path += [_vec(end) for end in (ends if k % 2 else ends[::-1])]
    across: list[Vec3] = []
    for k, share in enumerate((0.2, 0.4, 0.6, 0.8)):
        ends = (a + (c - a) * share, b + (d - b) * share)
        across += [_vec(end) for end in (ends if k % 2 else ends[::-1])]
    return [
        bar(f"{name} wires", path, 0.0025, iron, segments=4),
        bar(f"{name} cross wires", across, 0.0025, iron, segments=4),
    ]


def _vec(point: np.ndarray) -> Vec3:
    x, y, z = (round(float(value), 4) for value in point)
    return x, y, z
