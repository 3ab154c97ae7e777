"""Objects on a table, in a room or outdoors, in everyday arrangements; a physics simulation brings them to rest."""

import numpy as np

from encode.formulas.indices import SceneIndex
from scenes import draw
from scenes.catalog import finished
from scenes.craft.style import sample_style
from scenes.draw import stream
from scenes.families.tabletop.filling import fill
from scenes.families.tabletop.light import light_indoors, light_outdoors
from scenes.families.tabletop.objects import scene_layout
from scenes.families.tabletop.parameters import TabletopParameters
from scenes.families.tabletop.surroundings import indoors, outdoors
from scenes.families.tabletop.themes import THEMES
from scenes.families.tabletop.views import TableSubject, first_azimuth, sample_view
from scenes.furnish.tables import Table, sample_table
from scenes.measure import bounds
from scenes.scene import Physics, SceneSpec

__all__ = ["sample"]

MOST_WANTED = 5  # categories that a view must show: the table, its setting, and two or three more
LEAST_COVERED = 0.06  # share of a view that the objects on the table must cover together


def sample(seed: int, index: SceneIndex, attempt: int, views: int, parameters: TabletopParameters) -> SceneSpec:
    """A tabletop scene; the views change nothing but the cameras."""

    def chance(*names: str | int) -> np.random.Generator:
        return stream(seed, "tabletop", index, attempt, *names)

    rng = chance("setting")
    style, theme = sample_style(rng), draw.choice(rng, list(THEMES))
    inside = draw.chance(rng, parameters.indoor_share)
    kinds = tuple(kind for kind in THEMES[theme].tables if inside or kind not in ("counter", "sideboard"))
    table = _finished(sample_table(chance("table"), style, kinds or ("dining",)))
    filling = fill(chance("things"), style, theme, table, parameters)
    clear = table.height + max((item.z + item.measured.height for item in filling.placed), default=0.0) + 0.03
    surroundings = indoors(chance("room"), style, table, clear) if inside else outdoors(chance("room"), style, table)
    light = chance("light")
    world, lamps = light_indoors(light, surroundings, table.height) if inside else light_outdoors(light)
    subject = TableSubject(filling.placed, table.height, surroundings)
    objects = scene_layout(surroundings, table, filling).objects()
    return SceneSpec(
        family="tabletop",
        seed=seed,
        index=index,
        attempt=attempt,
        objects=objects,
        world=world,
        lamps=lamps,
        views=tuple(
            sample_view(chance("view", k), subject, azimuth)
            for k, azimuth in enumerate(_azimuths(chance("azimuths"), subject, views))
        ),
        physics=Physics(steps=120),
        min_categories=min(MOST_WANTED, max(2, len({placed.model.category for placed in objects}) - 1)),
        min_things=LEAST_COVERED,
    )


def _finished(table: Table) -> Table:
    """The table as it goes into the scene, its height measured on it."""
    model = finished(table.model, center=False)
    return Table(table.kind, model, float(bounds(model).high[2]), table.outline)


def _azimuths(rng: np.random.Generator, subject: TableSubject, views: int) -> list[float]:
    """Where the cameras stand: each 30 to 70 degrees from one before, indoors back and forth before the wall."""
    first = first_azimuth(rng, subject)
    azimuths = [first]
    side = 1.0 if not subject.indoors or first < -np.pi / 2 else -1.0
    for k in range(1, views):
        step = draw.uniform(rng, 0.53, 1.2)
        if subject.indoors:
            azimuths.append(first + side * step if k % 2 else first + 0.4 * side * step)
        else:
            azimuths.append(azimuths[-1] + step)
    return azimuths
