"""A land of some biome, and the objects that are its surface: ground by zones, water, grass, far woods."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import part
from scenes.craft.finishes import finish, tint, vary
from scenes.families.terrain.biomes import Biome, Cover
from scenes.families.terrain.parameters import TerrainParameters
from scenes.material import Material
from scenes.model import ObjectSpec
from scenes.nature.ground import ZONES
from scenes.nature.specs import Blades, Ground, Land, Trail, Water, Woodland
from scenes.shapes import Shape
from scenes.tessellation import tessellate

__all__ = ["sample_land", "surfaces"]

LEAST = 12  # faces: smaller zones are left out
SWARD = 0.78  # share of the blades of grass that are short and stand between the tufts
PALE: Rgb = (0.75, 0.78, 0.5)  # blades in the light are paler than a turf of them
LIKE_GROUND = 0.5  # share of the ground's own colour in blades


def _between(rng: np.random.Generator, limits: tuple[float, float]) -> float:
    return round(draw.uniform(rng, *limits), 3)


def _seed(rng: np.random.Generator) -> int:
    return draw.integer(rng, 1_000_000)


def sample_land(rng: np.random.Generator, biome: Biome, parameters: TerrainParameters) -> Land:
    """The relief, with water and a path by their shares."""
    has_water = draw.chance(rng, min(parameters.water_share * biome.water, 1.0))
    water = _water(rng, biome) if has_water else None
    trail = None
    if draw.chance(rng, parameters.path_share):
        away = draw.uniform(rng, 3.5, 7.0) if water else draw.uniform(rng, -5.0, 5.0)
        trail = Trail(
            heading=_between(rng, (0, 6.283)),
            away=round(float(away), 3),
            width=_between(rng, (0.9, 2.4)),
            winding=_between(rng, (1.0, 7.0)),
        )
    return Land(
        seed=_seed(rng),
        rolling=_between(rng, biome.rolling),
        feature=_between(rng, biome.feature),
        rough=_between(rng, biome.rough),
        rise=_between(rng, biome.rise),
        rise_from=_between(rng, biome.rise_from),
        craggy=_between(rng, biome.craggy),
        dunes=_between(rng, biome.dunes),
        steep=_between(rng, biome.steep),
        bare=_between(rng, biome.bare),
        water=water,
        trail=trail,
    )


def _water(rng: np.random.Generator, biome: Biome) -> Water:
    heading = _between(rng, (0, 6.283))
    if draw.chance(rng, biome.lakes):
        wave = _between(rng, (0.01, 0.05))
        return Water(
            form="lake", heading=heading, away=_between(rng, (5, 16)), width=_between(rng, (30, 160)), wave=wave
        )
    return Water(form="stream", heading=heading, away=_between(rng, (3, 9)), width=_between(rng, (1.8, 6)), wave=0.02)


def surfaces(rng: np.random.Generator, biome: Biome, land: Land, density: float) -> list[ObjectSpec]:
    """All structure: ground zones, water, grass, far woods."""
    models: list[ObjectSpec] = []
    colors: dict[str, Rgb] = {}
    for zone in (*ZONES, "water"):
        if zone == "water" and land.water is None:
            continue
        material = _covering(rng, biome.covers[zone])
        colors[zone] = material.color
        ground = Ground.model_validate({"land": land, "zone": zone})
        if tessellate(ground).face_count >= LEAST:
            models.append(_model(biome.covers[zone].category, ground, material))
    count, height, (color, accent) = biome.blades
    if count * density >= 1:
        blades = Blades(
            land=land,
            seed=_seed(rng),
            count=round(count * density / (1 - SWARD)),
            reach=_between(rng, (17, 24)),
            height=_between(rng, height),
            width=0.0045,
            sward=SWARD,
        )
        blade = tint(color, PALE, 0.15)
        if biome.covers["base"].kind == "turf":
            blade = tint(blade, colors["base"], LIKE_GROUND)
        leaf = finish(
            rng,
            "leaves",
            "grass",
            vary(rng, blade, 0.1),
            accent=accent,
            scale=1.5,
            wear=_between(rng, (0.1, 0.6)),
        )
        models.append(_model("grass", blades, leaf))
    if biome.litter and density > 0:
        shape = Blades(
            land=land,
            seed=_seed(rng),
            count=round(9000 * density),
            reach=_between(rng, (13, 20)),
            height=_between(rng, (0.06, 0.1)),
            litter=True,
        )
        main, accent = biome.litter
        leaf = finish(rng, "leaves", "litter", vary(rng, main, 0.1), accent=accent, scale=2.0, wear=0.45)
        models.append(_model(biome.covers["base"].category, shape, leaf))
    if biome.wooded[0] * density >= 1:
        models.append(_woods(rng, biome, land, density))
    return models


def _woods(rng: np.random.Generator, biome: Biome, land: Land, density: float) -> ObjectSpec:
    count, conifers = biome.wooded
    height = float(np.mean(biome.tree_height)) * 1.15
    shape = Woodland(
        land=land, seed=_seed(rng), count=round(count * min(density, 1.0)), near=58.0, far=_between(rng, (500, 1000)),
        tall=round(height, 2), conifers=conifers,
    )  # fmt: skip
    main, other = {
        "autumn": ((0.6, 0.34, 0.12), (0.34, 0.36, 0.14)),
        "snowy": ((0.2, 0.26, 0.2), (0.88, 0.9, 0.93)),
    }.get(biome.trees[0], ((0.24, 0.33, 0.14), (0.15, 0.24, 0.13)))
    wear = 0.3 if biome.trees[0] == "snowy" else 0.45
    return _model(
        "woodland", shape, finish(rng, "leaves", "foliage", vary(rng, main, 0.08), accent=other, scale=25.0, wear=wear)
    )


def _covering(rng: np.random.Generator, cover: Cover) -> Material:
    main, accent = draw.choice(rng, cover.colors)
    wear = _between(rng, cover.wear)
    return finish(rng, cover.kind, cover.category, vary(rng, main, 0.06), accent=accent, scale=cover.scale, wear=wear)


def _model(category: str, shape: Shape, material: Material) -> ObjectSpec:
    """Colours rounded to four digits: they are most of a document's length."""
    short = material.model_copy(update={"color": tuple(round(c, 4) for c in material.color)})
    return ObjectSpec(category=category, parts=(part(category, shape, short),))
