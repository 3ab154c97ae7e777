"""Jars: glass with something in it and a lid, or a ceramic canister with a wooden lid."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.colors import sample_color
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish, glaze, metal, vary, visible_material, wood
from scenes.craft.style import Style
from scenes.craft.vessels import Vessel, vessel
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "make"]

CATEGORY = "jar"
_FORMS = (
    ((0.93, 0), (1, 0.05), (1, 0.4), (1, 0.76), (0.93, 0.87), (0.8, 0.92), (0.8, 1)),
    ((0.9, 0), (1, 0.1), (1.0, 0.45), (0.98, 0.78), (0.88, 0.9), (0.84, 1)),
    ((0.96, 0), (1, 0.04), (1, 0.5), (1, 0.85), (0.97, 1)),
)
_CONTENTS: dict[str, Rgb] = {
    "jam": (0.4, 0.04, 0.06),
    "honey": (0.75, 0.42, 0.05),
    "beans": (0.5, 0.2, 0.12),
    "flour": (0.93, 0.91, 0.86),
    "coffee": (0.14, 0.08, 0.05),
    "pesto": (0.32, 0.4, 0.12),
    "rice": (0.88, 0.84, 0.74),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a jar in the style of its scene."""
    form = draw.choice(rng, _FORMS)
    radius = draw.uniform(rng, 0.031, 0.052)
    height = min(max(radius * draw.uniform(rng, 1.9, 3.4), 0.078), 0.185)
    body = vessel(np.array(form) * [radius, height], wall=0.0028, floor=0.005)
    lid = part("lid", lathe(_lid(rng, body)), wood(rng, style.wood, scale=0.08))
    if draw.chance(rng, 0.28):
        color_name = style.color_name(rng)
        material = glaze(rng, color_name, wear=0.4 * style.wear)
        return ObjectSpec(
            category=CATEGORY,
            parts=(part("body", body.shape(), material), lid),
            color=color_name,
            material=visible_material(material),
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(_glass(rng, style, body, lid)), material="glass")


def _glass(rng: np.random.Generator, style: Style, body: Vessel, lid: Part) -> list[Part]:
    content = draw.choice(rng, list(_CONTENTS))
    liquid = content in ("jam", "honey", "pesto")
    color = vary(rng, _CONTENTS[content], 0.05)
    material = (
        finish(rng, "liquid", content, color)
        if liquid
        else finish(rng, "soil", content, color, scale=0.012, roughness=0.9)
    )
    chance = rng.random()
    if chance < 0.45:
        color_name = draw.choice(rng, ["white", "red", "black", "yellow", "green"])
        tin = finish(rng, "painted_metal", "metal", sample_color(rng, color_name), roughness=0.3)
        lid = lid.model_copy(
            update={"material": tin if draw.chance(rng, 0.6) else metal(rng, draw.choice(rng, ["gold", "steel"]))}
        )
    elif chance < 0.65:
        lid = lid.model_copy(update={"material": finish(rng, "cork", "cork", (0.76, 0.6, 0.42), scale=0.012)})
    parts = [
        part("glass", body.shape(), finish(rng, "glass", "glass", (0.97, 0.98, 0.98))),
        part("content", body.filling(draw.uniform(rng, 0.5, 0.84) * body.height), material),
        lid,
    ]
    if draw.chance(rng, 0.55):
        paper = finish(
            rng,
            "print",
            "paper",
            sample_color(rng, draw.choice(rng, ["white", "beige"])),
            accent=sample_color(rng, style.color_name(rng)),
            scale=0.05,
        )
        parts.append(part("label", body.band(0.2 * body.height, 0.58 * body.height, thickness=2.5e-4), paper))
    return parts


def _lid(rng: np.random.Generator, body: Vessel) -> Floats:
    """A flat lid over the mouth with rolled edges."""
    radius, z = float(body.outer[-1, 0]) + 0.0016, body.height
    bottom, top = z - draw.uniform(rng, 0.006, 0.013), z + draw.uniform(rng, 0.002, 0.006)
    return np.array(
        [
            (0, z + 0.0004),
            (radius - 0.004, z + 0.0004),
            (radius - 0.0012, z - 0.0005),
            (radius - 0.0012, bottom),
            (radius - 0.0003, bottom - 0.0006),
            (radius + 0.0004, bottom),
            (radius + 0.0004, bottom + 0.001),
            (radius, bottom + 0.0016),
            (radius, top - 0.0016),
            (radius - 0.0006, top - 0.0004),
            (radius - 0.0018, top),
            (radius - 0.006, top - 0.0003),
            (0.3 * radius, top - 0.0002),
            (0, top - 0.0002),
        ]
    )
