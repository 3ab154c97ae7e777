"""Specs: compared and looked up by value, and rounded to what their documents hold."""

import pickle

from scenes.material import Material
from scenes.model import Part
from scenes.shapes import Box


def box(width: float) -> Part:
    material = Material(kind="wood", name="wood", color=(0.5, 0.4, 0.3))
    return Part(name="box", shape=Box(size=(width, 1.0, 1.0)), material=material)


def test_equal_specs_have_equal_hashes() -> None:
    first, again = box(1.0), box(1.0)
    assert first is not again
    assert first == again
    assert hash(first) == hash(again)
    assert hash(pickle.loads(pickle.dumps(first))) == hash(first)


def test_a_copy_does_not_inherit_the_hash() -> None:
    first = box(1.0)
    before = hash(first)
    moved = first.model_copy(update={"location": (1.0, 0.0, 0.0)})
    assert hash(moved) != before
    assert {first: 1, moved: 2}[box(1.0).model_copy(update={"location": (1.0, 0.0, 0.0)})] == 2


def test_rounding_is_to_six_digits_and_a_micrometre_and_changes_nothing_twice() -> None:
    rounded = box(1.23456789).rounded()
    assert rounded.shape == Box(size=(1.23457, 1.0, 1.0))
    assert box(0.00000123).model_copy(update={"location": (0.0000004, 12345.678, 0.0)}).rounded().location == (
        0.0,
        12345.7,
        0.0,
    )
    assert rounded.rounded() == rounded
