"""Food cans: a rolled rim at both ends, ribs, and a printed label or a drink's printed aluminium."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part
from scenes.craft.curve import spline
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "make"]

CATEGORY = "tin can"
_COLOR_NAMES = ("red", "white", "blue", "green", "yellow", "orange", "teal", "black")


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a tin can in the style of its scene."""
    return _drink(rng, style) if draw.chance(rng, 0.35) else _food(rng, style)


def _food(rng: np.random.Generator, style: Style) -> ObjectSpec:
    radius = draw.uniform(rng, 0.033, 0.05)
    height = float(np.clip(radius * draw.uniform(rng, 1.6, 3.0), 0.07, 0.145))
    steel = metal(rng, "steel", polished=False)
    color_name = style.color_name(rng, allowed=_COLOR_NAMES, stray=0.6)
    wrap = finish(
        rng,
        "print",
        "paper",
        sample_color(rng, color_name),
        accent=sample_color(rng, "white" if color_name != "white" else "red"),
        scale=1.2 * radius,
        roughness=0.45,
    )
    parts = [part("can", lathe(_can(radius, height)), steel)]
    is_bare = draw.chance(rng, 0.12)
    if not is_bare:
        bottom, top = 0.0055, height - 0.0055
        sleeve = [(radius - 0.001, bottom), (radius + 0.0003, bottom), (radius + 0.0003, top), (radius - 0.001, top)]
        parts.append(part("label", lathe(sleeve, closed=True), wrap))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="" if is_bare else color_name)


def _can(radius: float, height: float) -> Floats:
    """A closed can; ends lie 2 mm inside their rims, three ribs show on the lid."""
    rib = np.linspace(0.82, 0.35, 24)
    ribs = np.stack([rib * radius, height - 0.0026 + 0.0004 * np.cos(rib * 60)], 1)
    rim = [(radius - 0.0005, 0.0042), (radius, 0.005)]
    return np.concatenate(
        [
            [
                (0, 0.002),
                (radius - 0.003, 0.002),
                (radius - 0.0022, 0.0004),
                (radius - 0.001, 0),
                (radius + 0.001, 0.0006),
                (radius + 0.001, 0.0026),
            ],
            rim,
            [
                (radius, height - 0.005),
                (radius - 0.0005, height - 0.0042),
                (radius + 0.001, height - 0.0026),
                (radius + 0.001, height - 0.0006),
                (radius - 0.001, height),
                (radius - 0.0022, height - 0.0004),
                (radius - 0.0028, height - 0.0022),
            ],
            ribs,
            [(0, height - 0.0026)],
        ]
    )


def _drink(rng: np.random.Generator, style: Style) -> ObjectSpec:
    radius, height = draw.uniform(rng, 0.0305, 0.0332), draw.uniform(rng, 0.11, 0.147)
    color_name = style.color_name(rng, allowed=_COLOR_NAMES, stray=0.6)
    color = sample_color(rng, color_name)
    paint = finish(rng, "painted_metal", "metal", color, roughness=0.22)
    steel = metal(rng, "steel", polished=False)
    side = spline(
        [
            (0.78 * radius, 0.0008),
            (0.86 * radius, 0.004),
            (radius, 0.013),
            (radius, 0.5 * height),
            (radius, height - 0.016),
            (0.93 * radius, height - 0.007),
            (0.85 * radius, height - 0.002),
        ],
        40,
    )
    body = np.concatenate(
        [[(0, 0.007), (0.55 * radius, 0.004), (0.72 * radius, 0.0), (0.76 * radius, 0.0)], side, [(0, height - 0.002)]]
    )
    top_radius = 0.85 * radius
    lid = [
        (0, height - 0.004),
        (top_radius - 0.001, height - 0.004),
        (top_radius - 0.001, height - 0.0024),
        (top_radius + 0.0008, height - 0.0022),
        (top_radius + 0.0012, height - 0.0008),
        (top_radius + 0.0002, height),
        (top_radius - 0.0012, height - 0.0006),
        (top_radius - 0.0022, height - 0.0032),
        (0, height - 0.0032),
    ]
    parts: list[Part] = [part("body", lathe(body), paint), part("lid", lathe(lid), steel)]
    parts.append(
        part(
            "tab",
            lathe([(0.003, -0.0004), (0.0065, -0.0004), (0.0065, 0.0006), (0.003, 0.0006)], segments=24, closed=True),
            steel,
            at=(0.004, 0, height - 0.0028),
            scale=(1.6, 1.0, 1.0),
        )
    )
    accent = sample_color(
        rng, "white" if color_name != "white" else style.color_name(rng, allowed=("red", "blue", "black"))
    )
    stripe = [
        (radius - 0.0008, 0.35 * height),
        (radius + 0.0001, 0.35 * height),
        (radius + 0.0001, 0.62 * height),
        (radius - 0.0008, 0.62 * height),
    ]
    parts.append(
        part(
            "print",
            lathe(stripe, closed=True),
            finish(rng, "print", "print", color, accent=accent, scale=0.05, roughness=0.25),
        )
    )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name)
