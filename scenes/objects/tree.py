"""Trees: broadleaved, coniferous, birch, and dead ones; in leaf, in autumn colours, under snow."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import part
from scenes.craft.finishes import finish, tint, vary
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec
from scenes.nature.specs import Growth, Leafage, Wood

__all__ = ["CATEGORY", "KINDS", "PLACE", "grow", "make"]

CATEGORY = "tree"
PLACE = "outdoors"
KINDS = ("broadleaf", "conifer", "birch", "bare", "autumn", "snowy")
_GREENS: tuple[Rgb, ...] = ((0.26, 0.38, 0.13), (0.33, 0.42, 0.16), (0.22, 0.34, 0.15), (0.38, 0.44, 0.2))
_NEEDLES: tuple[Rgb, ...] = ((0.14, 0.24, 0.13), (0.17, 0.27, 0.18), (0.2, 0.29, 0.14))
_AUTUMN: tuple[tuple[Rgb, Rgb], ...] = (
    ((0.78, 0.52, 0.12), (0.7, 0.3, 0.1)),
    ((0.66, 0.24, 0.1), (0.78, 0.46, 0.12)),
    ((0.72, 0.6, 0.2), (0.45, 0.46, 0.18)),
)
_SNOW: Rgb = (0.92, 0.94, 0.96)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a tree."""
    return grow(rng, draw.choice(rng, KINDS))


def grow(rng: np.random.Generator, kind: str, *, height: float | None = None, fine: float = 1.0) -> ObjectSpec:
    """A tree of one of KINDS, `height` metres high or drawn; `fine` below 1 has fewer and larger leaves."""
    form = {"autumn": "broadleaf", "snowy": "conifer"}.get(kind, kind)
    height = float(np.clip(draw.uniform(rng, 6.0, 14.0) if height is None else height, 2.6, 20.0))
    slim = {"conifer": (0.15, 0.22), "birch": (0.17, 0.23)}.get(form, (0.3, 0.42))
    growth = Growth(
        form=form,
        seed=draw.integer(rng, 2**31),
        height=round(height, 3),
        spread=round(height * draw.uniform(rng, *slim), 3),
        radius=round(height * draw.uniform(rng, 0.013, 0.019) * (0.8 if form == "birch" else 1.0), 4),
        clear=round(draw.uniform(rng, 0.05, 0.16) if form == "conifer" else draw.uniform(rng, 0.18, 0.34), 3),
    )
    parts = [part("trunk", Wood(growth=growth), _bark(rng, form))]
    if form != "bare":
        count, length, leaf_width = {"conifer": (11000, 0.33, 0.3), "birch": (14000, 0.085, 0.66)}.get(
            form, (20000, 0.125, 0.58)
        )
        leafage = Leafage(
            growth=growth,
            count=max(300, round(count * fine)),
            long=round(length * (height / 10) ** 0.6 * fine**-0.42, 4),
            broad=leaf_width,
            loose=1.0 if form == "conifer" else 2.4,
        )
        parts.append(part("leaves", leafage, _foliage(rng, kind)))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="wood" if form == "bare" else "")


def _bark(rng: np.random.Generator, form: str) -> Material:
    if form == "birch":
        return finish(
            rng, "bark", "bark", vary(rng, (0.8, 0.78, 0.73), 0.04), accent=(0.12, 0.11, 0.1), scale=1.0, wear=0.7
        )
    color: Rgb = (
        (0.5, 0.47, 0.43) if form == "bare" else (0.34, 0.25, 0.18) if form == "conifer" else (0.36, 0.31, 0.25)
    )
    return finish(rng, "bark", "bark", vary(rng, color, 0.12), scale=1.0)


def _foliage(rng: np.random.Generator, kind: str) -> Material:
    if kind == "snowy":
        green = draw.choice(rng, _NEEDLES)
        return finish(
            rng, "leaves", "leaf", vary(rng, green, 0.1), accent=_SNOW, scale=1.0, wear=draw.uniform(rng, 0.3, 0.6)
        )
    if kind == "autumn":
        main, other = draw.choice(rng, _AUTUMN)
        return finish(rng, "leaves", "leaf", vary(rng, main, 0.08), accent=other, scale=1.0, wear=0.4)
    greens = _NEEDLES if kind == "conifer" else _GREENS
    color = vary(rng, draw.choice(rng, greens), 0.12)
    return finish(rng, "leaves", "leaf", color, accent=tint(color, (0.6, 0.5, 0.2), 0.5), scale=1.0, wear=0.05)
