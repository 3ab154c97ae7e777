"""The objects of a setting as objects of a scene."""

from functools import lru_cache

from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.scene import SceneObject
from scenes.settings import SettingFixture, SurveyedSetting
from scenes.shapes import Piece
from scenes.taxonomy import Category, load_taxonomy

__all__ = ["setting_objects"]

#: Every face of a fixture has its own material.
UNUSED = Material(kind="plaster", name="own", color=(0.5, 0.5, 0.5))


@lru_cache(maxsize=4)  # the same for every scene of a setting, which has thousands of objects
def setting_objects(blend: SurveyedSetting, own: tuple[Category, ...] = ()) -> tuple[SceneObject, ...]:
    """Every object of the setting at its location; ids are the setting's own numbers. own: the user's categories."""
    return tuple(_object(fixture, own) for fixture in blend.fixtures)


def _object(fixture: SettingFixture, own: tuple[Category, ...]) -> SceneObject:
    shape = Piece(number=fixture.number, low=fixture.low, high=fixture.high, inside_out=fixture.inside_out)
    part = Part(name=fixture.category or fixture.name, shape=shape, material=UNUSED)
    model = ObjectSpec(
        category=fixture.category,
        parts=(part,),
        color=fixture.color,
        material=fixture.made_of,
        size=_size(fixture, own),
    )
    return SceneObject(
        id=fixture.number, name=fixture.name, model=model, location=(0.0, 0.0, 0.0), supported_by=fixture.supported_by
    )


def _size(fixture: SettingFixture, own: tuple[Category, ...]) -> str:
    largest = max(high - low for low, high in zip(fixture.low, fixture.high, strict=True))
    return load_taxonomy(own)[fixture.category].size_word(largest) if fixture.category else ""
