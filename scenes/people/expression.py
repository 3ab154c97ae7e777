"""Expressions: which muscles of the face act, and where the eyes look.

Action units after Ekman and Friesen, Facial Action Coding System, 1978; an expression's units after their table of
emotions and its like for speech.
"""

import numpy as np

from scenes import draw
from scenes.face.specs import ActionUnits

__all__ = ["EXPRESSIONS", "expression_units", "sample_actions", "sample_expression"]

#: How often a face has which expression.
EXPRESSIONS = {
    "neutral": 0.40,
    "smile": 0.22,
    "broad smile": 0.10,
    "talking": 0.14,
    "surprise": 0.04,
    "frown": 0.10,
}


def sample_actions(rng: np.random.Generator, *, looks_down: bool = False) -> ActionUnits:
    """The action units of a drawn expression, of a drawn strength.

    looks_down: the eyes are on something in the hands or on a table, and the face is calm or concentrated.
    """
    strength = draw.uniform(rng, 0.55, 1.0)
    units = {
        unit: share * strength for unit, share in expression_units(rng, sample_expression(rng, looks_down)).items()
    }
    if looks_down:
        gaze = (draw.normal(rng, 0, 0.06), draw.uniform(rng, -0.32, -0.2))
    elif draw.chance(rng, 0.6):
        gaze = (draw.normal(rng, 0, 0.05), draw.normal(rng, -0.02, 0.04))
    else:
        gaze = (draw.choice(rng, [-1.0, 1.0]) * draw.uniform(rng, 0.15, 0.42), draw.normal(rng, -0.03, 0.08))
    gaze = (float(np.clip(gaze[0], -0.45, 0.45)), float(np.clip(gaze[1], -0.35, 0.2)))
    units = {unit: round(float(np.clip(value, 0, 1)), 3) for unit, value in units.items()}
    return ActionUnits(**units, gaze=(round(gaze[0], 3), round(gaze[1], 3)))


def sample_expression(rng: np.random.Generator, looks_down: bool) -> str:
    """One of `EXPRESSIONS`; those who look at something near laugh and speak less, and frown more."""
    shares = dict(EXPRESSIONS)
    if looks_down:
        shares |= {"broad smile": 0.02, "talking": 0.04, "surprise": 0.0, "frown": 0.2}
    names = list(shares)
    return names[draw.weighted_index(rng, list(shares.values()))]


def expression_units(rng: np.random.Generator, name: str) -> dict[str, float]:
    """The units of an expression at full strength, each face with its own mixture."""

    def about(value: float) -> float:
        return value * draw.uniform(rng, 0.8, 1.2)

    match name:
        case "smile":
            return {"au6": about(0.35), "au12": about(0.7)}
        case "broad smile":
            return {"au6": about(0.7), "au12": about(1.0), "au25": about(0.8), "au26": about(0.08)}
        case "talking":
            shape = draw.integer(rng, 3)  # as in "ah", "ee" and "oh"
            jaw, pucker, pull = ((0.32, 0.0, 0.1), (0.12, 0.0, 0.4), (0.25, 0.7, 0.0))[shape]
            return {
                "au1": about(0.15),
                "au2": about(0.2),
                "au25": about(0.7),
                "au26": about(jaw),
                "au18": about(pucker),
                "au12": about(pull),
            }
        case "surprise":
            return {"au1": about(0.9), "au2": about(0.9), "au5": about(0.8), "au25": about(0.7), "au26": about(0.5)}
        case "frown":
            return {"au4": about(0.85), "au24": about(0.5)}
    return {"au1": about(0.05), "au12": about(0.15), "au24": about(0.06)}
