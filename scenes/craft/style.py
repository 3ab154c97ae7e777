"""What the objects of one scene share, so that their colours and materials go together."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.colors import sample_color

__all__ = ["Style", "sample_style"]

# Colours that go well together on one table; the first is the commonest.
_PALETTES: tuple[tuple[str, ...], ...] = (
    ("white", "blue", "gray", "beige"),
    ("white", "beige", "brown", "green"),
    ("teal", "white", "orange", "gray"),
    ("white", "pink", "green", "beige"),
    ("black", "white", "gray", "red"),
    ("blue", "white", "yellow", "gray"),
    ("green", "white", "brown", "orange"),
    ("beige", "brown", "orange", "black"),
    ("purple", "white", "gray", "pink"),
    ("gray", "black", "white", "teal"),
    ("red", "white", "blue", "yellow"),
    ("white", "black", "yellow", "teal"),
)
_WOODS = ("oak", "walnut", "pine", "beech", "birch", "cherry")
_METALS = ("steel", "steel", "steel", "brass", "copper", "black")


@dataclass(frozen=True)
class Style:
    """Colour names, the commonest first, a wood, a metal, and how worn objects are (0 to 1)."""

    palette: tuple[str, ...]
    wood: str
    metal: str
    wear: float

    def color_name(
        self, rng: np.random.Generator, *, allowed: tuple[str, ...] | None = None, stray: float = 0.15
    ) -> str:
        """A colour name: mostly of the palette, with the chance `stray` any of `allowed` (None: of a wide choice)."""
        choice = allowed or (
            "white",
            "blue",
            "red",
            "green",
            "yellow",
            "teal",
            "gray",
            "black",
            "orange",
            "pink",
            "purple",
        )
        fitting = [color_name for color_name in self.palette if color_name in choice]
        if not fitting or draw.chance(rng, stray):
            return draw.choice(rng, choice)
        weights = np.array([0.75**rank for rank in range(len(fitting))])
        return draw.choice(rng, fitting, p=weights / weights.sum())

    def color(self, rng: np.random.Generator, *, allowed: tuple[str, ...] | None = None) -> tuple[str, Rgb]:
        """A colour name, and an unambiguous colour of this name."""
        color_name = self.color_name(rng, allowed=allowed)
        return color_name, sample_color(rng, color_name)


def sample_style(rng: np.random.Generator) -> Style:
    """A palette of a few colours with a wood and a metal for a whole scene."""
    return Style(
        palette=draw.choice(rng, _PALETTES),
        wood=draw.choice(rng, _WOODS),
        metal=draw.choice(rng, _METALS),
        wear=float(rng.beta(1.2, 4.0)),
    )
