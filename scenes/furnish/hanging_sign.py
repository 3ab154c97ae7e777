"""Boards that hang over aisles, with words that can be read from both sides."""

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.craft.steel import bar
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec, PartRole
from scenes.shapes import GLYPH_PITCH, Lettering

__all__ = ["hanging_sign"]


def hanging_sign(rng: np.random.Generator, words: tuple[str, ...], width: float, drop: float) -> ObjectSpec:
    """A board with a line for each word on both faces, on two wires `drop` metres long."""
    color = draw.choice(rng, ["red", "green", "blue", "white", "teal", "orange", "black"])
    board = finish(rng, "matte_plastic", "sign", sample_color(rng, color), roughness=0.45)
    ink = finish(
        rng, "matte_plastic", "letters", sample_color(rng, "black" if color == "white" else "white"), roughness=0.5
    )
    wire = finish(rng, "painted_metal", "metal", (0.6, 0.6, 0.6), roughness=0.4)
    letter = min(0.14, *(0.86 * width / (GLYPH_PITCH * len(word)) for word in words))
    height = 1.9 * letter * len(words) + 0.7 * letter
    parts = [box_part(PartRole.BOARD, (-width / 2, -0.012, 0.0), (width / 2, 0.012, height), board, bevel=0.003)]
    for k, word in enumerate(reversed(words)):
        z = (0.8 + 1.9 * k) * letter
        for face, (y, yaw) in enumerate(((-0.0126, 0.0), (0.0126, np.pi)), 1):
            parts.append(
                part(
                    f"line {k + 1}{face}",
                    Lettering(text=word, height=letter),
                    ink,
                    at=(0.0, y, z),
                    rotation=(0.0, 0.0, yaw),
                )
            )
    for k, side in enumerate((-1, 1), 1):
        path: list[Vec3] = [(side * 0.4 * width, 0.0, height - 0.005), (side * 0.4 * width, 0.0, height + drop)]
        parts.append(bar(f"wire {k}", path, 0.0025, wire, segments=6))
    return ObjectSpec(category="hanging sign", parts=tuple(parts), color=color, material="")
