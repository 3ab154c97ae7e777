"""Teapots: a round body with a lid, a spout that tapers out of it, and an ear."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part, tube
from scenes.craft.curve import spline
from scenes.craft.finishes import finish, glaze, visible_material
from scenes.craft.style import Style
from scenes.craft.vessels import Vessel, vessel
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.shapes import Sweep

__all__ = ["CATEGORY", "make"]

CATEGORY = "teapot"
_FORMS = (
    ((0.6, 0), (0.82, 0.12), (1, 0.45), (0.86, 0.78), (0.55, 0.97), (0.5, 1)),
    ((0.68, 0), (0.9, 0.12), (1, 0.36), (0.88, 0.7), (0.58, 0.95), (0.54, 1)),
    ((0.78, 0), (0.96, 0.1), (1, 0.4), (0.95, 0.75), (0.66, 0.97), (0.6, 1)),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a teapot in the style of its scene."""
    form = draw.choice(rng, _FORMS)
    radius = draw.uniform(rng, 0.056, 0.075)
    height = radius * draw.uniform(rng, 1.45, 1.85)
    body = vessel(np.array(form) * [radius, height], wall=0.004, foot=0.003)
    color_name = style.color_name(rng)
    material = glaze(rng, color_name, wear=0.4 * style.wear)
    ear = material if draw.chance(rng, 0.75) else finish(rng, "wood", "wood", (0.5, 0.34, 0.2), scale=0.08)
    parts = (
        part("body", body.shape(segments=80), material),
        part("lid", lathe(_lid(rng, form[-1][0] * radius, height)), material),
        part("spout", _spout(rng, body), material),
        part("handle", _ear(rng, body), ear),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name, material=visible_material(material))


def _lid(rng: np.random.Generator, mouth: float, z: float) -> Floats:
    """A domed lid with a knob; its flange lies in the mouth."""
    rise, knob = mouth * draw.uniform(rng, 0.28, 0.5), draw.uniform(rng, 0.008, 0.012)
    top = z + 0.003 + rise
    dome = spline(
        [(mouth + 0.0008, z + 0.0012), (0.93 * mouth, z + 0.004), (0.6 * mouth, z + 0.75 * rise), (0.5 * knob, top)], 20
    )
    ball = spline(
        [(0.5 * knob, top + 0.001), (knob, top + 0.9 * knob), (0.7 * knob, top + 1.7 * knob), (0.0, top + 1.9 * knob)],
        16,
    )
    under = [(0.0, z - 0.002), (mouth - 0.006, z - 0.002), (mouth - 0.005, z), (mouth + 0.0005, z + 0.0002)]
    profile = np.concatenate([under, dome, ball])
    profile[-1, 0] = 0.0
    return profile


def _spout(rng: np.random.Generator, body: Vessel) -> Sweep:
    """Out of the body toward -x, rising to the height of the mouth."""
    spout_base, tip_z = 0.32 * body.height, body.height * draw.uniform(rng, 0.93, 1.04)
    root_x = body.radius(spout_base) - 0.012
    tip_x = body.radius(0.5 * body.height) + draw.uniform(rng, 0.042, 0.056)
    path = [
        (-root_x, 0, spout_base),
        (-root_x - 0.26 * (tip_x - root_x), 0, spout_base + 0.006),
        (-root_x - 0.62 * (tip_x - root_x), 0, (spout_base + tip_z) / 2),
        (-tip_x + 0.006, 0, tip_z - 0.008),
        (-tip_x, 0, tip_z),
    ]
    width = draw.uniform(rng, 0.014, 0.018)
    return tube(path, [width * 1.1, width * 0.9, width * 0.62, width * 0.48, width * 0.46], count=26, segments=24)


def _ear(rng: np.random.Generator, body: Vessel) -> Sweep:
    bottom, top = body.height * draw.uniform(rng, 0.2, 0.3), body.height * draw.uniform(rng, 0.76, 0.84)
    out = body.radius(0.5 * body.height) + draw.uniform(rng, 0.028, 0.042)
    start, end = body.radius(top) - 0.0025, body.radius(bottom) - 0.0025
    path = [
        (start, 0, top),
        (start + 0.4 * (out - start), 0, top + 0.008),
        (out - 0.003, 0, top - 0.006),
        (out, 0, (bottom + top) / 2),
        (out - 0.4 * (out - end), 0, bottom + 0.12 * (top - bottom)),
        (end, 0, bottom),
    ]
    thickness = draw.uniform(rng, 0.0048, 0.006)
    return tube(
        path,
        [1.2 * thickness, thickness, 0.95 * thickness, thickness, thickness, 1.2 * thickness],
        count=28,
        aspect=0.8,
    )
