"""Which lenses the cameras of a sampled scene have: a step after the sampling, with random streams of its own."""

import math

import numpy as np

from encode.formulas.lens import Lens
from scenes.base import SceneError
from scenes.draw import choice, stream, uniform
from scenes.lens_choice import LENS_CHOICES, LensChoice
from scenes.scene import Camera, SceneSpec, View

__all__ = ["with_lenses"]

#: How much nearer to the middle a barrel shows what is in the corner, as a share; below 0 a pincushion, farther out.
CORNER_SHIFT = (-0.06, 0.22)
#: Share of that which the higher powers of the radius add or take back.
FOURTH_POWER, SIXTH_POWER = (-0.3, 0.5), (-0.1, 0.1)
#: Tangential distortion in the corner, as a share of the corner's radius.
TANGENTIAL = (-0.002, 0.002)
#: Angle off the axis in a square image's corner, degrees, of the widest fisheye.
WIDEST = 80.0
#: How far from the pinhole's angle there (0) to the widest (1) a fisheye is.
WIDENED = (0.3, 1.0)
#: Coefficients k1 to k4 of fisheyes, either side of 0.
FISHEYE = (0.04, 0.015, 0.005, 0.001)
#: How much farther out than the image's corner a lens must be one-to-one: samples are spread beyond the border.
SLACK = 1.05
TRIES = 100


def with_lenses(spec: SceneSpec, lens: LensChoice) -> SceneSpec:
    """The scene with a lens for each of its views, all else as it is.

    distorted: radial-tangential. fisheye: with a wider field than the camera had. mixed: each view has no lens, one of
    the first kind or one of the second. A view's camera candidates share what is drawn, in shares of the image, so that
    the coefficients differ where their focal lengths do. Each lens is proved to be one-to-one over a square image, and
    so over any part of it.
    """
    if lens == "pinhole":
        return spec
    return spec.model_copy(update={"views": tuple(_view(spec, i, view, lens) for i, view in enumerate(spec.views))})


def _view(spec: SceneSpec, index: int, view: View, lens: LensChoice) -> View:
    path = (spec.family, spec.index, spec.attempt, "lens", index)
    model = choice(stream(spec.seed, *path), LENS_CHOICES[lens])
    if model == "pinhole":
        return view
    draw = _fisheye if model == "fisheye" else _distorted
    for attempt in range(TRIES):
        cameras = [draw(stream(spec.seed, *path, attempt), camera) for camera in view.candidates]
        if all(map(_is_one_to_one, cameras)):
            return View(candidates=tuple(cameras))
    raise SceneError(f"No lens that is one-to-one over the image was found for view {index} of scene {spec.index}.")


def _corner(camera: Camera) -> float:
    """Distance from the principal point to the farthest corner of a square image, in shares of its side."""
    return math.hypot(*(0.5 + abs(shift) for shift in camera.shift))


def _is_one_to_one(camera: Camera) -> bool:
    return _corner(camera) * camera.sensor_width / camera.focal_length * SLACK < camera.lens.distorted_reach


def _distorted(rng: np.random.Generator, camera: Camera) -> Camera:
    shift = uniform(rng, *CORNER_SHIFT)
    fourth, sixth = uniform(rng, *FOURTH_POWER) * shift, uniform(rng, *SIXTH_POWER) * shift
    # The radius of what the corner shows, and the factors of powers of the radius in shares of it.
    radius = _corner(camera) * camera.sensor_width / camera.focal_length / (1 - shift)
    k1, k2, k3 = -(shift + fourth + sixth) / radius**2, fourth / radius**4, sixth / radius**6
    p1, p2 = (uniform(rng, *TANGENTIAL) / radius for _ in range(2))
    return camera.model_copy(update={"lens": Lens("radial-tangential", _rounded(k1, k2, p1, p2, k3))})


def _fisheye(rng: np.random.Generator, camera: Camera) -> Camera:
    """A fisheye whose focal length gives the corner its angle."""
    pinhole = math.atan(_corner(camera) * camera.sensor_width / camera.focal_length)
    angle = pinhole + uniform(rng, *WIDENED) * max(math.radians(WIDEST) - pinhole, 0.0)
    lens = Lens("fisheye", _rounded(*(uniform(rng, -most, most) for most in FISHEYE)))
    moved = float(lens.distort(np.array([[math.tan(angle), 0.0]]))[0, 0])
    focal_length = _corner(camera) * camera.sensor_width / moved
    return camera.model_copy(update={"lens": lens, "focal_length": round(focal_length, 2)})


def _rounded(*values: float) -> tuple[float, ...]:
    return tuple(round(value, 7) for value in values)
