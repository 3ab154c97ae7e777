"""Open country: hills to a closed horizon, water, paths, rocks, trees, tents, fences and boats, in seven biomes."""

import numpy as np

from encode.formulas.indices import SceneIndex
from scenes import draw
from scenes.craft.style import sample_style
from scenes.draw import stream
from scenes.families.terrain.biomes import BIOMES
from scenes.families.terrain.country import sample_land, surfaces
from scenes.families.terrain.hikers import add_hikers
from scenes.families.terrain.light import sample_daylight
from scenes.families.terrain.parameters import TerrainParameters
from scenes.families.terrain.placement import LandLayout
from scenes.families.terrain.scatter import scatter_objects
from scenes.families.terrain.views import LandScenery, land_subjects, sample_view, subject_surroundings
from scenes.scene import SceneSpec

__all__ = ["sample"]

LEAST_CATEGORIES = 4  # a surface or two, the far land, and an object or two
LEAST_COVERED = 0.005  # share of a view that objects must cover together
#: Stops over middle gray: automatic exposure would turn snow and sand gray, and a dark forest bright.
_BIAS = {"snow": 0.4, "desert": 0.3, "forest": -0.1}


def sample(seed: int, index: SceneIndex, attempt: int, views: int, parameters: TerrainParameters) -> SceneSpec:
    """A scene of one biome; the views change nothing but the cameras."""

    def chance(*names: str | int) -> np.random.Generator:
        return stream(seed, "terrain", index, attempt, *names)

    rng = chance("setting")
    name = draw.choice(rng, parameters.biomes or tuple(BIOMES))
    biome = BIOMES[name]
    land = sample_land(chance("land"), biome, parameters)
    daylight = sample_daylight(chance("light"), biome, parameters)
    grounds = surfaces(chance("surfaces"), biome, land, parameters.density)
    layout = LandLayout(land, grounds)
    scatter_objects(chance("things"), sample_style(rng), biome, layout, parameters.density)
    add_hikers(chance("hikers"), layout, parameters.hikers)
    scenery = LandScenery(layout, daylight.toward_sun(), faces_sun=draw.chance(rng, 0.12))
    first = draw.uniform(chance("azimuth"), 0, 2 * np.pi)
    views_of_all = [sample_view(chance("view", k), scenery, first + 1.7 * k, k) for k in range(views)]
    return SceneSpec(
        family="terrain",
        seed=seed,
        index=index,
        attempt=attempt,
        objects=layout.objects(),
        world=daylight.sky,
        views=parameters.framed(chance, views_of_all, land_subjects(scenery), subject_surroundings(scenery)),
        haze=daylight.haze,
        exposure=_BIAS.get(name, 0.0) + daylight.lift,
        min_categories=LEAST_CATEGORIES,
        min_things=LEAST_COVERED,
    )
