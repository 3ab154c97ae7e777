"""The objects on the table of one scene."""

from dataclasses import dataclass, replace

import numpy as np

from scenes import draw
from scenes.catalog import small_categories
from scenes.craft.style import Style
from scenes.families.tabletop.parameters import TabletopParameters
from scenes.families.tabletop.placement import TopLayout, TopPlacement, measured
from scenes.families.tabletop.recipes import FRUIT_GAP, Arranger, single
from scenes.families.tabletop.themes import THEMES, Theme
from scenes.furnish.covers import CLOTH_THICKNESS, runner, tablecloth
from scenes.furnish.tables import Table
from scenes.mesh import Floats
from scenes.model import ObjectSpec

__all__ = ["Filling", "TableCover", "fill"]

AGAIN = 0.15  # weight of an arrangement for each further use: tables show several kinds of objects


@dataclass(frozen=True, eq=False)
class TableCover:
    """A cloth on the top: `lift` is how much higher objects stand; `half_width` of a runner, 0 for all of the top."""

    model: ObjectSpec
    z: float
    lift: float
    x: float = 0.0
    half_width: float = 0.0

    def holds(self, point: Floats) -> bool:
        """Whether the cloth lies at a point [2] of the top."""
        return self.half_width == 0 or abs(float(point[0]) - self.x) < self.half_width


@dataclass(frozen=True, eq=False)
class Filling:
    """Objects placed with z = 0 at the top, the cloth under them, and the centre of the arrangement."""

    placed: tuple[TopPlacement, ...]
    cover: TableCover | None
    center: Floats


def fill(
    rng: np.random.Generator,
    style: Style,
    theme: str,
    table: Table,
    parameters: TabletopParameters,
    *,
    at_rest: bool = False,
) -> Filling:
    """Arrangements of the theme around one point of the table until there are enough objects.

    at_rest: no physics simulation follows, so objects touch their supports.
    """
    allowed = tuple(name for name in small_categories() if not parameters.categories or name in parameters.categories)
    wanted = draw.integer(rng, parameters.min_objects, parameters.max_objects + 1)
    edge = _inset(table.outline, 0.02)
    layout = TopLayout(rng, edge)
    arranger = Arranger(rng, style, layout, allowed, wanted, fruit_gap=0.0 if at_rest else FRUIT_GAP)
    center = rng.uniform(-0.4, 0.4, 2) * edge.max(0)
    radius = min(0.1 + 0.02 * wanted, 0.3)
    _arrange(arranger, THEMES[theme], center, radius)
    cover = _cover(rng, style, table, center)
    return Filling(tuple(_lifted(item, cover, layout.placements) for item in layout.placements), cover, center)


def _arrange(arranger: Arranger, theme: Theme, center: Floats, radius: float) -> None:
    """The theme's arrangements, and at times, or after one that did not fit, a single object."""
    weights = [weight for _, weight in theme.recipes]
    extras = single(*arranger.allowed)
    misses = 0
    for _ in range(60):
        if arranger.room <= 0 or misses > 7:
            return
        before = arranger.room
        index = draw.weighted_index(arranger.rng, weights)
        chosen = extras if draw.chance(arranger.rng, 0.12) or misses % 2 else theme.recipes[index][0]
        chosen(arranger, center + arranger.rng.normal(0, 0.6 * radius, 2), 0.5 * radius)
        misses += arranger.room == before
        weights[index] *= AGAIN


def _inset(outline: Floats, by: float) -> Floats:
    """The outline pulled in from the edge."""
    half = np.abs(outline).max(0)
    return np.asarray(outline * (half - by) / half)


def _cover(rng: np.random.Generator, style: Style, table: Table, center: Floats) -> TableCover | None:
    """A tablecloth or a runner now and then, not on desks and counters."""
    if table.kind not in ("dining", "round", "sideboard", "coffee") or not draw.chance(rng, 0.3):
        return None
    if table.kind in ("dining", "round") and draw.chance(rng, 0.55):
        cloth = tablecloth(rng, style, table.outline)
        return TableCover(cloth, CLOTH_THICKNESS - measured(cloth).height, CLOTH_THICKNESS)
    strip, width = runner(rng, style, 2 * float(table.outline[:, 1].max()))
    if table.kind == "round":
        return None
    limit = float(table.outline[:, 0].max()) - width / 2 - 0.03
    x = float(np.clip(center[0], -limit, limit))
    return TableCover(strip, CLOTH_THICKNESS - measured(strip).height, CLOTH_THICKNESS, x, width / 2)


def _lifted(item: TopPlacement, cover: TableCover | None, placed: list[TopPlacement]) -> TopPlacement:
    """The placement raised onto the cloth where what it stands on touches it."""
    if cover is None:
        return item
    root = item
    while root.support >= 0:
        root = placed[root.support]
    on_cloth = cover.half_width == 0 or abs(root.x - cover.x) < cover.half_width + root.measured.radius
    return replace(item, location=item.location + np.array([0.0, 0.0, cover.lift])) if on_cloth else item
