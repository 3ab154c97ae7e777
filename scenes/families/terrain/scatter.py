"""Scattering of objects over the land, each category where it is plausible."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.craft.style import Style
from scenes.families.terrain.biomes import Biome
from scenes.families.terrain.placement import LandLayout, LandPlacement, contour
from scenes.layout import CircleCollision, Layout, circle
from scenes.measure import bounds
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.nature.land import ground_height, trail_field, water_field
from scenes.objects import bush, rock, tree
from scenes.quaternions import yaw_quaternion

__all__ = ["scatter_objects"]

ALONE = 0.3  # share of grouped objects that stand alone
FINE = 27.0  # metres: trees beyond have fewer, larger leaves


@dataclass(frozen=True)
class _Rule:
    """How a category is scattered: over how many models, and between which distances of the origin (metres).

    clear: share of the radius that is kept free. sink: metres. tilt: radians.
    """

    models: int
    near: float
    far: float
    clear: float
    sink: float
    tilt: float


_RULES: Mapping[str, _Rule] = MappingProxyType(
    {
        "bush": _Rule(3, 4.0, 42.0, clear=0.8, sink=0.04, tilt=0.05),
        "rock": _Rule(5, 2.2, 36.0, clear=0.9, sink=0.0, tilt=0.12),
        "flower": _Rule(4, 1.2, 9.0, clear=0.5, sink=0.008, tilt=0.05),
        "fern": _Rule(3, 1.8, 14.0, clear=0.6, sink=0.03, tilt=0.05),
        "mushroom": _Rule(3, 1.2, 6.5, clear=0.9, sink=0.006, tilt=0.04),
        "stump": _Rule(2, 3.0, 18.0, clear=0.9, sink=0.05, tilt=0.03),
        "cactus": _Rule(4, 6.0, 60.0, clear=0.6, sink=0.08, tilt=0.02),
        "tent": _Rule(1, 6.0, 16.0, clear=1.0, sink=0.06, tilt=0.0),
        "hut": _Rule(1, 14.0, 38.0, clear=1.0, sink=0.35, tilt=0.0),
    }
)


@dataclass(frozen=True, eq=False)
class _Scatterer:
    """What objects are drawn from, and the layout that they are added to."""

    rng: np.random.Generator
    style: Style
    biome: Biome
    layout: LandLayout


def scatter_objects(rng: np.random.Generator, style: Style, biome: Biome, layout: LandLayout, density: float) -> None:
    """Add all objects of a biome, the large ones first, since they are the hardest to place."""
    scatterer = _Scatterer(rng, style, biome, layout)
    counts = {
        name: round(rng.integers(low, high + 1) * (density if high > 4 else 1))
        for name, (low, high) in biome.things.items()
    }
    special: dict[str, Callable[[_Scatterer, int], None]] = {
        "boat": _boats, "fence": _fences, "log": _logs, "signpost": _signposts,
    }  # fmt: skip
    for name in ("hut", "tent", "boat", "fence", "log", "signpost"):
        if name in special and counts.get(name, 0):
            special[name](scatterer, counts[name])
        else:
            _by_rule(scatterer, name, counts.get(name, 0))
    for name in ("rock", "stump"):
        _by_rule(scatterer, name, counts.get(name, 0))
    _trees(scatterer, round(rng.integers(biome.tree_count[0], biome.tree_count[1] + 1) * density))
    for name in ("cactus", "bush", "fern", "mushroom", "flower"):
        _by_rule(scatterer, name, counts.get(name, 0))


def _models(scatterer: _Scatterer, name: str, count: int) -> list[ObjectSpec]:
    rng = scatterer.rng
    if name == "rock":
        color, share = scatterer.biome.moss
        face = rock.stone(rng, scatterer.biome.stone, color, share * draw.uniform(rng, 0.5, 1.0))
        return [
            finished(rock.hew(rng, face, float(np.exp(draw.uniform(rng, np.log(0.22), np.log(2.6))))))
            for _ in range(count)
        ]
    if name == "bush":
        return [finished(bush.grow(rng, draw.choice(rng, scatterer.biome.bushes))) for _ in range(count)]
    return [make(name, rng, scatterer.style) for _ in range(count)]


def _by_rule(scatterer: _Scatterer, name: str, count: int) -> None:
    """Objects of a few models over their ring: in groups, and some by themselves."""
    if not count:
        return
    rng, layout, rule = scatterer.rng, scatterer.layout, _RULES[name]
    models = _models(scatterer, name, min(rule.models, count))
    boxes = [bounds(model) for model in models]
    centers: list[Floats] = []  # of the groups
    for k in range(count):
        model, box = models[k % len(models)], boxes[k % len(models)]
        half_width, height = float(max(box.size[:2])) / 2, float(box.size[2])
        alone = len(centers) < 1 + count // 7 or draw.chance(rng, ALONE)
        radius = max(rule.clear * half_width, 0.06)
        point = layout.free_point(
            rng,
            radius,
            rule.near + half_width * (half_width > 0.5),
            rule.far,
            close_to=None if alone else draw.choice(rng, centers),
        )
        if point is None:
            continue
        centers += [point] if alone else []
        sink = rule.sink + (0.16 * height if name == "rock" else 0.0)
        layout.add_upright(rng, model, point, radius=radius, height=height, sink=sink, tilt=rule.tilt)


def _trees(scatterer: _Scatterer, count: int) -> None:
    """A few distinct trees nearby and a few with fewer leaves farther away; stems keep apart, crowns may meet."""
    rng, biome, layout = scatterer.rng, scatterer.biome, scatterer.layout

    def grown(kinds: int, fine: float) -> list[ObjectSpec]:
        return [
            finished(
                tree.grow(rng, draw.choice(rng, biome.trees), height=draw.uniform(rng, *biome.tree_height), fine=fine)
            )
            for _ in range(kinds)
        ]

    near, far = grown(min(4, count), 1.0), grown(min(4, count), 0.42)
    for _ in range(count):
        point = layout.free_point(rng, draw.uniform(rng, 0.7, 1.7), biome.clearing, 62.0)
        if point is None:
            continue
        model = draw.choice(rng, near if np.linalg.norm(point) < FINE else far)
        height = float(bounds(model).size[2])
        layout.add_upright(rng, model, point, radius=0.05 * height, height=height, sink=0.06, tilt=0.02)


def _logs(scatterer: _Scatterer, count: int) -> None:
    layout = scatterer.layout
    for _ in range(count):
        model = make("log", scatterer.rng, scatterer.style)
        box = bounds(model)
        half = float(box.size[0]) / 2
        point = layout.free_point(scatterer.rng, half, 3.0 + half, 16.0)
        if point is not None:
            heading = contour(layout.land, point) + draw.normal(scatterer.rng, 0, 0.2)
            layout.add_along(model, point, heading, radius=0.8 * half, height=float(box.size[2]), sink=0.05)


def _fences(scatterer: _Scatterer, count: int) -> None:
    """Lengths end to end along the contour, as far as the ground is free."""
    layout = scatterer.layout
    model = make("fence", scatterer.rng, scatterer.style)
    box = bounds(model)
    half, height = float(box.size[0]) / 2 - 0.06, float(box.size[2])
    start = layout.free_point(scatterer.rng, half, 7.0, 24.0)
    if start is None:
        return
    heading = contour(layout.land, start) + draw.normal(scatterer.rng, 0, 0.15)
    layout.add_along(model, start, heading, radius=half, height=height, sink=0.12)
    point = start
    for _ in range(count - 1):
        point = point + 2 * half * np.array([np.cos(heading), np.sin(heading)])
        wet = max(float(water_field(layout.land, point[None])[0]), float(trail_field(layout.land, point[None])[0]))
        if wet > -half - 0.5 or not _fence_fits(layout.taken, start, point, half):
            break
        layout.occupy(circle(point, half))
        layout.add_along(model, point, heading, radius=half, height=height, sink=0.12)


def _fence_fits(circles: Floats, start: Floats, point: Floats, half: float) -> bool:
    """Whether a length of fence is clear of other objects; lengths of one fence may meet."""
    away = np.hypot(circles[:, 0] - point[0], circles[:, 1] - point[1])
    first = np.isclose(circles[:, :2], start).all(1)
    others = Layout[LandPlacement](collision=CircleCollision())
    others.occupy(circles[((circles[:, 2] < half) | (away > 2.2 * half)) & ~first])
    return others.fits(circle(point, half))


def _signposts(scatterer: _Scatterer, count: int) -> None:
    """One beside the path, if the land has a path."""
    layout = scatterer.layout
    model = make("signpost", scatterer.rng, scatterer.style)
    height = float(bounds(model).size[2])
    points = scatterer.rng.uniform(-11, 11, (400, 2))
    beside = -trail_field(layout.land, points)
    fitting = (beside > 0.35) & (beside < 1.2) & (np.linalg.norm(points, axis=1) > 2.5)
    for point in points[fitting]:
        if water_field(layout.land, point[None])[0] < -1.5 and layout.claim_circle(point, 0.4):
            layout.add_upright(scatterer.rng, model, point, radius=0.4, height=height, sink=0.12)
            return


def _boats(scatterer: _Scatterer, count: int) -> None:
    """Afloat near the shore; the water line is a third up the hull."""
    rng, layout = scatterer.rng, scatterer.layout
    points = rng.uniform(-45, 45, (1500, 2))
    inside = water_field(layout.land, points)
    afloat = ground_height(layout.land, points) < -0.4
    for point in points[(inside > 3.2) & (inside < 14) & afloat]:
        if count <= 0:
            break
        model = make("boat", rng, scatterer.style)
        box = bounds(model)
        radius, height = float(box.size[1]) / 2, float(box.size[2])
        if layout.claim_circle(point, radius):
            rotation = yaw_quaternion(2 * draw.uniform(rng, 0, np.pi))
            layout.add_at(model, point, -0.22 * height, rotation, radius=radius, height=height)
            count -= 1
