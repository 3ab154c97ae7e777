"""Bus shelters: glass walls under a roof, a seat, a poster, open toward the road (-y)."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.model import ObjectSpec, PartRole
from scenes.shapes import Array, Box, Group, Placed

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "bus shelter"
PLACE = "street"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a bus shelter in the style of its scene."""
    length, depth, height = draw.uniform(rng, 2.9, 4.3), draw.uniform(rng, 1.2, 1.5), draw.uniform(rng, 2.3, 2.5)
    gray = draw.choice(rng, [0.1, 0.3, 0.6])
    steel = finish(rng, "painted_metal", "metal", (gray, gray, 1.03 * gray), roughness=0.4)
    glass = finish(rng, "glass", "glass", (0.93, 0.97, 0.96))
    poster = finish(
        rng,
        "print",
        "poster",
        sample_color(rng, style.color_name(rng)),
        accent=sample_color(rng, style.color_name(rng)),
        scale=0.9,
    )
    bays = max(2, round(length / 1.2))
    step = length / bays
    posts = Array(shape=Box(size=(0.06, 0.06, height)), counts=(bays + 1, 1, 1), step=(step - 0.06 / bays, 0, 0))
    front = Array(shape=Box(size=(0.07, 0.07, height)), counts=(2, 1, 1), step=(length - 0.06, 0, 0))
    walls = Array(shape=Box(size=(step - 0.06, 0.012, height - 0.55)), counts=(bays, 1, 1), step=(step, 0, 0))
    roof = Group(
        members=(
            Placed(shape=Box(size=(length + 0.3, depth + 0.35, 0.09)), at=(0, -0.05, height)),
            Placed(shape=Box(size=(length + 0.02, 0.05, 0.14)), at=(0, -depth / 2 - 0.1, height - 0.1)),
            Placed(shape=Box(size=(0.05, depth, 0.08)), at=(-length / 2 + 0.03, 0, height - 0.07)),
            Placed(shape=Box(size=(0.05, depth, 0.08)), at=(length / 2 - 0.03, 0, height - 0.07)),
        )
    )
    back = depth / 2
    frame = Group(
        members=(
            Placed(shape=Box(size=(length, 0.05, 0.06)), at=(0, back, 0.2)),
            Placed(shape=Box(size=(0.1, depth * 0.75, 1.9)), at=(length / 2 - 0.05, back - depth * 0.4, 0.3)),
        )
    )
    seat = Group(
        members=(
            Placed(shape=Box(size=(0.6 * length, 0.32, 0.05)), at=(-0.1 * length, back - 0.35, 0.46)),
            *(
                Placed(shape=Box(size=(0.06, 0.2, 0.48)), at=(-0.1 * length + side * 0.22 * length, back - 0.35, 0))
                for side in (-1, 1)
            ),
        )
    )
    parts = (
        part("posts", posts, steel, at=(-length / 2 + 0.03, back, 0)),
        part("front posts", front, steel, at=(-length / 2 + 0.03, -back + 0.1, 0)),
        part("roof", roof, steel),
        part("frame", frame, steel, bevel=0.01),
        part(PartRole.SEAT, seat, steel, bevel=0.01),
        part("walls", walls, glass, at=(-length / 2 + step / 2, back, 0.25)),
        part("poster", Box(size=(0.102, depth * 0.66, 1.7)), poster, at=(length / 2 - 0.05, back - depth * 0.4, 0.4)),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, material="metal")
