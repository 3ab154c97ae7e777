"""`shading.exr` of frames: what is written reads back, what is wrong is refused or found."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from encode.frame import ShadingMaps
from shards.audit.frame import frame_problems
from shards.errors import BadSample
from shards.exr import encode_exr
from shards.frames import frame_members, member_names, read_frame
from shards.reading.limits import most_bytes

View = tuple[np.ndarray, Any, dict[str, Any]]


def maps(truth: Any) -> ShadingMaps:
    rng = np.random.default_rng(0)
    shading = rng.uniform(0.1, 3, (*truth.shape, 3)).astype(np.float16) * (truth.instance > 0)[..., None]
    return ShadingMaps(shading.astype(np.float16), rng.normal(0, 1, (*truth.shape, 3)).astype(np.float16))


@pytest.fixture
def members(make_view: Callable[..., View]) -> dict[str, bytes]:
    image, truth, scene = make_view()
    return frame_members(image, truth, scene, image, None, maps(truth))


def test_light_reads_back_bit_for_bit(members: dict[str, bytes], make_view: Callable[..., View]) -> None:
    frame, wanted = read_frame(members), maps(make_view()[1])
    assert set(members) == member_names(albedo=True, surface=False, shading=True)
    assert frame.shading is not None
    np.testing.assert_array_equal(frame.shading.shading, wanted.shading)
    np.testing.assert_array_equal(frame.shading.residual, wanted.residual)
    assert len(members["shading.exr"]) < most_bytes("shading.exr", frame.truth.instance.size)
    assert read_frame(frame_members(*make_view())).shading is None


def test_other_types_and_sizes_are_refused(members: dict[str, bytes], make_view: Callable[..., View]) -> None:
    names = [f"{name}.{channel}" for name in ("shading", "residual") for channel in "RGB"]
    shape = read_frame(members).truth.shape
    for dtype, size in ((np.float32, shape), (np.float16, (4, 4))):
        content = encode_exr(dict.fromkeys(names, np.zeros(size, dtype)))
        with pytest.raises(BadSample, match=r"shading\.exr: expected"):
            read_frame({**members, "shading.exr": content})
    image, truth, scene = make_view()
    small = ShadingMaps(*(np.zeros((4, 4, 3), np.float16) for _ in range(2)))
    with pytest.raises(BadSample, match="must have one size"):
        frame_members(image, truth, scene, image, None, small)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("shading", np.nan, "expected finite shading"),
        ("shading", np.inf, "expected finite shading"),
        ("shading", -1.0, "expected shading of 0 and more"),
        ("residual", np.nan, "expected finite residual"),
    ],
)
def test_the_audit_finds_light_that_is_none(members: dict[str, bytes], name: str, value: float, sentence: str) -> None:
    frame = read_frame(members)
    row, column = np.argwhere(frame.truth.instance > 0)[0]
    getattr(frame.shading, name)[row, column] = value
    assert any(rule == "shading" and sentence in text for rule, text in frame_problems(frame))
