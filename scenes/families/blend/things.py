"""The things of a place as objects of a scene."""

from functools import lru_cache

from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.scene import SceneObject
from scenes.settings import SettingFixture, SurveyedSetting
from scenes.shapes import Piece
from scenes.taxonomy import Category, load_taxonomy

__all__ = ["setting_objects"]

#: No face of a piece lacks a material of its own.
UNUSED = Material(kind="plaster", name="own", color=(0.5, 0.5, 0.5))


@lru_cache(maxsize=4)  # the same for every scene of a place, and there are thousands of things
def setting_objects(blend: SurveyedSetting, own: tuple[Category, ...] = ()) -> tuple[SceneObject, ...]:
    """Every thing of the place, where it stands; ids are the place's own numbers. own: the user's categories."""
    return tuple(_object(entry, own) for entry in blend.fixtures)


def _object(entry: SettingFixture, own: tuple[Category, ...]) -> SceneObject:
    shape = Piece(number=entry.number, low=entry.low, high=entry.high, inside_out=entry.inside_out)
    part = Part(name=entry.category or entry.name, shape=shape, material=UNUSED)
    model = ObjectSpec(
        category=entry.category, parts=(part,), color=entry.color, material=entry.made_of, size=_size(entry, own)
    )
    return SceneObject(
        id=entry.number, name=entry.name, model=model, location=(0.0, 0.0, 0.0), supported_by=entry.supported_by
    )


def _size(entry: SettingFixture, own: tuple[Category, ...]) -> str:
    largest = max(high - low for low, high in zip(entry.low, entry.high, strict=True))
    return load_taxonomy(own)[entry.category].size_word(largest) if entry.category else ""
