"""Price cards: a number in black or red on a card, on a stick or on a folded back."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec
from scenes.shapes import Box, Lettering

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "price card"
PLACE = "shop"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a price card."""
    color_name = draw.choice(rng, ["white", "yellow", "white", "black", "green"])
    card = finish(
        rng, "matte_plastic" if color_name == "black" else "paper", "card", sample_color(rng, color_name), roughness=0.6
    )
    ink = finish(
        rng,
        "paper",
        "ink",
        sample_color(rng, "white" if color_name in ("black", "green") else draw.choice(rng, ["black", "red"])),
        roughness=0.6,
    )
    width, height = draw.uniform(rng, 0.11, 0.2), draw.uniform(rng, 0.08, 0.14)
    stick = 0.0 if draw.chance(rng, 0.4) else draw.uniform(rng, 0.06, 0.14)
    lean = 0.0 if stick else -0.2
    parts = [part("card", Box(size=(width, 0.003, height)), card, at=(0, 0, stick), rotation=(lean, 0, 0))]
    # The number's foot, a quarter up the card and 2.2 mm before its middle, turned with the card about its lower edge.
    up, before = 0.25 * height, -0.0022
    cosine, sine = float(np.cos(lean)), float(np.sin(lean))
    at = (0.0, before * cosine - up * sine, stick + before * sine + up * cosine)
    price = Lettering(text=_price(rng), height=min(0.55 * height, 0.42 * width), price=True)
    parts.append(part("number", price, ink, at=at, rotation=(lean, 0, 0)))
    if stick:
        wood = finish(rng, "wood", "stick", (0.75, 0.6, 0.4), scale=0.1)
        parts.append(box_part("stick", (-0.004, 0.0012, 0.0), (0.004, 0.0062, stick + 0.8 * height), wood, bevel=0))
        parts.append(box_part("foot", (-0.025, -0.012, 0.0), (0.025, 0.02, 0.008), wood))
    else:
        parts.append(box_part("foot", (-0.4 * width, -0.002, 0.0), (0.4 * width, 0.04, 0.003), card, bevel=0))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="")


def _price(rng: np.random.Generator) -> str:
    """A price below 6 that ends in 9."""
    return f"{draw.integer(rng, 0, 6)}.{draw.integer(rng, 0, 10)}9"
