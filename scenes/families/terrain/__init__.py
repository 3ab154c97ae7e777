"""Open country: hills to a closed horizon, water, paths, rocks, trees, and what people leave there, in seven biomes."""

import numpy as np

from scenes import draw
from scenes.craft.style import sample_style
from scenes.draw import stream
from scenes.families.terrain.biomes import BIOMES
from scenes.families.terrain.country import sample_land, surfaces
from scenes.families.terrain.hikers import hikers
from scenes.families.terrain.light import sample_daylight
from scenes.families.terrain.parameters import TerrainParameters
from scenes.families.terrain.placing import Field, Stand
from scenes.families.terrain.strewing import things
from scenes.families.terrain.views import Prospect, sample_view
from scenes.model import ObjectSpec
from scenes.scene import SceneObject, SceneSpec

__all__ = ["TerrainParameters", "sample"]

LEAST_CATEGORIES = 4  # a surface or two, the far land, and a thing or two
LEAST_COVERED = 0.005  # share of a view that things must cover together
#: Stops over middle gray: a meter would turn snow and sand gray, and a dim wood bright.
_BIAS = {"snow": 0.75, "desert": 0.3, "forest": -0.1}


def sample(seed: int, index: int, attempt: int, views: int, parameters: TerrainParameters) -> SceneSpec:
    """A scene of one biome; the views change nothing but the cameras."""

    def chance(*names: str | int) -> np.random.Generator:
        return stream(seed, "terrain", index, attempt, *names)

    rng = chance("setting")
    name = draw.choice(rng, parameters.biomes or tuple(BIOMES))
    biome = BIOMES[name]
    land = sample_land(chance("land"), biome, parameters)
    daylight = sample_daylight(chance("light"), biome, parameters)
    grounds = surfaces(chance("surfaces"), biome, land, parameters.density)
    field = Field(land)
    stands = things(chance("things"), sample_style(rng), biome, field, parameters.density)
    stands += hikers(chance("hikers"), field, parameters.hikers)
    prospect = Prospect(land, tuple(stands), daylight.toward_sun(), draw.chance(rng, 0.12))
    first = draw.uniform(chance("azimuth"), 0, 2 * np.pi)
    return SceneSpec(
        family="terrain",
        seed=seed,
        index=index,
        attempt=attempt,
        objects=_numbered(grounds, stands),
        world=daylight.sky,
        views=tuple(sample_view(chance("view", k), prospect, first + 1.7 * k, k) for k in range(views)),
        haze=daylight.haze,
        exposure=_BIAS.get(name, 0.0) + daylight.lift,
        min_categories=LEAST_CATEGORIES,
        min_things=LEAST_COVERED,
    )


def _numbered(grounds: list[ObjectSpec], stands: list[Stand]) -> tuple[SceneObject, ...]:
    found = [
        SceneObject(id=k, name=f"{model.category}-{k}", model=model, location=(0.0, 0.0, 0.0))
        for k, model in enumerate(grounds, 1)
    ]
    base = next(
        entry.id
        for entry in reversed(found)
        if entry.model.parts[0].shape.kind == "ground" and entry.model.parts[0].shape.zone == "base"
    )
    for k, stand in enumerate(stands, len(found) + 1):
        held = {"id": k, "name": f"{stand.model.category}-{k}", "supported_by": base}
        found.append(SceneObject(model=stand.model, location=stand.location, rotation=stand.rotation, **held))
    return tuple(found)
