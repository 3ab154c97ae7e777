"""Waymarks: a post with one to three pointed boards."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, plate_of, tube
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec, Part, PartRole

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "signpost"
PLACE = "outdoors"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a signpost."""
    post = finish(
        rng,
        "wood",
        "wood",
        vary(rng, (0.44, 0.34, 0.24), 0.1),
        accent=(0.28, 0.2, 0.14),
        scale=0.12,
        roughness=0.85,
        wear=0.4,
    )
    color_name = draw.choice(rng, ["yellow", "white", "green", ""])
    board = finish(rng, "painted_wood", "wood", sample_color(rng, color_name), wear=0.35) if color_name else post
    post_height = draw.uniform(rng, 1.8, 2.5)
    parts: list[Part] = [
        part("post", tube([(0, 0, 0), (0, 0, post_height)], [0.055, 0.05], count=3, segments=14), post)
    ]
    z = post_height - 0.08
    for k in range(draw.integer(rng, 1, 4)):
        length, height = draw.uniform(rng, 0.5, 0.8), draw.uniform(rng, 0.12, 0.17)
        side, heading = draw.choice(rng, [-1.0, 1.0]), draw.uniform(rng, 0, 2 * np.pi)
        outline = np.array(
            [
                (-0.12, -height / 2),
                (0, -height / 2),
                (length - 0.1, -height / 2),
                (length, 0),
                (length - 0.1, height / 2),
                (0, height / 2),
                (-0.12, height / 2),
            ]
        )
        z -= height
        position = (-0.042 * side * float(-np.sin(heading)), -0.042 * side * float(np.cos(heading)), z)
        parts.append(
            part(
                PartRole.BOARD.numbered(k + 1),
                plate_of(outline, 0.026),
                board,
                at=position,
                rotation=(np.pi / 2, 0, heading),
                bevel=0.002,
            )
        )
        z -= 0.035 + height / 2
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="wood")
