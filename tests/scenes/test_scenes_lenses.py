"""Lenses of sampled scenes: drawn beside the scene, one-to-one over the image, in views alone."""

import numpy as np
import pytest

from encode.formulas.projection import pixel_rays, to_pixels
from render.camera import intrinsics
from scenes import SceneError, SceneSpec, sample_scene
from scenes.lens_choice import LensChoice
from scenes.lenses import with_lenses
from scenes.scene import Camera, View


@pytest.fixture(scope="module")
def plain() -> SceneSpec:
    """A scene with many views, some of long and some of short focal length."""
    cameras = [Camera(location=(0, -3, 1), target=(0, 0, 0), focal_length=f, shift=(0.1, -0.05)) for f in (16, 24, 85)]
    views = tuple(View(candidates=tuple(cameras)) for _ in range(60))
    return sample_scene("shapes", seed=3, index=2).model_copy(update={"views": views})


def test_nothing_but_lens_and_focal_length_changes(plain: SceneSpec) -> None:
    spec = with_lenses(plain, "mixed")
    assert spec.model_copy(update={"views": plain.views}) == plain
    for view, before in zip(spec.views, plain.views, strict=True):
        for camera, old in zip(view.candidates, before.candidates, strict=True):
            assert camera.model_copy(update={"lens": old.lens, "focal_length": old.focal_length}) == old
    models = [view.candidates[0].lens.model for view in spec.views]
    assert set(models) == {"pinhole", "radial-tangential", "fisheye"}
    assert all(len({camera.lens.model for camera in view.candidates}) == 1 for view in spec.views)


def test_the_same_scene_has_the_same_lenses_and_more_views_change_none(plain: SceneSpec) -> None:
    fewer = plain.model_copy(update={"views": plain.views[:7]})
    assert with_lenses(fewer, "mixed").views == with_lenses(plain, "mixed").views[:7]
    assert with_lenses(plain, "pinhole") is plain
    other = plain.model_copy(update={"attempt": 1})
    assert with_lenses(other, "distorted").views[0] != with_lenses(plain, "distorted").views[0]


@pytest.mark.parametrize("lens", ["distorted", "fisheye"])
@pytest.mark.parametrize("size", [(64, 64), (96, 40), (30, 80)])
def test_every_pixel_shows_a_point_of_its_own(plain: SceneSpec, lens: LensChoice, size: tuple[int, int]) -> None:
    for view in with_lenses(plain, lens).views[:12]:
        for camera in view.candidates:
            k = intrinsics(camera, *size)
            rays = pixel_rays(k, *size, lens=camera.lens)
            u, v, _ = to_pixels(rays, k, camera.lens)
            assert np.abs(u - np.arange(size[0]) - 0.5).max() < 1e-6
            assert np.abs(v - np.arange(size[1])[:, None] - 0.5).max() < 1e-6
            off_axis = np.degrees(np.arctan(np.linalg.norm(rays[..., :2], axis=-1)))
            assert off_axis.max() < 81


def test_specs_read_back_and_without_lenses_do_not_name_them(plain: SceneSpec) -> None:
    spec = with_lenses(plain, "mixed")
    assert SceneSpec.model_validate_json(spec.model_dump_json()) == spec
    assert '"lens"' not in plain.model_dump_json()


def test_sampling_takes_the_choice() -> None:
    plain = sample_scene("shapes", seed=1, index=0)
    assert sample_scene("shapes", seed=1, index=0, lens="fisheye") == with_lenses(plain, "fisheye")
    with pytest.raises(SceneError, match="lens must be one of pinhole, distorted, fisheye, mixed, got 'wide'"):
        sample_scene("shapes", seed=1, index=0, lens="wide")  # type: ignore[arg-type]
