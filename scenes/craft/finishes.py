"""Materials by name, with the colours and scales of real ones."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.colors import sample_color
from scenes.material import Material, MaterialKind

__all__ = ["METALS", "WOODS", "finish", "glaze", "metal", "printed", "tint", "vary", "visible_material", "wood"]

# Heartwood and the darker ring, sRGB.
WOODS: dict[str, tuple[Rgb, Rgb]] = {
    "oak": ((0.66, 0.49, 0.31), (0.48, 0.33, 0.19)),
    "walnut": ((0.37, 0.24, 0.16), (0.22, 0.14, 0.09)),
    "pine": ((0.83, 0.67, 0.45), (0.69, 0.47, 0.26)),
    "beech": ((0.78, 0.6, 0.43), (0.64, 0.45, 0.3)),
    "birch": ((0.86, 0.75, 0.58), (0.74, 0.6, 0.43)),
    "cherry": ((0.56, 0.3, 0.18), (0.4, 0.19, 0.11)),
    "bamboo": ((0.82, 0.66, 0.4), (0.7, 0.52, 0.28)),
    "ebony": ((0.17, 0.13, 0.11), (0.09, 0.07, 0.06)),
}
METALS: dict[str, Rgb] = {
    "steel": (0.79, 0.79, 0.78),
    "brass": (0.86, 0.68, 0.37),
    "copper": (0.88, 0.55, 0.4),
    "gold": (0.92, 0.73, 0.36),
    "black": (0.1, 0.1, 0.105),
}


def _seed(rng: np.random.Generator) -> int:
    return draw.integer(rng, 2**31)


def vary(rng: np.random.Generator, rgb: Rgb, amount: float = 0.03) -> Rgb:
    """The colour a little lighter or darker and a little off in each channel."""
    shift = draw.normal(rng, 0, amount) + rng.normal(0, amount / 3, 3)
    red, green, blue = (float(value) for value in np.clip(np.array(rgb) * (1 + shift), 0, 1))
    return red, green, blue


def tint(rgb: Rgb, other: Rgb, share: float) -> Rgb:
    """`rgb` mixed with `share` of `other`."""
    red, green, blue = (
        float(value + (other_value - value) * share) for value, other_value in zip(rgb, other, strict=True)
    )
    return red, green, blue


def finish(
    rng: np.random.Generator,
    kind: MaterialKind,
    name: str,
    color: Rgb,
    *,
    accent: Rgb | None = None,
    scale: float = 0.1,
    roughness: float | None = None,
    wear: float = 0.0,
    cutout: float = 0.0,
    strength: float = 0.0,
) -> Material:
    """A material of a kind, with a seed of its own for its pattern."""
    return Material(
        kind=kind,
        name=name,
        color=color,
        accent=accent or tint(color, (0.05, 0.05, 0.05), 0.35),
        scale=scale,
        roughness=roughness,
        wear=min(max(wear, 0.0), 1.0),
        cutout=cutout,
        strength=strength,
        seed=_seed(rng),
    )


def printed(rng: np.random.Generator, ground: str, accent: str, *, scale: float, roughness: float) -> Material:
    """Print of one named colour on another, as packages have it; `scale` in metres."""
    color, second = sample_color(rng, ground), sample_color(rng, accent)
    return finish(rng, "print", "print", color, accent=second, scale=scale, roughness=roughness)


def wood(rng: np.random.Generator, species: str, *, scale: float = 0.15, wear: float = 0.0) -> Material:
    """Planed timber of a species of `WOODS`."""
    heart, ring = WOODS[species]
    return finish(
        rng,
        "wood",
        species,
        vary(rng, heart, 0.06),
        accent=vary(rng, ring, 0.06),
        scale=scale * draw.uniform(rng, 0.7, 1.4),
        roughness=draw.uniform(rng, 0.3, 0.6),
        wear=wear,
    )


def metal(rng: np.random.Generator, species: str, *, polished: bool | None = None, wear: float = 0.0) -> Material:
    """A bare or (black) painted metal of `METALS`."""
    if species == "black":
        return finish(rng, "painted_metal", "metal", METALS["black"], roughness=draw.uniform(rng, 0.25, 0.5), wear=wear)
    shiny = draw.chance(rng, 0.5) if polished is None else polished
    kind: MaterialKind = "polished_metal" if shiny else "brushed_metal"
    return finish(rng, kind, species, vary(rng, METALS[species], 0.03), scale=0.05, wear=wear)


def visible_material(material: Material) -> str:
    """The word for what an object visibly consists of, for referring expressions; "" where paint hides it.

    In a picture, porcelain looks like any other white ceramic, and one grey metal like another.
    """
    match material.kind:
        case "painted_wood" | "painted_metal":
            return ""
        case "brushed_metal" | "polished_metal" | "hammered_metal" | "galvanised" | "rusted_metal":
            return "metal"
        case "porcelain":
            return "ceramic"
        case "wood":
            return "wood"
        case _:
            return material.name


def glaze(rng: np.random.Generator, color_name: str, *, wear: float = 0.0) -> Material:
    """Glazed ceramic or porcelain in a colour called `color_name`."""
    chance, color = rng.random(), sample_color(rng, color_name)
    if chance > 0.75:
        pool = tint(color, (0.3, 0.33, 0.36), 0.35)
        return finish(rng, "stoneware", "ceramic", color, accent=pool, scale=draw.uniform(rng, 0.06, 0.14), wear=wear)
    kind: MaterialKind = "porcelain" if color_name == "white" and chance < 0.5 else "ceramic"
    roughness = draw.choice(rng, [0.08, 0.15, 0.35, 0.55])
    return finish(rng, kind, kind, color, roughness=roughness, scale=draw.uniform(rng, 0.02, 0.08), wear=wear)
