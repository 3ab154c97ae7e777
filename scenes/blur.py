"""What a camera leaves unsharp: its aperture and focus, and how it is moved while the shutter is open.

Drawn for each view from random streams of their own, so that they move nothing else of the scene.
"""

import math
from typing import Annotated

from pydantic import Field

from encode.formulas.indices import SceneIndex, ViewIndex
from scenes import draw
from scenes.base import Positive, Spec, Unit, Vec2

__all__ = ["Aperture", "Shake", "draw_aperture", "draw_shake"]

#: How often a camera has which sensor (width in mm), and between which f-numbers it is set.
_SENSORS = ((0.35, 36.0, (1.8, 11.0)), (0.25, 23.5, (1.8, 11.0)), (0.1, 17.3, (1.8, 8.0)), (0.3, 7.0, (1.6, 2.4)))

#: Share of the image's width that a camera's shake moves the image: the median, and what it is never over.
_USUAL_SHAKE, _MOST_SHAKE = 0.002, 0.015
#: Radians of roll while the shutter is open, standard deviation.
_ROLL = 0.001


class Aperture(Spec):
    """A camera's aperture, and where it focuses.

    sensor_width: mm, of the camera whose field of view the view has. f_number: real focal length over the diameter.
    blades: of the iris, 0 is round. focus: the point of the image whose surface is sharp, in shares of width and
    height.
    """

    sensor_width: Positive
    f_number: Positive
    blades: Annotated[int, Field(ge=0, le=16)]
    focus: tuple[Unit, Unit]


class Shake(Spec):
    """How a camera turns while the shutter is open, from half before to half after the pose that truth has.

    move: how far the middle of the image moves right and down, in shares of the width. roll: radians, of the image,
    counter-clockwise.
    """

    move: Vec2
    roll: float


def draw_aperture(seed: int, scene: SceneIndex, attempt: int, view: ViewIndex) -> Aperture:
    """The aperture of a view, and where it focuses: near the middle of the image."""
    rng = draw.stream(seed, "aperture", scene, attempt, view)
    _, width, stops = _SENSORS[draw.weighted_index(rng, [share for share, _, _ in _SENSORS])]
    number = math.exp(draw.uniform(rng, math.log(stops[0]), math.log(stops[1])))
    blades = draw.choice(rng, (0, 0, 5, 6, 7, 8, 9))
    u, v = (min(max(draw.normal(rng, 0.5, 0.12), 0.15), 0.85) for _ in range(2))
    return Aperture(sensor_width=width, f_number=round(number, 2), blades=blades, focus=(round(u, 3), round(v, 3)))


def draw_shake(seed: int, scene: SceneIndex, attempt: int, view: ViewIndex) -> Shake:
    """How the camera of a view is moved: most hardly, a few by a hundredth of the image."""
    rng = draw.stream(seed, "shake", scene, attempt, view)
    length = min(_USUAL_SHAKE * math.exp(draw.normal(rng, 0.0, 1.0)), _MOST_SHAKE)
    direction = draw.uniform(rng, 0.0, 2 * math.pi)
    move = round(length * math.cos(direction), 6), round(length * math.sin(direction), 6)
    return Shake(move=move, roll=round(draw.normal(rng, 0.0, _ROLL), 6))
