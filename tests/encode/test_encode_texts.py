"""Texts of objects in a view: pixels in closed form, visibility by a wall before them, and bad records."""

import numpy as np
import pytest

from encode.errors import SceneFileError
from encode.formulas.indices import ObjectId
from encode.formulas.lens import Lens
from encode.frame import Frame, ObjectRecord, TextRecord, located_texts
from encode.schema import read_record, record_json

WIDTH, HEIGHT, FOCAL = 160, 120, 150.0
K = np.array([[FOCAL, 0, WIDTH / 2], [0, FOCAL, HEIGHT / 2], [0, 0, 1]])
POSE = np.eye(4)  # at the origin, looking along -z
SIGN = ObjectId(7)
#: A sign 0.8 m wide and 0.2 m high, 2 m ahead, facing the camera.
CORNERS = np.array([(-0.4, 0.1, -2.0), (0.4, 0.1, -2.0), (0.4, -0.1, -2.0), (-0.4, -0.1, -2.0)])


def _moved(right: float) -> np.ndarray:
    return np.asarray(np.add(CORNERS, (right, 0, 0)))


def _view(corners: np.ndarray, *, behind: float = 0.01, hidden_to: int = 0, lens: Lens | None = None) -> TextRecord:
    """The text on a wall `behind` it that fills the image, with another object before its first columns."""
    depth = np.full((HEIGHT, WIDTH), 2.0 + behind, np.float32)
    instance = np.full((HEIGHT, WIDTH), SIGN, np.uint32)
    depth[:, :hidden_to], instance[:, :hidden_to] = 1.0, 9
    (record,) = located_texts(("TEA",), corners[None], SIGN, depth, instance, K, POSE, *([lens] if lens else []))
    return record


def test_a_text_in_full_view_is_where_a_pinhole_puts_it() -> None:
    record = _view(CORNERS)
    assert record.visible_fraction == 1.0
    assert np.array(record.pixels) == pytest.approx(np.array([(50, 52.5), (110, 52.5), (110, 67.5), (50, 67.5)]))
    assert np.array(record.corners) == pytest.approx(CORNERS)


def test_through_a_lens_it_is_where_the_polynomial_puts_it() -> None:
    record = _view(CORNERS, lens=Lens("radial-tangential", (-0.2, 0.0, 0.0, 0.0, 0.0)))
    assert record.visible_fraction > 0.9
    shrunk = 1 - 0.2 * (0.2**2 + 0.05**2)
    assert np.array(record.pixels[0]) == pytest.approx([80 - 30 * shrunk, 60 - 7.5 * shrunk], abs=1e-4)


def test_what_is_hidden_cut_off_or_seen_from_behind_is_not_visible() -> None:
    assert _view(CORNERS, hidden_to=WIDTH // 2).visible_fraction == 0.5
    assert _view(_moved(0.5 * WIDTH / FOCAL * 2.0)).visible_fraction == 0.5
    turned = CORNERS[[1, 0, 3, 2]]
    for unseen in (turned, CORNERS * [1, 1, -1], _moved(9.0)):
        record = _view(unseen)
        assert record.visible_fraction == 0.0
        assert record.pixels == ((0.0, 0.0),) * 4


def test_its_own_object_before_or_far_behind_it_is_not_its_ground() -> None:
    assert _view(CORNERS, behind=-0.1).visible_fraction == 0.0
    assert _view(CORNERS, behind=0.1).visible_fraction == 0.0
    assert _view(CORNERS, behind=0.029).visible_fraction == 1.0


def test_degenerate_corners_are_not_visible() -> None:
    for box in (CORNERS * 0, CORNERS[[0, 0, 0, 0]], CORNERS[[0, 1, 1, 0]]):
        assert _view(box).visible_fraction == 0.0


def test_records_are_read_with_bounds_and_are_absent_from_older_frames(frame: Frame) -> None:
    document = record_json(frame.objects[0])
    assert "texts" not in document
    assert read_record(ObjectRecord, document, "object").texts == ()
    text = record_json(_view(CORNERS))
    assert read_record(ObjectRecord, {**document, "texts": [text]}, "object").texts == (_view(CORNERS),)
    for wrong in (
        {**text, "text": "A" * 2000},
        {**text, "corners": text["corners"][:3]},
        {**text, "visible_fraction": float("nan")},
        {name: value for name, value in text.items() if name != "pixels"},
    ):
        with pytest.raises(SceneFileError, match="texts"):
            read_record(ObjectRecord, {**document, "texts": [wrong]}, "object")
