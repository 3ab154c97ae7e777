"""Hair, by style, in the head's own coordinates."""

import numpy as np

from scenes import draw
from scenes.blob.specs import Ball, Blob, Limb
from scenes.people.build import Build

__all__ = ["STYLES", "hair_shape", "sample_style"]

STYLES = ("bald", "cropped", "short", "parted", "bob", "long", "bun", "ponytail", "curly")
CELL = 0.0132


def sample_style(rng: np.random.Generator, build: Build) -> str:
    """A hair style, one of `STYLES`, that is likely at this age and sex."""
    if build.female:
        return draw.choice(
            rng, ["bob", "long", "bun", "ponytail", "curly", "short"], p=[0.2, 0.3, 0.15, 0.2, 0.08, 0.07]
        )
    if build.age == "old":
        return draw.choice(rng, ["bald", "cropped", "short", "parted"], p=[0.3, 0.3, 0.2, 0.2])
    return draw.choice(
        rng,
        ["bald", "cropped", "short", "parted", "curly"],
        p=[0.06 * (build.age != "child"), 0.3, 0.3, 0.26 + 0.06 * (build.age == "child"), 0.08],
    )


def hair_shape(rng: np.random.Generator, style: str, *, under_hat: bool = False) -> Blob | None:
    """The hair's skin; None for a bald head. Under a hat only what hangs down."""
    if style == "bald":
        return None
    lift = {"cropped": 0.004, "short": 0.012, "parted": 0.015, "curly": 0.026}.get(style, 0.011)
    if under_hat:
        lift = 0.002
    members: list[Ball | Limb] = [
        Ball(center=(0, 0.021, 0.034), radii=(0.0755 + 0.8 * lift, 0.0955 + lift, 0.080 + lift))
    ]
    if style in ("short", "parted") and not under_hat:
        members.append(
            Ball(
                center=(0.012 * (style == "parted"), -0.045, 0.082 + 0.3 * lift),
                radii=(0.055, 0.045, 0.024),
                turn=(-0.2, 0.1, 0),
                blend=0.02,
            )
        )
    line = draw.uniform(rng, -0.004, 0.006)
    members += [
        _cut((0, -0.112, -0.034 + line), (0.068, 0.085, 0.098), 0.012),  # the face
        _cut(
            (0, -0.02, -0.150), (0.14, 0.135 if style in ("cropped", "short", "parted") else 0.09, 0.102), 0.01
        ),  # the nape
    ]
    if style in ("cropped", "short", "parted", "bun", "ponytail"):
        members += [_cut((side * 0.088, 0.004, -0.022), (0.022, 0.032, 0.034), 0.006) for side in (1, -1)]
    members += _hanging(rng, style)
    depth = {"curly": 0.013, "cropped": 0.0015}.get(style, 0.005)
    return Blob(
        members=tuple(members),
        cell=CELL,
        folds=depth,
        fold=0.022 if style == "curly" else 0.045,
        seed=draw.integer(rng, 2**31),
    )


def _cut(center: tuple[float, float, float], radii: tuple[float, float, float], blend: float) -> Ball:
    return Ball(center=center, radii=radii, blend=blend, carve=True)


def _hanging(rng: np.random.Generator, style: str) -> list[Ball | Limb]:
    match style:
        case "bob" | "long":
            down = draw.uniform(rng, -0.1, -0.08) if style == "bob" else draw.uniform(rng, -0.26, -0.17)
            sides: list[Ball | Limb] = [
                Limb(
                    rings=(
                        (side * 0.062, 0.0, 0.05, 0.026, 0.042),
                        (side * 0.079, 0.012, -0.02, 0.017, 0.045),
                        (side * 0.076, 0.022, -0.085, 0.018, 0.042),
                        (side * 0.07, 0.035, down, 0.014, 0.03),
                    ),
                    cap=0.5,
                    blend=0.02,
                )
                for side in (1, -1)
            ]
            back = Limb(
                rings=(
                    (0, 0.07, 0.04, 0.07, 0.045),
                    (0, 0.08, -0.04, 0.08, 0.04),
                    (0, 0.085, -0.09, 0.075, 0.034),
                    (0, 0.088, down - 0.01, 0.06, 0.022),
                ),
                cap=0.5,
                blend=0.03,
            )
            return [*sides, back]
        case "bun":
            height = draw.uniform(rng, 0.02, 0.09)
            return [
                Ball(center=(0, 0.122 - 0.3 * max(height - 0.05, 0), height), radii=(0.036, 0.034, 0.036), blend=0.012)
            ]
        case "ponytail":
            return [
                Limb(
                    rings=(
                        (0, 0.105, 0.045, 0.016, 0.016),
                        (0, 0.138, 0.035, 0.024, 0.024),
                        (0, 0.148, -0.04, 0.029, 0.026),
                        (0, 0.135, -0.125, 0.014, 0.014),
                    ),
                    cap=0.8,
                    blend=0.008,
                )
            ]
        case "curly":
            return [Ball(center=(0, 0.03, 0.04), radii=(0.092, 0.1, 0.085), blend=0.03)]
        case _:
            return []
