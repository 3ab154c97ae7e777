"""A mix draws its families by weight, one family a scene, and changes nothing of theirs."""

from collections import Counter

import pytest

from scenes import SceneError, family_of_scene, family_parameters, sample_scene

MEMBERS = tuple(family_parameters("mix").model_fields)
EVEN = {"shapes": {"weight": 1}, "tabletop": {"weight": 3}}


def test_weights_decide_how_often_a_family_comes() -> None:
    only = {name: {"weight": 0} for name in MEMBERS} | EVEN
    drawn = Counter(family_of_scene("mix", 5, index, only) for index in range(800))
    assert set(drawn) == {"shapes", "tabletop"}
    assert drawn["tabletop"] / 800 == pytest.approx(0.75, abs=0.05)
    assert drawn != Counter(family_of_scene("mix", 6, index, only) for index in range(800))


def test_by_default_every_family_but_the_abstract_one_comes() -> None:
    drawn = {family_of_scene("mix", 0, index) for index in range(300)}
    assert drawn == set(MEMBERS) - {"shapes"}
    assert family_of_scene("shapes", 0, 7) == "shapes"


def test_a_scene_is_that_of_its_own_family() -> None:
    mine = {name: {"weight": 0} for name in MEMBERS}
    mine["shapes"] = {"weight": 1, "max_objects": 5}
    scene = sample_scene("mix", seed=3, index=4, parameters=mine)
    assert scene.family == "shapes"
    assert scene == sample_scene("shapes", seed=3, index=4, parameters={"max_objects": 5})
    again = sample_scene("mix", seed=3, index=4, attempt=2, parameters=mine)
    assert (again.family, again.attempt) == ("shapes", 2)


def test_parameters_are_checked_by_family_and_field() -> None:
    with pytest.raises(SceneError, match=r"tabletop.min_objects"):
        sample_scene("mix", seed=0, index=0, parameters={"tabletop": {"min_objects": 0}})
    with pytest.raises(SceneError, match=r"shapes.weight"):
        sample_scene("mix", seed=0, index=0, parameters={"shapes": {"weight": -1}})
    nothing = {name: {"weight": 0} for name in MEMBERS}
    with pytest.raises(SceneError, match="one family a weight above 0"):
        sample_scene("mix", seed=0, index=0, parameters=nothing)
    assert "tabletop" in family_parameters("mix").model_fields
