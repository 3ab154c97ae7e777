"""Who wears which hair: styles by age and sex, and a head's hair from them."""

import numpy as np

from scenes import draw
from scenes.face.specs import FacePiece
from scenes.hair.specs import HairPiece
from scenes.material import Material
from scenes.people.build import Build

__all__ = ["STYLES", "combed", "hair_shape", "sample_style"]

STYLES = ("bald", "cropped", "short", "parted", "bob", "long", "bun", "ponytail", "curly")
_PARTED = ("parted", "bob", "long")


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


def hair_shape(
    rng: np.random.Generator, style: str, face: FacePiece, build: Build, *, under_hat: bool = False
) -> HairPiece | None:
    """The hair over a face; None for a bald head. Under a hat it lies flat, and only what hangs down is full."""
    if style == "bald":
        return None
    line, end = draw.uniform(rng, -0.004, 0.006), 0.0
    match style:
        case "bob":
            end = draw.uniform(rng, -0.1, -0.08)
        case "long":
            end = draw.uniform(rng, -0.26, -0.17)
        case "bun":
            end = draw.uniform(rng, 0.02, 0.09)
    seed = draw.integer(rng, 2**31)
    own = draw.stream(seed, "cut")
    man = not build.female and build.age != "child"
    return HairPiece(
        style=style,
        traits=face.traits,
        actions=face.actions,
        neck=face.neck,
        line=round(line, 5),
        end=round(end, 5),
        receding=round(face.traits.age * draw.uniform(own, 0.2, 1.0), 4) if man else 0.0,
        fringe=style in ("bob", "long") and not under_hat and draw.chance(own, 0.3),
        hat=under_hat,
        seed=seed,
    )


def combed(material: Material, shape: HairPiece) -> Material:
    """The hair's material with its strands from a parting (wear 1) or curled where the style has it so."""
    if shape.style == "curly":
        return material.model_copy(update={"kind": "curls"})
    return material.model_copy(update={"wear": 1.0}) if shape.style in _PARTED else material
