"""Diffuse shading: closed forms of light, and a view rendered in one Blender process.

Run as a script this file is that process.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from encode.formulas.srgb import to_linear
from render.shading import DiffuseLight, diffuse_shading

WIDTH, HEIGHT = 96, 80
pytestmark = pytest.mark.render


def test_noise_of_the_light_does_not_reach_the_shading_of_diffuse_surfaces() -> None:
    rng = np.random.default_rng(0)
    color = rng.uniform(0.2, 0.9, (40, 50, 3)).astype(np.float32)
    noisy = rng.exponential(1, color.shape).astype(np.float32)
    instance = np.ones(color.shape[:2], np.uint32)
    found = diffuse_shading(DiffuseLight(noisy, color, noisy * color), color * np.float32(2), instance)
    np.testing.assert_allclose(found, 2, rtol=1e-5)
    # Half of the light is a reflection: half of the denoised light is diffuse.
    found = diffuse_shading(DiffuseLight(noisy, color, 2 * noisy * color), color * np.float32(2), instance)
    np.testing.assert_allclose(found, 1, rtol=1e-5)


def test_what_is_not_diffuse_has_no_shading_and_objects_do_not_mix() -> None:
    color = np.full((20, 20, 3), 0.5, np.float32)
    color[:, 10:] = 0
    light = np.ones_like(color)
    instance = np.where(np.arange(20) < 10, 1, 2)[None].repeat(20, 0).astype(np.uint32)
    whole = light * color + np.where(color > 0, 0, 5).astype(np.float32)
    found = diffuse_shading(DiffuseLight(light, color, whole), whole, instance)
    np.testing.assert_allclose(found[:, :10], 1, rtol=1e-6)
    assert not found[:, 10:].any()


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    if importlib.util.find_spec("bpy") is None:
        pytest.skip("bpy is not installed")
    out = tmp_path_factory.mktemp("shading") / "maps.npz"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "TMPDIR": str(out.parent)}
    done = subprocess.run(
        [sys.executable, __file__, str(out)], env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert out.exists(), done.stdout[-2000:] + done.stderr[-4000:]
    with np.load(out) as loaded:
        return dict(loaded)


def test_image_and_truth_are_the_same_with_and_without(maps: Mapping[str, Any]) -> None:
    for name in ("image", "depth", "normal", "instance", "albedo"):
        np.testing.assert_array_equal(maps[f"kept {name}"], maps[f"plain {name}"])


def test_base_colour_times_shading_plus_residual_is_the_linear_image(maps: Mapping[str, Any]) -> None:
    added = to_linear(maps["kept albedo"] / 255) * maps["shading"] + maps["residual"]
    linear = maps["linear"]
    np.testing.assert_allclose(added, linear, atol=2e-3 * float(linear.max()), rtol=2e-3)


def test_a_diffuse_floor_is_lit_as_its_own_light_says(maps: Mapping[str, Any]) -> None:
    """Of a plain floor base colour and shading make the light all but for its sheen."""
    floor = maps["floor"]
    assert floor.sum() > 500
    whole, left = maps["linear"][floor], np.abs(maps["residual"][floor].astype(np.float64))
    assert np.median(left.sum(-1) / whole.sum(-1)) < 0.15
    assert (maps["shading"][floor] > 0).all()


def render_all(out: Path) -> None:
    """Blender's side."""
    from render.engine import Engine
    from render.passes import render_image
    from render.settings import RenderSettings
    from scenes import sample_scene

    arrays: dict[str, Any] = {}
    spec = sample_scene("shapes", seed=4, index=1, views=1)

    def keep(*arguments: Any) -> Any:
        rendered = render_image(*arguments)
        arrays["linear"] = rendered.linear
        return rendered

    for name, shading in (("plain", False), ("kept", True)):
        settings = RenderSettings(
            width=WIDTH, height=HEIGHT, samples=4, threads=2, albedo=True, shading=shading, photo=False
        )
        with patch("render.engine.render_image", keep):
            view = Engine(settings).render(spec).frames[0]
        for channel in ("depth", "normal", "instance"):
            arrays[f"{name} {channel}"] = getattr(view.truth, channel)
        arrays[f"{name} image"], arrays[f"{name} albedo"] = view.image, view.albedo
        if view.shading is not None:
            arrays["shading"], arrays["residual"] = view.shading.shading, view.shading.residual
    names = {record.id: record.category for record in view.objects}
    arrays["floor"] = np.isin(view.truth.instance, [id_ for id_, name in names.items() if name in ("floor", "ground")])
    np.savez(out, **arrays)


if __name__ == "__main__":
    render_all(Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)
