"""Depth of field and motion blur against the widths of closed forms, rendered in one Blender process.

Run as a script this file is that process.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from encode.formulas.indices import SceneIndex, ViewIndex
from encode.formulas.lens import Lens
from render.focus import MOST_BLUR, Focus, blur_diameters, focused
from scenes.blur import Aperture, Shake, draw_aperture, draw_shake
from scenes.scene import Camera, View

WIDTH, HEIGHT = 128, 96
FOCAL = 50 / 36 * WIDTH
K = np.array([[FOCAL, 0, 64], [0, FOCAL, 48], [0, 0, 1]])
#: The face of the block is at this depth; the focus is at half of it.
DEPTH, SHARP = 3.9, 1.95
DIAMETER = 0.14  # of the aperture, metres: a disc of 6.4 pixels
MOVE = 9 / WIDTH  # shares of the width
#: Along y, the same through a lens, and against y, where a camera's quaternion changes its sign.
CAMERAS = (
    Camera(location=(0.0, -4.0, 0.5), target=(0.0, 0.0, 0.5), focal_length=50),
    Camera(
        location=(0.0, -4.0, 0.5),
        target=(0.0, 0.0, 0.5),
        focal_length=50,
        lens=Lens("radial-tangential", (-0.04, 0.01, 0.0, 0.0, 0.0)),
    ),
    Camera(location=(0.0, 4.0, 0.5), target=(0.0, 0.0, 0.5), focal_length=50),
)


def draws(number: int) -> tuple[int, SceneIndex, int, ViewIndex]:
    return 7, SceneIndex(number), 0, ViewIndex(number % 3)


def test_apertures_and_shakes_are_those_of_cameras() -> None:
    apertures, shakes = [draw_aperture(*draws(n)) for n in range(400)], [draw_shake(*draws(n)) for n in range(400)]
    assert draw_aperture(*draws(5)) == apertures[5]
    assert {aperture.sensor_width for aperture in apertures} == {36.0, 23.5, 17.3, 7.0}
    assert all(1.6 <= aperture.f_number <= 11 for aperture in apertures)
    lengths = np.array([np.hypot(*shake.move) for shake in shakes])
    assert 0.0016 < np.median(lengths) < 0.0024
    assert lengths.max() <= 0.0151


def test_the_focus_is_on_the_surface_and_discs_are_bounded() -> None:
    depth = np.full((96, 128), 8.0, np.float32)
    depth[40:60, 60:80] = 2.0
    aperture = Aperture(sensor_width=36.0, f_number=8.0, blades=0, focus=(0.5, 0.5))
    focus = focused(aperture, K, depth, 128)
    assert focus.distance == 2.0
    assert focus.diameter == pytest.approx(0.05 / 8)
    discs = blur_diameters(depth, K, focus.distance, focus.diameter)
    assert discs[50, 70] == 0
    assert discs[0, 0] == pytest.approx(FOCAL * 0.05 / 8 * (1 / 2 - 1 / 8))
    wide = focused(aperture.model_copy(update={"f_number": 0.5}), K, depth, 128)
    assert np.quantile(blur_diameters(depth, K, wide.distance, wide.diameter), 0.9) <= MOST_BLUR * 128 * 1.001
    sky = np.full_like(depth, np.inf)
    assert focused(aperture, K, sky, 128).distance == 100.0
    sky[:10] = 5.0
    assert focused(aperture, K, sky, 128).distance == 5.0


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    if importlib.util.find_spec("bpy") is None:
        pytest.skip("bpy is not installed")
    out = tmp_path_factory.mktemp("blur") / "maps.npz"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "TMPDIR": str(out.parent)}
    done = subprocess.run(
        [sys.executable, __file__, str(out)], env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert out.exists(), done.stdout[-2000:] + done.stderr[-4000:]
    with np.load(out) as loaded:
        return dict(loaded)


def side(linear: np.ndarray) -> np.ndarray:
    """Light across the left side of the block, which is at the 37th pixel; mean of rows without its corners."""
    return np.asarray(linear[40:56, 14:60].sum(axis=-1).mean(axis=0))


def best_width(
    sharp: np.ndarray, soft: np.ndarray, kernel: Callable[[np.ndarray, float], np.ndarray]
) -> tuple[float, float]:
    """The width of the kernel, and its shift, in pixels, that make the sharp side most like the soft one."""
    offsets = np.arange(-12, 13)
    errors = {}
    for width in np.arange(1.0, 14.0, 0.1):
        for shift in np.arange(-1.5, 1.6, 0.25):
            fine = kernel(offsets[:, None] - shift + np.linspace(-0.5, 0.5, 21), width).mean(axis=1)
            made = np.convolve(sharp, fine / fine.sum(), mode="same")
            errors[width, shift] = float(np.square(made - soft)[13:-13].sum())
    width, shift = min(errors, key=lambda found: errors[found])
    return width, shift


def disc(offset: np.ndarray, diameter: float) -> np.ndarray:
    """How much of a disc lies on each line across it."""
    return np.sqrt(np.maximum((diameter / 2) ** 2 - offset**2, 0))


def line(offset: np.ndarray, length: float) -> np.ndarray:
    return (np.abs(offset) <= length / 2).astype(float)


def test_truth_is_the_same_with_and_without(maps: Mapping[str, Any]) -> None:
    for view in range(len(CAMERAS)):
        for name in ("depth", "normal", "instance"):
            for blurred in ("focus", "move"):
                np.testing.assert_array_equal(maps[f"{blurred} {view} {name}"], maps[f"sharp {view} {name}"])


@pytest.mark.parametrize("view", [0, 1])  # of the third the background is brighter on one side
def test_a_side_out_of_focus_is_as_wide_as_the_thin_lens_says(maps: Mapping[str, Any], view: int) -> None:
    wanted = FOCAL * DIAMETER * (1 / SHARP - 1 / DEPTH)
    width, shift = best_width(side(maps[f"sharp {view} linear"]), side(maps[f"focus {view} linear"]), disc)
    assert width == pytest.approx(wanted, rel=0.1)
    assert abs(shift) <= 0.25


@pytest.mark.parametrize("view", range(len(CAMERAS)))
def test_a_moved_side_is_as_wide_as_the_record_says(maps: Mapping[str, Any], view: int) -> None:
    width, shift = best_width(side(maps[f"sharp {view} linear"]), side(maps[f"move {view} linear"]), line)
    assert width == pytest.approx(MOVE * WIDTH, rel=0.1)
    assert abs(shift) <= 0.25  # the middle of the shutter is the truth's pose


def test_the_middle_of_a_wide_turn_is_the_pose_of_the_truth(maps: Mapping[str, Any]) -> None:
    assert np.abs(maps["wide turn"]).max() < 1e-6


def render_all(out: Path) -> None:
    """Blender's side: the block through a pinhole, a lens, and a pinhole once more, sharp and blurred."""
    import bpy

    from render.blur import shaken
    from render.engine import Engine
    from render.passes import render_image
    from render.settings import RenderSettings
    from scenes.material import Material
    from scenes.model import ObjectSpec, Part
    from scenes.scene import Hdri, SceneObject, SceneSpec
    from scenes.shapes import Box

    paint = Material.model_validate({"kind": "painted_wood", "name": "", "color": (0.02, 0.02, 0.02)})
    model = ObjectSpec(category="box", parts=(Part(name="body", shape=Box(size=(1.2, 0.2, 1.6)), material=paint),))
    block = SceneObject(id=1, name="block", model=model, location=(0.0, 0.0, -0.3))
    scene = SceneSpec(
        family="shapes",
        seed=0,
        index=0,
        objects=(block,),
        world=Hdri(name="studio"),
        views=tuple(View(candidates=(camera,)) for camera in CAMERAS),
        min_categories=1,
    )
    aperture = Aperture(sensor_width=36.0, f_number=2.0, blades=0, focus=(0.5, 0.5))
    arrays: dict[str, Any] = {}
    for name, flags in (("sharp", {}), ("focus", {"depth_of_field": True}), ("move", {"motion_blur": True})):
        settings = RenderSettings(
            width=WIDTH, height=HEIGHT, samples=64, denoise=False, threads=2, photo=False, **flags
        )
        linear: list[np.ndarray] = []

        def keep(*arguments: Any, linear: list[np.ndarray] = linear) -> Any:
            rendered = render_image(*arguments)
            linear.append(rendered.linear)
            return rendered

        with (
            patch("render.engine.render_image", keep),
            patch("render.engine.draw_aperture", lambda *_: aperture),
            patch("render.engine.focused", lambda *_: Focus(SHARP, DIAMETER)),
            patch("render.engine.draw_shake", lambda *_: Shake(move=(MOVE, 0.0), roll=0.0)),
        ):
            frames = Engine(settings).render(scene).frames
        for view, frame in enumerate(frames):
            arrays[f"{name} {view} linear"] = linear[view]
            for channel in ("depth", "normal", "instance"):
                arrays[f"{name} {view} {channel}"] = getattr(frame.truth, channel)
    camera = bpy.context.scene.camera
    pose = np.array(camera.matrix_world)
    with shaken(camera, Shake(move=(0.1, 0.1), roll=0.02), 60.0, WIDTH):
        arrays["wide turn"] = np.array(camera.matrix_world) - pose
    np.savez(out, **arrays)


if __name__ == "__main__":
    render_all(Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)
