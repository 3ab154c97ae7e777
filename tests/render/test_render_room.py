"""A room renders whole: every pixel has a category, depths are a room's, nothing is black."""

import numpy as np
import pytest

from scenes import sample_scene

pytest.importorskip("bpy")

pytestmark = pytest.mark.render


def test_every_pixel_of_a_room_has_a_category_and_a_room_s_depth() -> None:
    from render.engine import Engine
    from render.settings import RenderSettings

    spec = sample_scene("room", seed=5, index=4, views=1, parameters={"kinds": ["bathroom"], "moods": ["day"]})
    view = Engine(RenderSettings(width=96, height=72, samples=2)).render(spec).views[0]
    assert (view.category > 0).all()
    surface = np.isfinite(view.depth)
    assert surface.mean() > 0.8
    assert view.depth[surface].min() > 0.25
    assert view.depth[surface].max() < 6.0
    assert 25 < np.median(view.image) < 225
    assert len(np.unique(view.category)) >= spec.min_categories


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
