"""The one layout: what fits by each policy, what carries what, and the numbers, names and poses of the objects."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.catalog import make
from scenes.craft.style import sample_style
from scenes.layout import (
    NOTHING,
    BoxRegion,
    CircleCollision,
    ConvexRegion,
    ExtentCollision,
    Layout,
    Placement,
    circle,
    outline_extents,
)
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.numbering import ObjectNumbering
from scenes.quaternions import yaw_quaternion

UNIT = np.array([[(0.0, 0.0, 0.0), (1.0, 1.0, 1.0)]])
SQUARE = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])


def _model(category: str = "mug") -> ObjectSpec:
    rng = np.random.default_rng(1)
    return make(category, rng, sample_style(rng))


MUG, BOOK = _model("mug"), _model("book")


def _box(x: float, *, support: int = NOTHING, model: ObjectSpec = MUG) -> Placement:
    """A placement whose box has sides of 1 m and begins at x."""
    return Placement(
        model=model, location=np.array([x, 0.0, 0.0]), boxes=UNIT + np.array([x, 0.0, 0.0]), support=support
    )


def test_boxes_keep_the_clearance() -> None:
    layout = Layout[Placement]()
    assert layout.place(_box(0.0)) == 0
    assert layout.place(_box(0.5)) is None
    assert layout.place(_box(1.0)) == 1  # boxes that touch do not overlap
    assert not layout.fits(_box(2.2).boxes, clearance=0.3)
    assert layout.fits(_box(2.2).boxes, clearance=0.2 - 1e-9)
    assert layout.fits(_box(0.5).boxes, clearance=-0.5)
    assert layout.fits(_box(0.5).boxes, ignore={0, 1})
    assert not layout.fits(_box(0.5).boxes, ignore={0})


def test_boxes_seen_from_above_do_not_pass_over_each_other() -> None:
    layout = Layout[Placement]()
    layout.add(_box(0.0), _box(0.0).boxes[..., :2])
    above = _box(0.0).boxes + np.array([0.0, 0.0, 5.0])
    assert not layout.fits(above[..., :2])


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(0.1, 1), st.floats(0.1, 1))
def test_circles_meet_where_their_centres_are_near(x: float, y: float, one: float, other: float) -> None:
    apart = np.hypot(x, y) > one + other
    assert CircleCollision().meets(circle(np.zeros(2), one), circle(np.array([x, y]), other), 0.0) == (not apart)


def test_outlines_fit_where_their_boxes_do_not() -> None:
    diamond = np.array([(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)])
    collision = ExtentCollision()
    beside = outline_extents(diamond + np.array([1.2, 1.2]))
    assert not collision.meets(outline_extents(diamond), beside, 0.0)
    assert collision.meets(outline_extents(SQUARE), outline_extents(SQUARE + np.array([1.2, 1.2])), 0.0)
    assert collision.meets(
        outline_extents(diamond, margin=0.3), outline_extents(diamond + np.array([1.2, 1.2]), margin=0.3), 0.0
    )


@pytest.mark.parametrize(("shift", "inside"), [(0.0, True), (0.4, True), (0.6, False)])
def test_regions_hold_what_lies_wholly_inside(shift: float, inside: bool) -> None:
    small = SQUARE * 0.5 + np.array([shift, 0.0])
    assert ConvexRegion(SQUARE).holds(small) == inside
    extents: Floats = np.stack([small.min(0), small.max(0)])[None]
    assert BoxRegion(SQUARE.min(0), SQUARE.max(0)).holds(extents) == inside
    layout = Layout[Placement](region=BoxRegion(SQUARE.min(0), SQUARE.max(0)))
    assert layout.fits(extents) == inside


def test_claimed_and_reserved_space_stays_free() -> None:
    layout = Layout[Placement]()
    assert layout.claim(UNIT)
    assert not layout.claim(UNIT)
    assert len(layout) == 0
    layout.reserve(UNIT + 2.0)
    assert not layout.fits(UNIT + 2.5)
    assert layout.fits(UNIT + 2.5, reserved=False)
    layout.release()
    assert layout.fits(UNIT + 2.5)


def test_a_moved_placement_frees_its_old_space() -> None:
    layout = Layout[Placement]()
    layout.place(_box(0.0))
    layout.move(0, _box(5.0), _box(5.0).boxes)
    assert layout.fits(_box(0.0).boxes)
    assert not layout.fits(_box(5.0).boxes)
    assert layout.change(0, body="passive").body == "passive"


def test_objects_have_ids_names_and_supports() -> None:
    layout = Layout[Placement]()
    table = layout.add(_box(0.0, model=BOOK))
    layout.add(_box(1.0, support=table))
    layout.add(_box(2.23456))
    objects = layout.objects()
    assert [(item.id, item.name, item.supported_by) for item in objects] == [
        (1, "book-1", 0),
        (2, "mug-1", 1),
        (3, "mug-2", 0),
    ]
    assert objects[2].location == (2.2346, 0.0, 0.0)
    assert layout.of("mug") == [1, 2]
    assert layout.first("mug") == 1
    assert layout.first("car") == NOTHING


def test_names_can_count_all_objects_and_leave_numbers_out() -> None:
    layout = Layout[Placement](numbering=ObjectNumbering(first_id=2, per_category=False))
    layout.add(_box(0.0, model=BOOK))
    layout.skip_number()
    layout.add(_box(1.0))
    assert [(item.id, item.name) for item in layout.objects()] == [(2, "book-1"), (4, "mug-3")]


def test_boxes_belong_to_their_placements() -> None:
    layout = Layout[Placement]()
    layout.add(_box(0.0, model=BOOK))
    layout.add(_box(1.0))
    boxes = layout.boxes(lambda item: item.category == "mug")
    assert boxes.owner.tolist() == [1]
    assert boxes.low[0].tolist() == [1.0, 0.0, 0.0]
    assert len(Layout[Placement]().boxes().owner) == 0
    assert layout[1].center.tolist() == [1.5, 0.5, 0.5]


@given(st.floats(-7, 7))
def test_a_yaw_as_a_quaternion_turns_about_z(yaw: float) -> None:
    w, x, y, z = yaw_quaternion(yaw)
    assert (x, y) == (0.0, 0.0)
    assert w**2 + z**2 == pytest.approx(1, abs=3e-6)
    assert np.exp(2j * np.arctan2(z, w)) == pytest.approx(np.exp(1j * yaw), abs=1e-5)
