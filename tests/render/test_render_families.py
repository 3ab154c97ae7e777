"""Scenes of every family render whole: each pixel has a category, depths are as documented, nothing is black."""

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from scenes import sample_scene
from scenes.families import all_families

pytest.importorskip("bpy")

pytestmark = pytest.mark.render

PAGE = Path(__file__).parents[2] / "docs" / "scenes.md"
MEMBERS = tuple(name for name, family in all_families().items() if not (family.of_library or family.family_of))
METRES = {"m": 1.0, "km": 1000.0}


@cache
def promised() -> dict[str, tuple[float, float]]:
    """The nearest and farthest surface of each family by the table in docs/scenes.md; the farthest that it names."""
    rows = [line.split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| [")]
    ranges = {}
    for row in rows:
        lengths = [float(number) * METRES[unit] for number, unit in re.findall(r"([\d.]+) (km|m)\b", row[3])]
        if lengths:
            ranges[row[1].split("]")[0].strip(" [")] = (min(lengths), max(lengths))
    return ranges


@pytest.mark.parametrize("family", MEMBERS)
def test_every_pixel_has_a_category_and_a_depth_as_promised(family: str) -> None:
    from render.engine import Engine
    from render.errors import SceneRejected
    from render.settings import RenderSettings

    engine = Engine(RenderSettings(width=96, height=72, samples=2, photo=False))
    for attempt in range(4):  # a scene may be refused, as in a job
        spec = sample_scene(family, seed=5, index=4, attempt=attempt, views=1)
        try:
            view = engine.render(spec).frames[0]
            break
        except SceneRejected:
            continue
    else:
        pytest.fail(f"four scenes of {family} in a row were refused")
    surface = np.isfinite(view.truth.depth)
    assert (view.truth.category[surface] > 0).mean() == 1.0
    assert set(np.unique(view.truth.instance[surface])) <= {item.id for item in spec.objects}
    low, high = promised()[family]
    assert low <= view.truth.depth[surface].min()
    assert view.truth.depth[surface].max() <= high
    assert 20 < np.median(view.image) < 235
    wanted = min(spec.categories_wanted(camera) for camera in spec.views[0].candidates)
    assert len(np.unique(view.truth.category[surface])) >= wanted


def test_a_portal_lights_nothing_by_itself_and_no_lamp_is_seen() -> None:
    import bpy

    from render.light import add_lamp
    from scenes.scene import Lamp

    bpy.ops.wm.read_factory_settings(use_empty=True)
    portal = add_lamp(Lamp(kind="portal", location=(0, 0, 1), target=(0, 1, 1), power=1.0, size=1.2, height=0.8))
    assert portal.data.cycles.is_portal
    assert portal.data.shape == "RECTANGLE"
    assert (portal.data.size, portal.data.size_y) == pytest.approx((1.2, 0.8))
    assert not portal.visible_camera
    disc = add_lamp(Lamp(kind="area", location=(0, 0, 1), power=1.0, size=0.5))
    assert disc.data.shape == "DISK"
    assert not disc.data.cycles.is_portal
