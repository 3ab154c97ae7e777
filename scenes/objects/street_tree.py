"""Street trees: a trunk with branches under a crown of leaves; round, tall, spreading, or bare in winter."""

import numpy as np

from scenes.base import Rgb
from scenes.craft.build import part, tube
from scenes.craft.finish import finish, vary
from scenes.craft.style import Style
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part
from scenes.shapes import Group, Leaves, Placed

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "street tree"
PLACE = "street"
_GREENS: tuple[Rgb, ...] = (
    (0.24, 0.36, 0.13),
    (0.31, 0.42, 0.17),
    (0.2, 0.31, 0.14),
    (0.37, 0.42, 0.16),
    (0.28, 0.35, 0.2),
)
_AUTUMN: tuple[Rgb, ...] = ((0.66, 0.45, 0.13), (0.6, 0.28, 0.1), (0.5, 0.16, 0.1))


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    del style
    high = float(rng.uniform(4.5, 10.0))
    form = str(rng.choice(["round", "tall", "spreading"], p=[0.5, 0.25, 0.25]))
    bare = rng.random() < 0.08
    autumn = rng.random() < 0.08
    bark = finish(rng, "cork", "bark", vary(rng, (0.33, 0.27, 0.22), 0.15), scale=0.25, roughness=0.95)
    clear = high * float(rng.uniform(0.26, 0.36))
    girth = 0.014 * high + 0.03
    reach = high * {"round": 0.26, "tall": 0.16, "spreading": 0.36}[form]
    top = 0.9 * high
    lean = rng.normal(0, 0.015 * high, 2)
    trunk = np.array(
        [[0, 0, 0], [0, 0, 0.5 * clear], [*lean, clear], [*(1.5 * lean), 0.5 * (clear + top)], [*lean, top]]
    )
    stem = tube(trunk, [1.45 * girth, girth, 0.9 * girth, 0.5 * girth, 0.02], count=24, segments=14)
    ends, boughs = _boughs(rng, trunk, (clear, top), reach, girth, 14 if bare else 9)
    parts: list[Part] = [part("trunk", stem, bark), part("boughs", boughs, bark)]
    color = ""
    if not bare:
        hues = _AUTUMN if autumn else _GREENS
        green = finish(rng, "leaf", "leaf", vary(rng, hues[int(rng.integers(len(hues)))], 0.1), scale=0.2)
        parts.append(part("leaves", _crown(rng, ends, (clear, top), reach), green))
        color = "" if autumn else "green"
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color)


def _boughs(
    rng: np.random.Generator, trunk: Floats, span: tuple[float, float], reach: float, girth: float, count: int
) -> tuple[Floats, Group]:
    """Branches up and out from the trunk, and where they end."""
    members, ends = [], []
    for k in range(count):
        share = 0.02 + 0.85 * k / count
        z = span[0] + share * (span[1] - span[0])
        root = np.array([np.interp(z, trunk[:, 2], trunk[:, i]) for i in (0, 1)] + [z])
        angle = 2.4 * k + rng.normal(0, 0.3)
        long = reach * (1.05 - 0.55 * share) * rng.uniform(0.75, 1.1)
        out = np.array([np.cos(angle), np.sin(angle), 0.0])
        tip = root + out * long + [0, 0, long * rng.uniform(0.5, 0.9)]
        tip[2] = min(tip[2], span[1])
        bend = root + 0.55 * (tip - root) + [*rng.normal(0, 0.05 * long, 2), -0.08 * long]
        thick = girth * (0.5 - 0.3 * share)
        members.append(
            Placed(shape=tube(np.round([root, bend, tip], 3), [thick, 0.7 * thick, 0.015], count=8, segments=7))
        )
        ends.append(tip)
        if count > 10:
            for turn in (-0.7, 0.6):
                aside = np.array([np.cos(angle + turn), np.sin(angle + turn), 0.7]) * 0.5 * long
                twig = np.round([bend, bend + 0.6 * aside, bend + aside], 3)
                members.append(Placed(shape=tube(twig, [0.5 * thick, 0.012], count=6, segments=5)))
    return np.array(ends), Group(members=tuple(members))


def _crown(rng: np.random.Generator, ends: Floats, span: tuple[float, float], reach: float) -> Leaves:
    """Balls of leaves about the ends of the boughs and up the stem."""
    balls = []
    for tip in ends:
        size = reach * rng.uniform(0.4, 0.58)
        balls.append((tip[0] * 0.85, tip[1] * 0.85, min(tip[2], span[1] - 0.35 * size), size))
    balls += [
        (0.0, 0.0, z, reach * rng.uniform(0.45, 0.62))
        for z in np.linspace(span[0] + 0.45 * (span[1] - span[0]), span[1] - 0.15 * reach, 3)
    ]
    area = sum(ball[3] ** 2 for ball in balls)
    length = float(rng.uniform(0.28, 0.38))
    count = int(np.clip(17.0 * area / length**2, 2000, 6500))
    rows = tuple(
        (round(float(x), 3), round(float(y), 3), round(float(z), 3), round(float(r), 3)) for x, y, z, r in balls
    )
    width = length * float(rng.uniform(0.5, 0.75))
    return Leaves(balls=rows, count=count, length=length, width=width, seed=int(rng.integers(2**31)))
