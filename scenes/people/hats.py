"""Caps, beanies and helmets, in the head's own coordinates."""

import numpy as np

from scenes import draw
from scenes.blob.specs import Ball, Blob, Limb
from scenes.craft.build import lathe, plate_of
from scenes.craft.curve import spline
from scenes.face.bones import cranium
from scenes.shapes import Group, Placed, Shape

__all__ = ["hat_shapes"]


def hat_shapes(rng: np.random.Generator, hat: str) -> list[tuple[str, Shape]]:
    """Named shapes of one hat."""
    match hat:
        case "cap":
            return [("cap", _dome(0.0085, 0.050)), ("peak", _peak(0.062, 0.05))]
        case "helmet":
            return [("helmet", _helmet())]
        case "cycle helmet":
            return [("cycle helmet", _cycle_helmet())]
        case _:
            seed = draw.integer(rng, 2**31)
            return [("beanie", _dome(0.0135, 0.050, folds=0.004, seed=seed)), ("brim", _band())]


def _dome(lift: float, line: float, *, folds: float = 0.0, seed: int = 0) -> Blob:
    """The crown of a skull down to about `line`."""
    return Blob(members=(*cranium(lift), _under(line)), cell=0.012, folds=folds, fold=0.03, seed=seed)


def _under(line: float) -> Ball:
    """Takes away what is under a height, a little tilted to the front."""
    return Ball(center=(0, 0.02, line - 0.2), radii=(0.4, 0.4, 0.2), turn=(0.12, 0, 0), carve=True)


def _over(line: float) -> Ball:
    """Takes away what is over it."""
    return Ball(center=(0, -0.004, line + 0.2), radii=(0.4, 0.4, 0.2), turn=(0.12, 0, 0), carve=True)


def _cycle_helmet() -> Blob:
    """A shell with vents along it, longer behind."""
    shell = Ball(center=(0, 0.024, 0.046), radii=(0.095, 0.122, 0.094), turn=(0.06, 0, 0))
    under = Ball(center=(0, 0.02, -0.16), radii=(0.4, 0.4, 0.2), turn=(0.1, 0, 0), carve=True)
    vents = tuple(
        Limb(
            rings=tuple(
                (
                    x * np.cos(0.3 * (a - 1.5)),
                    0.024 + 0.128 * np.cos(a),
                    0.048 + 0.1 * np.sin(a) * (1 - 18 * x * x),
                    r,
                    r,
                )
                for a, r in ((0.55, 0.007), (1.1, 0.011), (1.7, 0.011), (2.4, 0.008))
            ),
            carve=True,
        )
        for x in (-0.052, -0.018, 0.018, 0.052)
    )
    return Blob(members=(shell, under, *vents), cell=0.0105)


def _band() -> Blob:
    """The turned-up edge of a beanie."""
    return Blob(members=(*cranium(0.0175), _under(0.042), _over(0.072)), cell=0.011)


def _peak(width: float, length: float) -> Group:
    arc = np.linspace(0, np.pi, 9)
    outer = np.stack([width * np.cos(arc), -0.03 - length * np.sin(arc) ** 0.8], 1)
    outline = spline(np.concatenate([outer, [[-0.05, 0.0], [0.0, 0.01], [0.05, 0.0]]])[::-1], 36, closed=True)
    return Group(members=(Placed(shape=plate_of(outline, 0.004), at=(0, -0.042, 0.052), turn=(0.16, 0, 0)),))


def _helmet() -> Group:
    """A hard hat: a shell with a rim and a ridge, longer in front."""
    angle = np.linspace(0, np.pi / 2, 9)
    shell = np.stack([0.104 * np.cos(angle), 0.1 * np.sin(angle) ** 0.9], 1)
    shell[-1, 0] = 0.0
    profile = np.concatenate([[[0.0, -0.004], [0.117, -0.01], [0.119, -0.005]], shell])
    ridge = Blob(
        members=(
            Limb(
                rings=tuple(
                    (0.0, 0.104 * np.cos(a), 0.1 * np.sin(a) - 0.001, 0.014, 0.006) for a in np.linspace(0.12, 3.02, 9)
                ),
                cap=0.5,
            ),
        ),
        cell=0.008,
    )
    peak = Placed(shape=_peak(0.07, 0.028), at=(0, -0.018, -0.058), turn=(0, 0, 0))
    return Group(
        members=(
            Placed(
                shape=Group(members=(Placed(shape=lathe(profile, segments=40)), Placed(shape=ridge), peak)),
                at=(0, 0.014, 0.056),
                turn=(-0.06, 0, 0),
            ),
        )
    )
