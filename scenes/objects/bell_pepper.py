"""Bell peppers: three or four lobes, a thick green stalk; red, yellow, orange or green."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import part, tube
from scenes.craft.curve import points2, ramp
from scenes.craft.finishes import finish, tint, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Loft, Section

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "bell pepper"
PLACE = "shop"
_SKINS: dict[str, Rgb] = {
    "red": (0.68, 0.07, 0.06),
    "yellow": (0.93, 0.72, 0.1),
    "orange": (0.9, 0.42, 0.07),
    "green": (0.2, 0.4, 0.12),
}
_PROFILE = [(0, 0.3), (0.05, 0.5), (0.2, 0.74), (0.5, 0.9), (0.8, 1.0), (0.92, 0.93), (0.98, 0.7), (1, 0.35)]


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a bell pepper."""
    color_name = draw.choice(rng, list(_SKINS))
    radius, height = draw.uniform(rng, 0.033, 0.042), draw.uniform(rng, 0.07, 0.095)
    lobes, phase = draw.integer(rng, 3, 5), draw.uniform(rng, 0, 6)
    color = vary(rng, _SKINS[color_name], 0.04)
    skin = finish(
        rng, "fruit_skin", "skin", color, accent=tint(color, (0.3, 0.4, 0.1), 0.25), scale=0.08, roughness=0.2
    )
    green = finish(rng, "matte_plastic", "stalk", vary(rng, (0.28, 0.42, 0.14), 0.08), roughness=0.6)
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    share = np.array([0, 0.01, 0.04, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.88, 0.94, 0.98, 1.0])
    sections = []
    for level, size in zip(share, ramp(_PROFILE, share), strict=True):
        lobed = radius * size * (1 + (0.06 + 0.05 * level) * np.cos(lobes * angle + phase))
        sections.append(
            Section(
                z=float(height * level), outline=points2(np.stack([lobed * np.cos(angle), lobed * np.sin(angle)], 1))
            )
        )
    lean = rng.normal(0, 0.004, 2)
    stalk = tube(
        [(0, 0, height - 0.004), (0, 0, height + 0.008), (lean[0], lean[1], height + 0.024)],
        [0.006, 0.004, 0.0045],
        count=12,
        segments=10,
    )
    parts = (part("skin", Loft(sections=tuple(sections)), skin), part("stalk", stalk, green))
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name)
