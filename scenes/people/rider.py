"""A person on a bicycle: hips on the saddle, hands on the grips, the balls of the feet on the pedals."""

import numpy as np

from scenes import draw
from scenes.model import ObjectSpec
from scenes.objects.bicycle import Ridden, ridden
from scenes.people.build import Build, sample_build
from scenes.people.person import clothed
from scenes.people.pose import Foot, Pose
from scenes.people.reach import reaching, round_bar
from scenes.people.skeleton import TOEBALL

__all__ = ["CATEGORY", "cyclist"]

CATEGORY = "rider"
FLESH = 0.045  # from the saddle up to the hip joints, in shares of the stature
STRETCH = 0.96  # of the leg over the lower pedal


def cyclist(rng: np.random.Generator) -> tuple[ObjectSpec, ObjectSpec]:
    """A bicycle and its rider, both in the bicycle's axes: front toward -y, wheels on z = 0."""
    build = sample_build(rng, "adult")
    leg = STRETCH * (build.thigh + build.shin) + build.ankle - (FLESH + 0.02) * build.stature
    bicycle = ridden(rng, leg)
    figure = clothed(rng, build, _pose(rng, build, bicycle), "ride")
    return bicycle.model, figure.model_copy(update={"category": CATEGORY})


def _pose(rng: np.random.Generator, build: Build, bicycle: Ridden) -> Pose:
    height = build.stature
    bow = draw.uniform(rng, 0.3, 0.42)
    feet = [
        Foot(abs(x) / height, -y / height + TOEBALL, pitch, 0.02, z / height)
        for (x, y, z), pitch in zip(bicycle.pedals, (0.0, 0.12), strict=True)
    ]
    pose = Pose(
        feet=(feet[0], feet[1]),
        pelvis=(0.8 * bow, 0.0, 0.0),
        chest=(bow, 0.0, 0.0),
        head=(draw.normal(rng, 0.02, 0.05), 0.0, draw.normal(rng, 0, 0.15)),
        ahead=-bicycle.saddle[1] / height,
        seat=bicycle.saddle[2] + (FLESH - 0.056 * build.girth) * height,
    )
    x, y, z = bicycle.grip
    grip = round_bar(build, (x, -y, z), (0.25, 1.0, -0.35), (0.1, -0.3, -1.0), (0.7, -0.5, -0.6))
    return reaching(build, pose, (grip, grip))
