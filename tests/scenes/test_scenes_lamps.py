"""What lights a place is a lamp; surfaces that shine only glow, but for small things with a light of their own."""

from functools import cache

import numpy as np
import pytest

from scenes import SceneSpec, sample_scene
from scenes.material import GLOW
from scenes.measure import part_mesh
from scenes.scene import NO_DAYLIGHT, SceneObject, Sky
from tests.scenes.world_points import world_points

#: With a light of their own, of which their surroundings get some: bulbs over shelves and on desks.
SHINING = {"display fridge", "shop counter", "desk lamp"}
FAMILIES = ("warehouse", "shop", "street", "room")
INDICES = range(3)


@cache
def scene(family: str, index: int) -> SceneSpec:
    return sample_scene(family, seed=3, index=index, views=1)


def _glowing(spec: SceneSpec, category: str) -> list[SceneObject]:
    return [
        obj
        for obj in spec.objects
        if obj.model.category == category and any(part.material.kind == "emission" for part in obj.model.parts)
    ]


@pytest.mark.parametrize("family", FAMILIES)
def test_only_small_things_shine_by_themselves(family: str) -> None:
    for index in INDICES:
        for obj in scene(family, index).objects:
            for part in obj.model.parts:
                if part.material.shines:
                    assert obj.model.category in SHINING, (obj.name, part.name, part.material.strength)
                    assert np.ptp(part_mesh(part).vertices, axis=0).min() < 0.1


@pytest.mark.parametrize("family", ["warehouse", "shop"])
def test_each_lit_lamp_and_skylight_has_an_area_lamp_right_below_its_glow(family: str) -> None:
    lamps, sized = 0, 0
    for index in INDICES:
        spec = scene(family, index)
        areas = [lamp for lamp in spec.lamps if lamp.kind == "area"]
        lit = [*_glowing(spec, "ceiling lamp"), *_glowing(spec, "skylight")]
        assert len(areas) == len(lit)
        for obj, points in zip(spec.objects, world_points(spec.objects), strict=True):
            if obj not in lit:
                continue
            low, high = points.min(0), points.max(0)
            (lamp,) = (lamp for lamp in areas if np.allclose(lamp.location[:2], (low + high)[:2] / 2, atol=0.02))
            assert low[2] - 0.01 < lamp.location[2] < low[2] + 0.06
            assert lamp.target[:2] == lamp.location[:2]
            assert lamp.power > 1
            if lamp.height:  # as wide and as long as what glows
                sides = (high - low)[:2]
                assert (lamp.size > lamp.height) == (sides[0] > sides[1])
                assert lamp.size <= sides[0]
                assert lamp.height <= sides[1]
                sized += 1
            lamps += 1
    assert lamps > 5
    assert sized > 3


def test_daylight_is_looked_for_only_where_it_comes_in() -> None:
    halls = [scene("warehouse", index) for index in INDICES]
    shops = [
        sample_scene("shop", seed=3, index=0, views=1, parameters={"shops": [kind]})
        for kind in ("supermarket", "grocer")
    ]
    dark = [spec.world.strength <= NO_DAYLIGHT for spec in (*halls, *shops) if isinstance(spec.world, Sky)]
    ground = [any(obj.model.category == "ground" for obj in spec.objects) for spec in (*halls, *shops)]
    assert dark == [not each for each in ground]  # there is ground outside of what is open
    assert len(set(dark)) == 2


def test_glow_is_what_the_camera_sees_unclipped() -> None:
    strengths = {
        part.material.strength
        for index in INDICES
        for obj in _glowing(scene("warehouse", index), "ceiling lamp")
        for part in obj.model.parts
        if part.material.kind == "emission"
    }
    assert strengths == {GLOW}
