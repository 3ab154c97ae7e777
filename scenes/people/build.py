"""Builds: stature, girth and age. Proportions after Drillis and Contini (1966) and NASA-STD-3000."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from scenes import draw

__all__ = ["Age", "Build", "sample_build"]

Age = Literal["child", "adult", "old"]


@dataclass(frozen=True)
class Build:
    """Metres. `female` and `weight` shape the trunk: 0 or 1, and -1 (slight) to 1 (heavy)."""

    stature: float
    female: bool
    weight: float
    age: Age

    @property
    def head(self) -> float:
        """From chin to crown: nearly the same for all, so that children have large heads."""
        return 0.13 * self.stature if self.age != "child" else 0.118 + 0.066 * self.stature

    @property
    def hip(self) -> float:
        """Height of the hip joints, barefoot."""
        share = 0.523 if self.age != "child" else 0.523 - 0.07 * (1.6 - self.stature)
        return share * self.stature

    @property
    def pelvis(self) -> float:
        """From the hip joints up to the waist."""
        return 0.085 * self.stature

    @property
    def chest(self) -> float:
        """From the waist up to the shoulder joints."""
        return self.stature - self.head - 0.07 * self.stature - self.hip - self.pelvis

    @property
    def thigh(self) -> float:
        """From hip joint to knee, metres."""
        return 0.515 * (self.hip - self.ankle)

    @property
    def shin(self) -> float:
        """From knee to ankle, metres."""
        return 0.485 * (self.hip - self.ankle)

    @property
    def ankle(self) -> float:
        """Height of the ankle over the sole's underside."""
        return 0.05 * self.stature

    @property
    def upper_arm(self) -> float:
        """From shoulder joint to elbow, metres."""
        return 0.172 * self.stature

    @property
    def forearm(self) -> float:
        """From elbow to wrist, metres."""
        return 0.148 * self.stature

    @property
    def hand(self) -> float:
        """From wrist to fingertip, metres."""
        return 0.108 * self.stature

    @property
    def shoulder(self) -> float:
        """Half the distance between the shoulder joints."""
        return (0.094 if self.female else 0.104) * self.stature

    @property
    def hip_spread(self) -> float:
        """Half the distance between the hip joints."""
        return 0.051 * self.stature

    @property
    def girth(self) -> float:
        """The thickness of limbs, 1 for the mean."""
        return (0.93 if self.female else 1.0) * (1 + 0.16 * self.weight) * (0.95 if self.age == "child" else 1.0)


def sample_build(rng: np.random.Generator, age: Age | None = None) -> Build:
    """Statures of European adults: 1.78 m and 1.65 m, each with a standard deviation of 7 cm."""
    chance = float(rng.random())
    years: Age = age or ("adult" if chance < 0.64 else "old" if chance < 0.86 else "child")
    female = draw.chance(rng, 0.5)
    spread = float(np.clip(draw.normal(rng), -2, 2))
    match years:
        case "child":
            stature = draw.uniform(rng, 1.1, 1.5)
        case "old":
            stature = (1.61 if female else 1.74) + 0.06 * spread
        case _:
            stature = (1.65 if female else 1.78) + 0.067 * spread
    weight = float(np.clip(draw.normal(rng, 0.15 if years == "old" else -0.05, 0.42), -0.8, 1.0))
    return Build(round(stature, 3), female, round(weight, 3), years)
