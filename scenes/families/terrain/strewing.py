"""What grows, lies and stands on the land: each category where one would find it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.craft.style import Style
from scenes.families.terrain.biomes import Biome
from scenes.families.terrain.placing import Field, Stand, along, contour, upright
from scenes.measure import bounds
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.nature.land import ground_height, trail_field, water_field
from scenes.objects import bush, rock, tree

__all__ = ["things"]

STRAYS = 0.3  # share of what grows or lies in groups that stands by itself
FINE = 27.0  # metres: trees beyond have fewer, larger leaves
#: Category: models that share meshes, nearest and farthest metres, share of the radius kept clear, sink (m), tilt.
_RULES: dict[str, tuple[int, float, float, float, float, float]] = {
    "bush": (3, 4.0, 42.0, 0.8, 0.04, 0.05),
    "rock": (5, 2.2, 36.0, 0.9, 0.0, 0.12),
    "flower": (4, 1.2, 9.0, 0.5, 0.008, 0.05),
    "fern": (3, 1.8, 14.0, 0.6, 0.03, 0.05),
    "mushroom": (3, 1.2, 6.5, 0.9, 0.006, 0.04),
    "stump": (2, 3.0, 18.0, 0.9, 0.05, 0.03),
    "cactus": (4, 6.0, 60.0, 0.6, 0.08, 0.02),
    "tent": (1, 6.0, 16.0, 1.0, 0.06, 0.0),
    "hut": (1, 14.0, 38.0, 1.0, 0.35, 0.0),
}


@dataclass(frozen=True, eq=False)
class _Kit:
    rng: np.random.Generator
    style: Style
    biome: Biome
    field: Field


def things(rng: np.random.Generator, style: Style, biome: Biome, field: Field, density: float) -> list[Stand]:
    """All things, the large ones first, since they are the hardest to find room for."""
    kit = _Kit(rng, style, biome, field)
    counts = {
        name: round(rng.integers(low, high + 1) * (density if high > 4 else 1))
        for name, (low, high) in biome.things.items()
    }
    found: list[Stand] = []
    for name in ("hut", "tent", "boat", "fence", "log", "signpost"):
        found += _single(kit, name, counts.get(name, 0))
    for name in ("rock", "stump"):
        found += _strewn(kit, name, counts.get(name, 0))
    found += _trees(kit, round(rng.integers(biome.tree_count[0], biome.tree_count[1] + 1) * density))
    for name in ("cactus", "bush", "fern", "mushroom", "flower"):
        found += _strewn(kit, name, counts.get(name, 0))
    return found


def _single(kit: _Kit, name: str, count: int) -> list[Stand]:
    if not count:
        return []
    special: dict[str, Callable[[_Kit, int], list[Stand]]] = {
        "boat": _boats, "fence": _fences, "log": _logs, "signpost": _signposts,
    }  # fmt: skip
    return special[name](kit, count) if name in special else _strewn(kit, name, count)


def _models(kit: _Kit, name: str, count: int) -> list[ObjectSpec]:
    rng = kit.rng
    if name == "rock":
        color, share = kit.biome.moss
        face = rock.stone(rng, kit.biome.stone, color, share * draw.uniform(rng, 0.5, 1.0))
        return [
            finished(rock.hew(rng, face, float(np.exp(draw.uniform(rng, np.log(0.22), np.log(2.6))))))
            for _ in range(count)
        ]
    if name == "bush":
        return [finished(bush.grow(rng, draw.choice(rng, kit.biome.bushes))) for _ in range(count)]
    return [make(name, rng, kit.style) for _ in range(count)]


def _strewn(kit: _Kit, name: str, count: int) -> list[Stand]:
    """Things of a few models over their ring: in groups, and some by themselves."""
    kinds, near, far, clear, sink, tilt = _RULES[name]
    if not count:
        return []
    models = _models(kit, name, min(kinds, count))
    boxes = [bounds(model) for model in models]
    found: list[Stand] = []
    hearts: list[Floats] = []
    for k in range(count):
        model, box = models[k % len(models)], boxes[k % len(models)]
        radius, height = float(max(box.size[:2])) / 2, float(box.size[2])
        alone = len(hearts) < 1 + count // 7 or draw.chance(kit.rng, STRAYS)
        spot = kit.field.free(
            kit.rng,
            max(clear * radius, 0.06),
            near + radius * (radius > 0.5),
            far,
            close_to=None if alone else draw.choice(kit.rng, hearts),
        )
        if spot is not None:
            hearts += [spot] if alone else []
            depth = sink + (0.16 * height if name == "rock" else 0.0)
            found.append(
                upright(kit.rng, kit.field.land, model, spot, max(clear * radius, 0.06), height, sink=depth, tilt=tilt)
            )
    return found


def _trees(kit: _Kit, count: int) -> list[Stand]:
    """A few distinct trees near by and a few of fewer leaves farther off; stems keep apart, crowns may meet."""
    rng, biome = kit.rng, kit.biome

    def grown(number: int, fine: float) -> list[ObjectSpec]:
        return [
            finished(
                tree.grow(rng, draw.choice(rng, biome.trees), height=draw.uniform(rng, *biome.tree_height), fine=fine)
            )
            for _ in range(number)
        ]

    near, far = grown(min(4, count), 1.0), grown(min(4, count), 0.42)
    found = []
    for _ in range(count):
        spot = kit.field.free(rng, draw.uniform(rng, 0.7, 1.7), biome.clearing, 62.0)
        if spot is None:
            continue
        choice = near if np.linalg.norm(spot) < FINE else far
        model = draw.choice(rng, choice)
        height = float(bounds(model).size[2])
        found.append(upright(rng, kit.field.land, model, spot, 0.05 * height, height, sink=0.06, tilt=0.02))
    return found


def _logs(kit: _Kit, count: int) -> list[Stand]:
    found = []
    for _ in range(count):
        model = make("log", kit.rng, kit.style)
        box = bounds(model)
        half = float(box.size[0]) / 2
        spot = kit.field.free(kit.rng, half, 3.0 + half, 16.0)
        if spot is not None:
            heading = contour(kit.field.land, spot) + draw.normal(kit.rng, 0, 0.2)
            found.append(along(kit.field.land, model, spot, heading, 0.8 * half, float(box.size[2]), sink=0.05))
    return found


def _fences(kit: _Kit, count: int) -> list[Stand]:
    """Lengths end to end along the contour, as far as the way is free."""
    model = make("fence", kit.rng, kit.style)
    box = bounds(model)
    half = float(box.size[0]) / 2 - 0.06
    field = kit.field
    start = field.free(kit.rng, half, 7.0, 24.0)
    if start is None:
        return []
    heading = contour(field.land, start) + draw.normal(kit.rng, 0, 0.15)
    found = [along(field.land, model, start, heading, half, float(box.size[2]), sink=0.12)]
    spot = start
    for _ in range(count - 1):
        spot = spot + 2 * half * np.array([np.cos(heading), np.sin(heading)])
        taken = [entry for entry in field.taken if not np.allclose(entry[:2], start)]
        others = Field(
            field.land,
            [
                entry
                for entry in taken
                if entry[2] < half or np.hypot(entry[0] - spot[0], entry[1] - spot[1]) > 2.2 * half
            ],
        )
        wet = max(float(water_field(field.land, spot[None])[0]), float(trail_field(field.land, spot[None])[0]))
        if wet > -half - 0.5 or not others.clear(spot, half):
            break
        field.take(spot, half)
        found.append(along(field.land, model, spot, heading, half, float(box.size[2]), sink=0.12))
    return found


def _signposts(kit: _Kit, count: int) -> list[Stand]:
    """Beside the path, where there is one."""
    model = make("signpost", kit.rng, kit.style)
    height = float(bounds(model).size[2])
    spots = kit.rng.uniform(-11, 11, (400, 2))
    beside = -trail_field(kit.field.land, spots)
    fitting = (beside > 0.35) & (beside < 1.2) & (np.linalg.norm(spots, axis=1) > 2.5)
    for spot in spots[fitting]:
        if kit.field.clear(spot, 0.4) and water_field(kit.field.land, spot[None])[0] < -1.5:
            kit.field.take(spot, 0.4)
            return [upright(kit.rng, kit.field.land, model, spot, 0.4, height, sink=0.12)]
    return []


def _boats(kit: _Kit, count: int) -> list[Stand]:
    """Afloat near the shore; its water line is a third up the hull."""
    found: list[Stand] = []
    spots = kit.rng.uniform(-45, 45, (1500, 2))
    inside = water_field(kit.field.land, spots)
    afloat = ground_height(kit.field.land, spots) < -0.4
    for spot in spots[(inside > 3.2) & (inside < 14) & afloat]:
        if len(found) >= count:
            break
        model = make("boat", kit.rng, kit.style)
        box = bounds(model)
        radius = float(box.size[1]) / 2
        if kit.field.clear(spot, radius):
            kit.field.take(spot, radius)
            found.append(_afloat(kit.rng, model, spot, radius, float(box.size[2])))
    return found


def _afloat(rng: np.random.Generator, model: ObjectSpec, spot: Floats, radius: float, height: float) -> Stand:
    turn = draw.uniform(rng, 0, np.pi)
    location = (round(float(spot[0]), 4), round(float(spot[1]), 4), round(-0.22 * height, 4))
    return Stand(
        model, spot, location, (round(float(np.cos(turn)), 6), 0.0, 0.0, round(float(np.sin(turn)), 6)), radius, height
    )
