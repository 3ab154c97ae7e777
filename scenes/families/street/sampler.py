"""Streets: a road between buildings or a park, vehicles, people, trees, lamps and street furniture."""

import numpy as np

from encode.formulas.indices import SceneIndex
from scenes import draw
from scenes.craft.style import sample_style
from scenes.draw import stream
from scenes.families.street.buildings.materials import sample_town
from scenes.families.street.light import DARK, lamp_lights, sample_hour, sky
from scenes.families.street.parameters import StreetParameters
from scenes.families.street.pavement import add_furniture
from scenes.families.street.people import add_people
from scenes.families.street.placement import StreetLayout
from scenes.families.street.plan import sample_plan
from scenes.families.street.riders import add_riders
from scenes.families.street.rows import add_boundaries, add_buildings
from scenes.families.street.scenery import StreetScenery
from scenes.families.street.surface import add_surfaces
from scenes.families.street.traffic import add_vehicles
from scenes.families.street.views import sample_view, street_subjects, subject_surroundings
from scenes.scene import SceneSpec

__all__ = ["sample"]

LEAST_CATEGORIES = 5
LEAST_COVERED = 0.012  # share of a view that loose objects must cover together


def sample(seed: int, index: SceneIndex, attempt: int, views: int, parameters: StreetParameters) -> SceneSpec:
    """A street scene; the views change nothing but the cameras."""

    def chance(*names: str | int) -> np.random.Generator:
        return stream(seed, "street", index, attempt, *names)

    style = sample_style(chance("style"))
    plan = sample_plan(chance("plan"), parameters)
    hour = sample_hour(chance("hour"), parameters)
    dark = hour in DARK
    town = sample_town(chance("town"), night=dark)
    layout = StreetLayout()
    add_surfaces(chance("surface"), plan, layout)
    add_buildings(chance("buildings"), plan, town, layout)
    add_boundaries(chance("boundaries"), plan, town, layout)
    add_vehicles(chance("traffic"), style, plan, parameters, layout)
    add_furniture(chance("furniture"), style, plan, parameters, layout, lit=dark)
    add_riders(chance("riders"), plan, parameters, layout)
    add_people(chance("people"), plan, parameters, layout)
    scenery = StreetScenery(plan, layout)
    first = draw.chance(chance("way"), 0.6)
    views_of_all = [sample_view(chance("view", k), scenery, first == (k % 2 == 0)) for k in range(views)]
    return SceneSpec(
        family="street",
        seed=seed,
        index=index,
        attempt=attempt,
        objects=layout.objects(),
        world=sky(chance("sky"), hour),
        lamps=lamp_lights(layout, hour),
        views=parameters.framed(chance, views_of_all, street_subjects(scenery), subject_surroundings(scenery)),
        exposure=-0.4 if dark else 0.45,
        min_categories=LEAST_CATEGORIES,
        min_things=LEAST_COVERED,
    )
