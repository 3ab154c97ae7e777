"""Depth codecs against the formulas, against `hilbertmap`, and against what 8 bits allow."""

import hilbertmap
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from encode import ArrayError, CodecError
from encode.depth.codec import DEPTH_CODECS, codec_of_image, depth_codec
from encode.depth.corners import corner_depths
from encode.depth.cube_walk import STEPS, VERTICES, nearest_step, walk_colors
from encode.depth.floats import decode_depth_floats, encode_depth_floats
from encode.depth.inverse_depth import InverseDepthCodec
from encode.depth.scale import SCALE_NAMES, get_scale
from encode.depth.transform import DepthTransform, LogTransform

VERTEX_DEPTHS = (0, 0.801, 1.832, 3.229, 5.275, 8.708, 16.458, np.inf)
METRES = st.one_of(st.floats(0, 1e6), st.just(float("inf")), st.floats(0, 20))


def column(*values: float) -> np.ndarray:
    return np.array([values], np.float32)


def their_rgb(depth: np.ndarray) -> np.ndarray:
    return hilbertmap.depth_to_rgb(depth.astype(np.float64)) * 255


def their_depth(rgb: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return hilbertmap.rgb_to_depth(rgb / 255.0)


def test_vertices_of_the_walk_have_the_published_depths() -> None:
    rgb = depth_codec("cube-walk").encode(column(*VERTEX_DEPTHS))
    # The published depths are rounded to a millimetre: a step of colour at most.
    assert np.abs(rgb[0].astype(int) - np.array(VERTICES) * 255).max() <= 1
    exact = depth_codec("cube-walk").decode((np.array([VERTICES]) * 255).astype(np.uint8))
    np.testing.assert_allclose(exact[0], VERTEX_DEPTHS, atol=6e-4)


def test_transform_is_the_formula_and_its_inverse() -> None:
    depth = np.array([0, 0.5, 2, 10, 50, 1e4])
    f = DepthTransform().forward(depth)
    np.testing.assert_allclose(f, 1 - (1 + depth / 10) ** -2, rtol=1e-14)
    np.testing.assert_allclose(DepthTransform().inverse(f), depth, rtol=1e-8)
    other = DepthTransform(-2.5, 20.0)
    np.testing.assert_allclose(other.forward(depth), hilbertmap.depth_to_normalized(depth, -2.5, 20.0), rtol=1e-14)
    np.testing.assert_allclose(other.inverse(other.forward(depth)), depth, rtol=1e-6)


@settings(max_examples=60, deadline=None)
@given(hnp.arrays(np.float32, (1, 40), elements=st.one_of(st.floats(0, 1e6, width=32), st.just(np.inf))))
def test_encoding_equals_hilbertmap(depth: np.ndarray) -> None:
    values = depth_codec("cube-walk").encode(depth).astype(float)
    # Half a level, and what double precision leaves open at an exact half.
    assert np.abs(values - their_rgb(depth)).max() <= 0.5 + 1e-7


@settings(max_examples=60, deadline=None)
@given(hnp.arrays(np.uint8, (1, 60, 3)))
def test_decoding_random_colors_equals_hilbertmap_but_for_ties(rgb: np.ndarray) -> None:
    values, reference = depth_codec("cube-walk").decode(rgb), their_depth(rgb)
    differs = ~np.isclose(values, reference, rtol=1e-6)
    # Where two edges are exactly as near, float noise decides in hilbertmap; then both answers are as near.
    walk = walk_colors().astype(float)
    for color, a, b in zip(rgb[differs], values[differs], reference[differs], strict=True):
        points = [walk[round(float(DepthTransform().forward(np.array([d]))[0] * STEPS))] for d in (a, b)]
        near, far = (np.square(point - color).sum() for point in points)
        assert near == pytest.approx(far)


def test_decoding_noise_off_the_walk_equals_hilbertmap() -> None:
    rng = np.random.default_rng(1)
    depth = rng.uniform(0, 40, (64, 64)).astype(np.float32)
    noisy = depth_codec("cube-walk").encode(depth).astype(int) + rng.integers(-20, 21, (64, 64, 3))
    noisy = np.clip(noisy, 0, 255).astype(np.uint8)
    close = np.isclose(depth_codec("cube-walk").decode(noisy), their_depth(noisy), rtol=1e-6)
    assert close.mean() > 0.995


FLOAT_RGB = hnp.arrays(np.float64, (5, 7, 3), elements=st.floats(-0.2, 1.2))


@settings(max_examples=100, deadline=None)
@given(hnp.arrays(np.float64, (3, 20), elements=METRES), st.floats(-6, -1.5), st.floats(0.5, 50))
def test_float_colors_equal_hilbertmap(depth: np.ndarray, lam: float, c: float) -> None:
    for transform in (DepthTransform(), DepthTransform(lam, c)):
        reference = hilbertmap.depth_to_rgb(depth, transform.lam, transform.c)
        np.testing.assert_allclose(encode_depth_floats(depth, transform), reference, atol=1e-12)


@settings(max_examples=100, deadline=None)
@given(FLOAT_RGB)
def test_decoding_any_float_colors_equals_hilbertmap(rgb: np.ndarray) -> None:
    with np.errstate(divide="ignore"):
        reference = hilbertmap.rgb_to_depth(rgb)
    values = decode_depth_floats(rgb)
    differs = ~np.isclose(values, reference, rtol=1e-9)
    # Rounding decides between edges that are as near: then the two points are too.
    for color, a, b in zip(rgb[differs], values[differs], reference[differs], strict=True):
        near, far = (np.linalg.norm(encode_depth_floats(np.array(d)) - color) for d in (a, b))
        assert near == pytest.approx(far, abs=1e-9)


def test_decoding_with_other_parameters_equals_hilbertmap() -> None:
    rng = np.random.default_rng(5)
    for lam, c in ((-2.0, 30.0), (-4.5, 1.0)):
        floats = rng.uniform(0, 1, (30, 40, 3))
        reference = hilbertmap.rgb_to_depth(floats, lam, c)
        np.testing.assert_allclose(decode_depth_floats(floats, DepthTransform(lam, c)), reference, rtol=1e-9)
        codec = depth_codec("cube-walk", {"lambda": lam, "c": c})
        rgb = walk_colors()[None, :-1]
        np.testing.assert_allclose(codec.decode(rgb), hilbertmap.rgb_to_depth(rgb / 255, lam, c), rtol=1e-5, atol=1e-6)


def test_float_vertices_and_infinity_are_exact() -> None:
    np.testing.assert_array_equal(encode_depth_floats(np.array([0.0, np.inf])), [[0, 0, 0], [1, 1, 1]])
    vertices = np.array(VERTICES, np.float64)
    with np.errstate(divide="ignore"):
        np.testing.assert_array_equal(decode_depth_floats(vertices), hilbertmap.rgb_to_depth(vertices))
    np.testing.assert_allclose(decode_depth_floats(vertices), VERTEX_DEPTHS, atol=6e-4)


@settings(max_examples=60, deadline=None)
@given(hnp.arrays(np.float32, (1, 40), elements=METRES.filter(lambda d: d == np.float32(d))))
def test_float_colors_round_to_the_8_bit_codec(depth: np.ndarray) -> None:
    rounded = encode_depth_floats(depth) * 255
    assert np.abs(rounded - depth_codec("cube-walk").encode(depth)).max() <= 0.5 + 1e-7


def test_float_depth_reads_back() -> None:
    depth = np.linspace(0, 300, 1000, dtype=np.float32).reshape(10, 100)
    np.testing.assert_allclose(decode_depth_floats(encode_depth_floats(depth)), depth, rtol=1e-9, atol=1e-12)


@pytest.mark.wrong_arrays
@pytest.mark.parametrize(
    ("rgb", "message"),
    [
        (np.zeros((2, 2, 3), np.uint8), "cube-walk decoding: expected dtype float32 or float64, got dtype uint8"),
        (np.zeros((2, 2, 4)), r"expected shape \(..., 3\), got shape \(2, 2, 4\)"),
        (np.full((1, 3), 255.0), r"expected colours in \[0, 1\], got 255.0 at \(0, 0\)"),
        (np.full((1, 3), np.nan), r"got nan at \(0, 0\)"),
    ],
)
def test_float_colors_of_another_kind_are_refused(rgb: np.ndarray, message: str) -> None:
    with pytest.raises(ArrayError, match=message):
        decode_depth_floats(rgb)


def test_nearest_step_is_the_brute_force_nearest_point() -> None:
    rgb = np.random.default_rng(2).integers(0, 256, (2000, 3), dtype=np.uint8)
    walk = walk_colors().astype(int)
    distance = np.square(rgb[:, None].astype(int) - walk).sum(-1)
    np.testing.assert_array_equal(nearest_step(rgb), distance.argmin(1))


@pytest.mark.parametrize("name", SCALE_NAMES)
@settings(max_examples=40, deadline=None)
@given(values=st.lists(METRES, min_size=1, max_size=30))
def test_every_scale_decodes_within_its_bound(name: str, values: list[float]) -> None:
    codec = depth_codec(name)
    depth = column(*values)
    rgb = codec.encode(depth)
    decoded = codec.decode(rgb)
    bound = codec.quantisation_bound(depth)
    finite = np.isfinite(depth) & np.isfinite(decoded)
    error = np.abs(decoded[finite].astype(float) - depth[finite])
    assert (error <= bound[finite] * (1 + 1e-5) + 1e-6 * depth[finite] + 1e-9).all()
    assert np.isinf(decoded[np.isinf(depth)]).all()
    assert np.isinf(bound[np.isfinite(depth) & np.isinf(decoded)]).all()
    assert codec.agrees(rgb, depth).all()


@pytest.mark.parametrize("name", SCALE_NAMES)
@pytest.mark.parametrize("transform", [DepthTransform(), DepthTransform(-2.5, 20.0)])
def test_quantisation_bound_is_exactly_the_worst_error_of_the_color(name: str, transform: DepthTransform) -> None:
    codec = depth_codec(name, {"lambda": transform.lam, "c": transform.c})
    edges = transform.inverse(get_scale(name).edges)
    # Just inside both ends of every cell but the last, which decodes to infinity.
    ends = np.stack([edges[:-2] * (1 + 1e-9), edges[1:-1] * (1 - 1e-9)])
    decoded = codec.decode(codec.encode(ends)).astype(np.float64)
    error = np.abs(decoded - ends)
    bound = codec.quantisation_bound(ends)
    slack = 1e-6 * ends + 1e-7  # what decoding to float32 leaves open
    assert (error <= bound + slack).all()
    np.testing.assert_allclose(error.max(0), bound[0], atol=slack.max(0).max())
    np.testing.assert_array_equal(bound[0], bound[1])


def test_relative_bound_is_exactly_the_worst_error_of_the_level() -> None:
    codec = InverseDepthCodec(far=0.05, near=2.0)
    levels = (np.arange(256) + np.array([[-0.5 + 1e-9], [0.5 - 1e-9]])) / 255
    depth = 1 / (np.clip(levels, 0, 1) * (codec.near - codec.far) + codec.far)
    error = np.abs(codec.decode(codec.encode(depth)) - depth)
    bound = codec.quantisation_bound(depth)
    assert (error <= bound * (1 + 1e-6) + 1e-6 * depth).all()
    np.testing.assert_allclose(error.max(0), bound[0], rtol=1e-4, atol=2e-6)
    assert np.isinf(codec.quantisation_bound(column(0.3, 40.0, np.inf))).all()  # outside the span


def test_quantisation_bound_is_half_the_published_step() -> None:
    codec = depth_codec("cube-walk")
    depth = np.array([0.5, 2, 10, 50, 100, 200])
    step = 2 * codec.quantisation_bound(depth[None])[0] / depth
    np.testing.assert_allclose(step, [0.0065, 0.0024, 0.0022, 0.012, 0.037, 0.13], rtol=0.15)


def test_infinity_is_white_and_white_is_infinity() -> None:
    codec = depth_codec("cube-walk")
    assert codec.encode(column(np.inf))[0, 0].tolist() == [255, 255, 255]
    assert np.isinf(codec.decode(np.full((1, 1, 3), 255, np.uint8)))
    assert not codec.agrees(np.array([[[255, 254, 255]]], np.uint8), column(np.inf)).any()
    assert not codec.agrees(np.full((1, 1, 3), 255, np.uint8), column(20)).any()


def test_walk_never_visits_a_color_twice() -> None:
    for name in SCALE_NAMES:
        colors = get_scale(name).colors
        assert len(np.unique(colors, axis=0)) == len(colors), name
        assert (np.diff(get_scale(name).edges) > 0).all()


@pytest.mark.parametrize("name", ["plasma", "inferno", "viridis"])
def test_color_maps_are_those_of_matplotlib(name: str) -> None:
    mpl = pytest.importorskip("matplotlib")
    f = np.linspace(0, 1, 256)
    scale = get_scale(name)
    theirs = np.asarray(mpl.colormaps[name](f))[:, :3] * 255
    assert np.abs(scale.colors[scale.cells(f)] - theirs).max() <= 1.01


@pytest.mark.parametrize("name", SCALE_NAMES)
def test_scales_survive_jpeg_like_noise(name: str) -> None:
    rng = np.random.default_rng(3)
    depth = rng.uniform(1, 12, (80, 80)).astype(np.float32)
    codec = depth_codec(name)
    noisy = np.clip(codec.encode(depth).astype(int) + rng.integers(-3, 4, (80, 80, 3)), 0, 255).astype(np.uint8)
    ratio = codec.decode(noisy) / depth
    assert (np.maximum(ratio, 1 / ratio) < 1.25).mean() > 0.98


def test_relative_codec_spans_the_image_and_decodes_with_its_parameters() -> None:
    depth = column(1, 2, 4, np.inf)
    codec = InverseDepthCodec.of(depth)
    assert codec is not None
    rgb = codec.encode(depth)
    assert rgb[0, :, 0].tolist() == [255, 128, 64, 0]
    again = depth_codec("inverse-gray", {p.name: p.value for p in codec.parameters}).decode(rgb)
    assert (np.abs(again[:, :3] - depth[:, :3]) <= codec.quantisation_bound(depth)[:, :3] + 1e-6).all()
    assert np.isinf(again[0, 3])
    assert codec.agrees(rgb, depth).all()
    assert not codec.agrees(rgb + np.uint8(1), depth).any()
    assert InverseDepthCodec.of(column(3, 3)) is None
    assert InverseDepthCodec.of(column(np.inf, np.inf)) is None


LOG_CODECS = ("log-gray", "relative-log-gray")


@pytest.mark.parametrize("name", LOG_CODECS)
@pytest.mark.parametrize(("low", "high"), [(0.5, 10.0), (0.82, 1230.0), (2.5, 2.51)])
def test_log_depth_is_off_by_the_same_share_everywhere(name: str, low: float, high: float) -> None:
    codec = depth_codec(name, {"low": low, "high": high})
    share = (high / low) ** (1 / 510) - 1  # half of one of 255 equal steps of the logarithm
    depth = np.geomspace(low, high, 20_001)[None]
    rgb = codec.encode(depth)
    assert np.abs(rgb[0, :, 0] - 255 * np.linspace(0, 1, 20_001)).max() <= 0.5 + 1e-9
    off = np.abs(codec.decode(rgb).astype(np.float64) / depth - 1)
    rounding = 2e-7  # of float32
    assert off.max() <= share + rounding
    assert off.max() == pytest.approx(share, rel=0.02, abs=rounding)
    assert (off * depth <= codec.quantisation_bound(depth) + rounding * depth).all()
    assert (codec.quantisation_bound(depth) <= share * (1 + share) * depth * (1 + 1e-6)).all()


@pytest.mark.parametrize("name", LOG_CODECS)
def test_log_depth_is_clamped_and_the_sky_is_white(name: str) -> None:
    codec = depth_codec(name, {"low": 1.0, "high": 16.0})
    depth = column(0, 0.5, 1, 4, 16, 500, np.inf)
    rgb = codec.encode(depth)
    assert rgb[0, :, 1].tolist() == [0, 0, 0, 128, 255, 255, 255]
    np.testing.assert_allclose(codec.decode(rgb)[0], [1, 1, 1, 4.0218, 16, 16, 16], rtol=1e-4)
    assert codec.no_surface == (255, 255, 255)
    assert np.isinf(codec.quantisation_bound(depth)[0, [0, 1, 5, 6]]).all()
    assert codec.agrees(rgb, depth).all()
    assert not codec.agrees(np.roll(rgb, 1, 1), depth)[0, [0, 3, 4]].any()
    colors = np.array([[[128, 128, 128], [128, 160, 128], [0, 255, 0]]], np.uint8)
    assert np.diff(codec.confidence(colors)[0]).max() < 0


def test_the_ends_of_log_depth_are_quantiles_of_the_surfaces() -> None:
    depth = np.random.default_rng(4).lognormal(1, 1, (60, 80)).astype(np.float32)
    depth[:20] = np.inf
    ends = LogTransform.of(depth)
    assert ends is not None
    assert (ends.low, ends.high) == pytest.approx(np.percentile(depth[20:], (2, 98)), rel=0.005)
    assert np.mean(depth[20:] > ends.high) == pytest.approx(0.02, abs=0.002)
    assert all(float(f"{parameter.value:.3g}") == parameter.value for parameter in ends.parameters)
    again = codec_of_image("log-gray", depth)
    assert again is not None
    assert again.parameters == ends.parameters
    for flat in (column(3, 3), column(np.inf), column(0, 0)):
        assert codec_of_image("log-gray", flat) is None
        assert codec_of_image("relative-log-gray", flat) is None


def test_wider_ends_are_round() -> None:
    assert LogTransform(0.82, 1230).widened() == LogTransform(0.5, 2000)
    assert LogTransform(1, 10).widened() == LogTransform(1, 10)
    assert LogTransform(0.0203, 0.0497).widened() == LogTransform(0.02, 0.05)


def test_corners_are_stated_with_the_published_depths() -> None:
    stated = [float(part.split()[1]) for part in corner_depths(DepthTransform()).split(", ")]
    np.testing.assert_allclose(stated, VERTEX_DEPTHS[1:-1], rtol=0.005)
    assert corner_depths(DepthTransform(-3.0, 20.0)).startswith("red 4.81 m, yellow 11 m, ")


@pytest.mark.wrong_arrays
@pytest.mark.parametrize(
    ("depth", "message"),
    [
        (column(1, np.nan), r"expected metres >= 0 or \+inf, got nan at \(0, 1\)"),
        (column(-0.5), r"got -0.5 at \(0, 0\)"),
        (np.array([[1, 2]]), "expected dtype float32 or float64, got dtype int64"),
        ([[1.0]], "expected a numpy array, got list"),
    ],
)
@pytest.mark.parametrize("name", ["cube-walk", "viridis"])
def test_bad_depth_is_refused(name: str, depth: object, message: str) -> None:
    with pytest.raises(ArrayError, match=message):
        depth_codec(name).encode(depth)  # type: ignore[arg-type]


@pytest.mark.wrong_arrays
def test_bad_codecs_are_refused() -> None:
    with pytest.raises(CodecError, match="expected one of cube-walk, plasma"):
        depth_codec("jet")
    with pytest.raises(CodecError, match=r"expected \['c', 'lambda'\], got \['lambda'\]"):
        depth_codec("cube-walk", {"lambda": -3.0})
    with pytest.raises(CodecError, match="inverse_far"):
        depth_codec("inverse-gray")
    with pytest.raises(CodecError, match=r"log depth: expected 0 < low < high, got low 3\.0, high 3\.0"):
        depth_codec("log-gray", {"low": 3.0, "high": 3.0})
    with pytest.raises(CodecError, match=r"expected \['high', 'low'\], got \['c', 'lambda'\]"):
        depth_codec("log-gray", {"lambda": -3.0, "c": 4.0})
    with pytest.raises(CodecError, match="lambda < -1 and c > 0"):
        DepthTransform(-0.5, 1.0)
    with pytest.raises(ArrayError, match="dtype uint8, got dtype float64"):
        depth_codec("cube-walk").decode(np.zeros((2, 2, 3)))
    assert "inverse-gray" in DEPTH_CODECS


def test_non_contiguous_and_odd_sizes_work() -> None:
    depth = np.asfortranarray(np.random.default_rng(0).uniform(0, 9, (37, 501)).astype(np.float32))
    codec = depth_codec("cube-walk")
    rgb = codec.encode(depth)
    assert codec.agrees(rgb, depth).all()
    np.testing.assert_array_equal(codec.decode(rgb[::2, ::3]), codec.decode(rgb)[::2, ::3])
