"""Wild flowers: stems from one root with a blossom on each and leaves at the foot."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.colors import sample_color
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec, Part
from scenes.nature.specs import Petals
from scenes.shapes import Sphere

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "flower"
PLACE = "outdoors"
_HEARTS: dict[str, Rgb] = {"white": (0.85, 0.65, 0.1), "yellow": (0.6, 0.42, 0.08), "red": (0.1, 0.08, 0.08)}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a flower."""
    color_name = draw.choice(rng, ["white", "yellow", "red", "purple", "blue", "pink", "orange"])
    petal = finish(rng, "leaves", "petal", sample_color(rng, color_name), scale=0.1, roughness=0.6)
    heart = finish(rng, "matte_plastic", "heart", _HEARTS.get(color_name, (0.75, 0.6, 0.15)), roughness=0.9)
    green = finish(rng, "leaves", "leaf", vary(rng, (0.3, 0.42, 0.16), 0.1), scale=0.1)
    height, width = draw.uniform(rng, 0.18, 0.5), draw.uniform(rng, 0.018, 0.038)
    form = {
        "count": draw.integer(rng, 5, 15),
        "lift": draw.uniform(rng, 0.05, 0.9),
        "bend": draw.uniform(rng, 0.0, 0.5),
    }
    parts: list[Part] = [part("leaves", _foot(rng, height), green)]
    for k in range(draw.integer(rng, 2, 5)):
        lean, heading = draw.uniform(rng, 0.05, 0.35), 2.4 * k + draw.normal(rng, 0, 0.3)
        size = height * draw.uniform(rng, 0.65, 1.0)
        top = np.array([np.cos(heading) * lean * size, np.sin(heading) * lean * size, size])
        path = np.array([(0.01 * np.cos(heading), 0.01 * np.sin(heading), 0.0), 0.5 * top * [0.6, 0.6, 1.1], top])
        parts.append(part(f"stem {k + 1}", tube(path, 0.0022, count=5, segments=5), green))
        blossom = Petals(
            seed=draw.integer(rng, 2**31),
            long=round(width, 4),
            broad=round(4.4 * width / form["count"], 4),
            whorls=1,
            **form,
        )
        x, y, z = map(float, top)
        parts.append(part(f"petals {k + 1}", blossom, petal, at=(x, y, z - 0.001)))
        parts.append(
            part(
                f"heart {k + 1}",
                Sphere(radii=(0.28 * width,) * 2 + (0.2 * width,), segments=10),
                heart,
                at=(x, y, z - 0.003),
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name)


def _foot(rng: np.random.Generator, height: float) -> Petals:
    return Petals(
        seed=draw.integer(rng, 2**31),
        count=draw.integer(rng, 7, 13),
        long=round(0.5 * height, 4),
        broad=0.016,
        lift=0.9,
        bend=0.7,
        jitter=0.25,
    )
