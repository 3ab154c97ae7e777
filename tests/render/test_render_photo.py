"""The camera of a photograph, step by step against closed forms, and whole. No Blender."""

import io
import math

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from PIL import Image
from scipy import ndimage

from encode.formulas.indices import SceneIndex, ViewIndex
from encode.formulas.srgb import from_linear
from render.exposure import MIDDLE_GRAY, automatic_exposure
from render.photo import take_photo
from render.photo.finishing import compressed, sharpened
from render.photo.metering import SPARED, balance_gains, iso_of, metered_stops
from render.photo.mosaic import demosaic, mosaic
from render.photo.optics import aberrated, vignetted, with_glare
from render.photo.sensor import Sensor
from render.photo.tone import ToneCurve, saturated
from scenes.photo import MOST_ABERRATION, Photo, draw_photo, noise_stream

SCENE, VIEW = SceneIndex(3), ViewIndex(1)


def drawn(seed: int = 1, view: ViewIndex = VIEW) -> Photo:
    return draw_photo(seed, SCENE, 0, view)


def noise() -> np.random.Generator:
    return noise_stream(1, SCENE, 0, VIEW)


def picture(height: int = 96, width: int = 128) -> np.ndarray:
    """Linear light with edges, gradients and a lamp."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    light = np.stack([0.1 + rows / height, 0.2 + columns / width, 0.3 * np.ones_like(rows)], axis=-1)
    light[20:50, 30:70] = (0.05, 0.3, 0.1)
    light[60:64, 100:104] = 500.0
    return light.astype(np.float32)


def test_cameras_are_drawn_alike_again_and_apart_for_views_and_scenes() -> None:
    assert drawn() == drawn()
    assert Photo.model_validate_json(drawn().model_dump_json()) == drawn()
    others = [drawn(2), drawn(view=ViewIndex(0)), draw_photo(1, SceneIndex(4), 0, VIEW), draw_photo(1, SCENE, 1, VIEW)]
    assert len({photo.model_dump_json() for photo in [drawn(), *others]}) == 5


def test_drawn_cameras_vary_and_keep_their_bounds() -> None:
    photos = [draw_photo(0, SceneIndex(k), 0, VIEW) for k in range(400)]
    moved = np.array([photo.aberration for photo in photos])
    assert np.abs(moved).max() <= MOST_ABERRATION < 1
    errors = np.array([photo.exposure_error for photo in photos])
    assert 0.4 < errors.std() < 0.8
    assert np.abs(errors).max() <= 1.5
    assert {photo.camera for photo in photos} == {"reflex", "phone", "compact", "video"}
    assert {photo.camera for photo in photos if photo.reduction == 1} == {"video"}


def test_the_same_photo_has_the_same_bytes() -> None:
    one, two = (take_photo(picture(), drawn(), 0.5, noise()) for _ in range(2))
    assert_array_equal(one.image, two.image)
    assert one.record() == two.record()


@pytest.mark.parametrize("size", [(16, 16), (17, 33), (128, 16)])
def test_any_size_of_image_is_taken(size: tuple[int, int]) -> None:
    for seed in range(8):
        taken = take_photo(picture(*size), drawn(seed), 0.0, noise())
        assert taken.image.shape == (*size, 3)


@pytest.mark.parametrize("value", [0.0, np.inf, np.nan])
def test_light_of_any_value_is_taken(value: float) -> None:
    light = np.full((32, 32, 3), value, np.float32)
    light[:4] = 0.0
    assert take_photo(light, drawn(), 0.0, noise()).image.dtype == np.uint8


def test_the_photo_shows_things_where_the_render_has_them() -> None:
    """Against the render as it is: green moved by nothing, whatever the camera; measured to a hundredth of a pixel."""
    rng = np.random.default_rng(5)
    scene = ndimage.gaussian_filter(rng.random((128, 128)), 2.5).astype(np.float32)
    scene = 0.02 + (scene - scene.min()) / np.ptp(scene) * 0.5
    plain = from_linear(np.clip(scene, 0, 1))
    for seed in range(12):
        image = take_photo(np.repeat(scene[..., None], 3, axis=-1), drawn(seed), 0.0, noise()).image
        assert np.abs(_shift(plain, image[..., 1].astype(np.float64))).max() < 0.06


def _shift(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """By how many pixels `two` is moved against `one`: least squares over derivatives (Lucas-Kanade)."""
    one, two = ((a - a.mean()) / a.std() for a in (one, two))
    slopes = np.stack([np.gradient(one, axis=axis)[8:-8, 8:-8].ravel() for axis in (0, 1)], axis=1)
    found: np.ndarray = np.linalg.lstsq(slopes, (one - two)[8:-8, 8:-8].ravel(), rcond=None)[0]
    return found


def test_aberration_moves_red_and_blue_by_its_pixels_in_the_corners_and_green_nowhere() -> None:
    height, width = 240, 320
    corner = np.hypot(height, width) / 2
    rows, columns = np.mgrid[0:height, 0:width] + 0.5
    radius = np.hypot(rows - height / 2, columns - width / 2).astype(np.float32)
    light = np.repeat(radius[..., None], 3, axis=-1)  # each pixel holds its own radius
    moved = aberrated(light, (0.5, -0.3))
    assert_array_equal(moved[..., 1], light[..., 1])
    inside = (radius > 20) & (radius < height / 2 - 3)
    for channel, pixels in ((0, 0.5), (2, -0.3)):
        wanted = radius / (1 + pixels / corner)  # what is shown comes from nearer the centre, where it is magnified
        assert_allclose(moved[..., channel][inside], wanted[inside], atol=2e-3)
    assert np.abs(moved - light)[2:-2, 2:-2].max() < 0.51


def test_vignetting_takes_its_stops_in_the_corners_and_nothing_in_the_middle() -> None:
    light = vignetted(np.ones((201, 301, 3), np.float32), 1.5)
    assert light[100, 150, 0] == pytest.approx(1.0)
    assert np.log2(light[0, 0, 0]) == pytest.approx(-1.5, abs=0.02)
    assert np.log2(light[0, 0, 1]) == pytest.approx(np.log2(light[-1, -1, 1]), abs=1e-6)


@pytest.mark.parametrize("size", [(96, 128), (513, 340)])
def test_glare_spreads_light_and_loses_none(size: tuple[int, int]) -> None:
    light = np.full((*size, 3), 0.1, np.float32)
    light[size[0] // 2, size[1] // 2] = 1000.0
    spread = with_glare(light, 0.05)
    assert spread.sum() == pytest.approx(light.sum(), rel=0.01)
    assert spread[size[0] // 2, size[1] // 2, 0] < 0.96 * 1000
    assert spread[size[0] // 2 + 2, size[1] // 2, 0] > spread[2, 2, 0] > 0.1 * 0.99
    assert_array_equal(with_glare(light, 0.0), light)


def test_metering_protects_highlights_up_to_a_stop() -> None:
    light = np.full((100, 100, 3), MIDDLE_GRAY, np.float32)
    light[:5] = MIDDLE_GRAY * 2**3.5  # 5 % of the pixels
    assert metered_stops(light, 0.0, headroom=3.0, highlights=0.1) == 0.0
    assert metered_stops(light, 0.0, headroom=3.0, highlights=0.01) == pytest.approx(-0.5)
    light[:5] *= 100
    assert metered_stops(light, 0.0, headroom=3.0, highlights=0.01) == -SPARED
    assert metered_stops(np.zeros((4, 4, 3), np.float32), 0.7, headroom=3.0, highlights=0.01) == 0.7


def test_iso_rises_with_darkness_within_its_range() -> None:
    stops = np.linspace(-8, 8, 33)
    isos = [iso_of(float(value), 0.0) for value in stops]
    assert isos == sorted(isos)
    assert (isos[0], isos[-1]) == (100, 6400)
    assert iso_of(0.0, 1.0) == pytest.approx(2 * iso_of(0.0, 0.0))


def test_white_balance_takes_out_a_share_of_the_colour_of_the_light() -> None:
    light = np.random.default_rng(0).random((64, 64, 1)).astype(np.float32) * np.array([1.0, 0.8, 0.5], np.float32)
    assert balance_gains(light, 1.0) == pytest.approx((0.8, 1.6), rel=1e-3)
    assert balance_gains(light, 0.5) == pytest.approx((0.8**0.5, 1.6**0.5), rel=1e-3)
    assert balance_gains(np.zeros((4, 4, 3), np.float32), 1.0) == (1.0, 1.0)


def test_noise_is_that_of_photons_and_reading() -> None:
    """Against Poisson's own draws: electrons of one pixel, and of the mean of `reduction` squared ones."""
    full_well, read, level = 2000.0, 4.0, 0.3
    electrons = np.random.default_rng(1).poisson(level * full_well, 90_000) + np.random.default_rng(2).normal(
        0, read, 90_000
    )
    for reduction in (1.0001, 3.0):
        sensor = Sensor(full_well, read, reduction, (1.0, 1.0, 1.0))
        flat = sensor.expose(np.full((300, 300, 3), level, np.float32), noise())[..., 1]
        assert flat.mean() == pytest.approx(level, rel=2e-3)
        assert flat.std() == pytest.approx(electrons.std() / full_well / reduction, rel=0.02)


@pytest.mark.parametrize("reduction", [1.0, 2.0])
def test_light_over_the_full_well_is_white_whatever_its_colour(reduction: float) -> None:
    light = np.ones((32, 32, 3), np.float32) * np.array([30, 10, 20], np.float32)
    image = Sensor(5000.0, 3.0, reduction, (2.0, 1.0, 1.5)).expose(light, noise())
    assert image.min() > 0.99


def test_a_gray_image_comes_whole_from_the_mosaic() -> None:
    """Linear in rows and columns: the filters reproduce it exactly, and so move nothing."""
    rows, columns = np.mgrid[0:32, 0:40].astype(np.float32)
    gray = np.repeat((0.1 + 0.01 * rows + 0.005 * columns)[..., None], 3, axis=-1)
    assert_allclose(demosaic(mosaic(gray))[3:-3, 3:-3], gray[3:-3, 3:-3], atol=1e-6)
    assert_allclose(demosaic(mosaic(np.full((9, 7, 3), 0.4, np.float32))), 0.4, atol=1e-6)


def test_the_demosaicing_is_better_than_a_bilinear_one() -> None:
    rng = np.random.default_rng(3)
    gray = ndimage.gaussian_filter(rng.random((128, 128)), 1.0)
    tint = ndimage.gaussian_filter(rng.random((128, 128, 3)), (8, 8, 0))
    image = np.clip(0.5 + 2 * (gray[..., None] - 0.5) + 3 * (tint - 0.5), 0, 1).astype(np.float32)
    sites = [mosaic(np.broadcast_to(np.eye(3, dtype=np.float32)[k], image.shape)) for k in range(3)]
    near = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 4
    known = [ndimage.correlate(mosaic(image) * own, near) / ndimage.correlate(own, near) for own in sites]
    errors = [np.square(each - image)[4:-4, 4:-4].mean() for each in (demosaic(mosaic(image)), np.stack(known, -1))]
    assert errors[0] < 0.5 * errors[1]


def test_the_tone_curve_keeps_black_gray_and_white_and_rises() -> None:
    for headroom, contrast in ((2.6, 1.3), (3.8, 2.0), (3.0, 1.0)):
        curve = ToneCurve(headroom, contrast)
        assert_allclose(curve(np.array([0.0, 2.0**-headroom, 1.0])), [0.0, MIDDLE_GRAY, 1.0], atol=1e-12)
        values = curve.encoded(np.linspace(0, 1, 5000, dtype=np.float32))
        assert (np.diff(values) >= 0).all()
        assert (values[0], values[-1]) == (0, 1)
        step = curve.encoded(np.array([2.0**-headroom * 0.99, 2.0**-headroom * 1.01], np.float32))
        measured = (step[1] - step[0]) / (2.0**-headroom * 0.02)
        assert curve.slope_at_gray() == pytest.approx(measured, rel=0.02)


def test_saturation_keeps_luminance() -> None:
    color = np.full((1, 1, 3), (0.3, 0.2, 0.1), np.float32)
    weights = np.array([0.2126, 0.7152, 0.0722])
    assert (saturated(color, 1.3) @ weights).item() == pytest.approx((color @ weights).item(), rel=1e-5)
    assert_allclose(saturated(color, 0.0), (color @ weights).item(), rtol=1e-5)


def test_sharpening_and_noise_reduction_do_what_they_say() -> None:
    image = np.clip(picture() / 2, 0, 1)
    plain = sharpened(image, 0.0, 0.0, 0.0, 1.0)
    assert np.abs(plain - image * 255).max() < 0.501
    grain = np.full((64, 64, 3), 0.5, np.float32) + 0.02 * noise().standard_normal((64, 64, 1), np.float32)
    assert sharpened(grain, 0.0, 0.0, 1.0, 1.0).std() > grain.std() * 255 > sharpened(grain, 0.0, 0.03, 0.0, 1.0).std()


@pytest.mark.parametrize("halved", [True, False])
def test_the_image_is_the_decoded_jpeg(halved: bool) -> None:
    image = (np.clip(picture(), 0, 1) * 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(image).save(file, "JPEG", quality=80, subsampling=2 if halved else 0)
    assert_array_equal(compressed(image, 80, halved), np.asarray(Image.open(file)))


def test_clipping_stays_near_what_the_camera_lets_through() -> None:
    light = np.abs(np.random.default_rng(0).lognormal(-2, 1.5, (128, 128, 1))).astype(np.float32) * np.ones(3, "f4")
    stops = automatic_exposure(light)
    for seed in range(20):
        photo = drawn(seed)
        taken = take_photo(light, photo, stops, noise())
        white = float((taken.image.min(axis=-1) >= 254).mean())
        if taken.stops > stops + photo.exposure_error - SPARED + 0.01:  # where the highlights did not cost all they may
            assert white < photo.highlights + 0.08


@pytest.mark.render
def test_a_photo_changes_the_image_alone_and_is_recorded() -> None:
    """A view with and without, from Blender: the same truth and record, but for the photo, which replays and audits."""
    pytest.importorskip("bpy")
    from encode.frame import Frame, scene_document
    from render.engine import Engine
    from render.settings import LOOK, PHOTOGRAPH, RenderSettings
    from scenes import sample_scene
    from verichrome.audit_scene_rules import SCENE_RULES
    from verichrome.versions import installed

    spec = sample_scene("shapes", seed=4, index=1, views=2)

    def views(*, photo: bool) -> tuple[Frame, ...]:
        return Engine(RenderSettings(width=64, height=48, samples=1, denoise=False, photo=photo)).render(spec).frames

    without, taken, again = views(photo=False), views(photo=True), views(photo=True)
    cameras = []
    for plain, photo, same in zip(without, taken, again, strict=True):
        for name in ("depth", "normal", "instance", "category"):
            assert_array_equal(getattr(plain.truth, name), getattr(photo.truth, name))
        assert_array_equal(photo.image, same.image)
        assert (photo.image != plain.image).mean() > 0.5
        documents = [scene_document(frame) for frame in (plain, photo)]
        records = [dict(document.pop("render")) for document in documents]
        assert documents[0] == documents[1]
        cameras.append(records[1].pop("photo"))
        assert [record.pop("view_transform") for record in records] == [LOOK, PHOTOGRAPH]
        assert records[0] == records[1]
        scene = scene_document(photo)
        scene["versions"] |= {"verichrome": installed("verichrome")}
        assert list(SCENE_RULES["photo"](photo, scene)) == []
        scene["render"] = scene["render"] | {"photo": cameras[-1] | {"glare": 0.5}}
        (problem,) = SCENE_RULES["photo"](photo, scene)
        assert problem.startswith("photo: expected glare")
        for name, value in (("stops", math.nan), ("iso", 1e9), ("balance_gains", [1.0, "2"]), ("iso", None)):
            scene["render"] = scene["render"] | {"photo": cameras[-1] | {name: value}}
            (problem,) = SCENE_RULES["photo"](photo, scene)
            assert problem.startswith(f"photo: expected {name} to be")
        scene["render"] = scene["render"] | {"photo": cameras[-1]}
        scene["render"]["view_transform"] = LOOK
        (problem,) = SCENE_RULES["photo"](photo, scene)
        assert "nowhere else" in problem
    assert cameras[0] != cameras[1]
    assert set(cameras[0]) == {*Photo.model_fields, "stops", "iso", "balance_gains"}
