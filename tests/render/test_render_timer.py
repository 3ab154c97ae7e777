"""The parts of a view's renders: they fit into the stage, and timing them changes no pixel."""

import numpy as np
import pytest

from render.settings import RenderSettings
from scenes import sample_scene

pytest.importorskip("bpy")

pytestmark = pytest.mark.render


def test_parts_fit_into_their_stage_and_pixels_are_the_same() -> None:
    from render.engine import Engine

    spec = sample_scene("shapes", seed=4, index=1, views=1)
    settings = RenderSettings(width=96, height=64, samples=4)
    plain = Engine(settings).render(spec)
    timed = Engine(settings.model_copy(update={"profile": True})).render(spec)
    assert plain.profile == {}
    for name in ("depth", "normal", "instance"):
        expected = getattr(plain.frames[0].truth, name)
        np.testing.assert_array_equal(getattr(timed.frames[0].truth, name), expected)
    np.testing.assert_array_equal(timed.frames[0].image, plain.frames[0].image)

    (seconds,), profile = timed.frame_seconds, timed.profile
    for stage in ("truth", "image"):
        parts = [value for path, value in profile.items() if path.startswith(f"{stage}/") and path.count("/") == 1]
        assert 0 < sum(parts) <= seconds[stage] + 0.01
    kernels = [path for path in profile if path.startswith("image/sampling/") and path.count("/") == 2]
    assert 0 < sum(profile[path] for path in kernels) <= profile["image/sampling"] + 0.01
    assert profile["image/sampling/Shade Surface/Shader Evaluation"] > 0
    assert profile["image/denoising"] >= 0
    assert "truth/denoising" not in profile
    assert {"truth/EXR", "truth/refinement", "image/EXR", "image/development", "truth/BVH"} < set(profile)
