"""Parts of an industrial hall, made to measure: slab floor, sheet walls, shutters, trusses, columns, ducts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.colors import color_name_of
from scenes.craft.build import lathe, part, plate_of
from scenes.craft.finishes import finish, vary
from scenes.craft.outline import corrugated
from scenes.craft.paint import galvanised, painted, tyre_rubber
from scenes.craft.steel import bar
from scenes.furnish.casework import CutOut, box_part
from scenes.material import Material
from scenes.model import ObjectSpec
from scenes.shapes import Box, Cut, Cylinder, HeightField

__all__ = [
    "Doorway",
    "column",
    "dock_leveller",
    "duct",
    "hall_floor",
    "hall_wall",
    "marking",
    "outside_ground",
    "roof",
    "shutter",
    "truss",
]


@dataclass(frozen=True)
class Doorway:
    """A hole in a wall from the floor up: its middle along the wall, metres."""

    x: float
    width: float
    height: float


def hall_floor(rng: np.random.Generator, length: float, width: float) -> ObjectSpec:
    """A cast slab with saw-cut joints every few metres, its top at the object's top."""
    gray = draw.uniform(rng, 0.36, 0.6)
    color = (gray, gray * draw.uniform(rng, 0.97, 1.0), gray * draw.uniform(rng, 0.92, 1.0))
    if draw.chance(rng, 0.2):
        color = ((0.34, 0.42, 0.38), (0.4, 0.42, 0.47), (0.5, 0.37, 0.32))[draw.integer(rng, 3)]
    wear = draw.uniform(rng, 0.3, 1.0)
    material = finish(
        rng, "concrete", "concrete", vary(rng, color, 0.04), scale=1.0, roughness=draw.uniform(rng, 0.2, 0.6), wear=wear
    )
    joint = finish(rng, "matte_plastic", "joint", (0.13, 0.13, 0.13), roughness=0.9)
    parts = [part("slab", Box(size=(length, width, 0.2)), material)]
    step = draw.uniform(rng, 4.0, 6.0)
    for k in range(1, int(length / step) + 1):
        at = -length / 2 + k * step
        if at < length / 2 - 0.5:
            parts.append(
                box_part(
                    f"joint x {k}",
                    (at - 0.006, 0.001 - width / 2, 0.19),
                    (at + 0.006, width / 2 - 0.001, 0.2004),
                    joint,
                    bevel=0,
                )
            )
    for k in range(1, int(width / step) + 1):
        at = -width / 2 + k * step
        if at < width / 2 - 0.5:
            parts.append(
                box_part(
                    f"joint y {k}",
                    (0.001 - length / 2, at - 0.006, 0.19),
                    (length / 2 - 0.001, at + 0.006, 0.2003),
                    joint,
                    bevel=0,
                )
            )
    return ObjectSpec(category="floor", parts=tuple(parts), color=color_name_of(material.color), material="concrete")


def hall_wall(
    rng: np.random.Generator, kind: str, material: Material, length: float, height: float, holes: tuple[Doorway, ...]
) -> ObjectSpec:
    """A wall `length` metres along x with its face toward -y at y = 0; doors cut out of it.

    kind: sheet (corrugated over a plinth of concrete), or plain: brick, block, cast panels.
    """
    cuts = _cuts(holes, -0.05)
    if kind != "sheet":
        body = part("wall", Box(size=(length, 0.25, height)), material, at=(0, 0.125, 0), modifiers=cuts)
        return ObjectSpec(category="wall", parts=(body,), color=color_name_of(material.color), material=material.name)
    plinth_height = draw.choice(rng, [0.4, 1.0, 1.6])
    base = finish(rng, "concrete", "concrete", vary(rng, (0.55, 0.54, 0.52), 0.08), scale=1.0, wear=0.5)
    plinth = part("plinth", Box(size=(length, 0.26, plinth_height)), base, at=(0, 0.13, 0), modifiers=cuts)
    sheet = plate_of(corrugated(length, draw.choice(rng, [0.25, 0.33, 0.5]), 0.045, back=0.12), height - plinth_height)
    panel = part("sheet", sheet, material, at=(0, 0.11, plinth_height), modifiers=_cuts(holes, -0.05 - plinth_height))
    return ObjectSpec(category="wall", parts=(plinth, panel), color=color_name_of(material.color), material="metal")


def _cuts(holes: tuple[Doorway, ...], z: float) -> tuple[Cut, ...]:
    return tuple(Cut(shape=Box(size=(hole.width, 1.0, hole.height)), location=(hole.x, 0.0, z)) for hole in holes)


def shutter(rng: np.random.Generator, width: float, height: float, opened: float) -> ObjectSpec:
    """A roller shutter for an opening `width` by `height`, raised by the share `opened`."""
    color_name = draw.choice(rng, ["gray", "white", "blue", "gray", "green"])
    paint = galvanised(rng) if color_name == "gray" else painted(rng, color_name)
    dark = painted(rng, "black")
    gap = height * opened
    slat = draw.choice(rng, [0.09, 0.12, 0.5])
    parts = [
        box_part(
            "roll",
            (-width / 2 - 0.14, -0.3, height - 0.02),
            (width / 2 + 0.14, -0.002, height + 0.38),
            paint,
            bevel=0.03,
        )
    ]
    for k, side in enumerate((-1, 1), 1):
        low, high = (side * (width / 2 + 0.02) - 0.05, -0.12, 0.0), (side * (width / 2 + 0.02) + 0.05, -0.002, height)
        parts.append(box_part(f"guide {k}", low, high, dark if draw.chance(rng, 0.5) else galvanised(rng)))
    if height - gap > 0.15:
        count = max(1, round((height - gap) / slat))
        outline = corrugated(height - gap, (height - gap) / count, 0.018, back=0.02)
        flat = plate_of(outline, width - 0.02)
        # The sheet's waves run along its own x: turned so that x points up and its length lies along the door.
        parts.append(
            part(
                "curtain", flat, paint, at=(width / 2 - 0.01, -0.05, gap + (height - gap) / 2), rotation=_SLATS
            ).model_copy(update={"smooth": False})  # the folds of wide slats are shallow
        )
        parts.append(
            box_part("bottom bar", (-width / 2 + 0.01, -0.08, gap), (width / 2 - 0.01, -0.03, gap + 0.09), dark)
        )
    return ObjectSpec(
        category="roller shutter",
        parts=tuple(parts),
        color="" if color_name == "gray" else color_name,
        material="metal",
    )


_SLATS: Vec3 = (0.0, -np.pi / 2, 0.0)


def roof(rng: np.random.Generator, length: float, width: float, holes: Sequence[CutOut]) -> ObjectSpec:
    """The underside of a sheet roof with holes for rooflights; its ribs run along y."""
    pale = draw.uniform(rng, 0.6, 0.86)
    paint = finish(rng, "painted_metal", "metal", vary(rng, (pale, pale, 0.98 * pale), 0.02), roughness=0.55)
    sheet = plate_of(corrugated(length, 0.5, 0.06, back=0.05), width)
    cuts = tuple(
        Cut(shape=Box(size=(hole.width, 0.6, hole.depth)), location=(hole.x, 0.0, width / 2 - hole.y - hole.depth / 2))
        for hole in holes
    )
    body = part("sheet", sheet, paint, at=(0, width / 2, 0.06), rotation=(np.pi / 2, 0.0, 0.0), modifiers=cuts)
    return ObjectSpec(category="ceiling", parts=(body,), color=color_name_of(paint.color), material="metal")


def truss(rng: np.random.Generator, paint: Material, length: float, depth: float) -> ObjectSpec:
    """A lattice girder `length` metres along x: two chords and a zigzag between them."""
    half_length = length / 2
    parts = [
        box_part("lower chord", (-half_length, -0.07, 0.0), (half_length, 0.07, 0.12), paint, bevel=0),
        box_part("upper chord", (-half_length, -0.07, depth - 0.12), (half_length, 0.07, depth), paint, bevel=0),
    ]
    count = max(4, 2 * round(length / (2.4 * depth)))
    path: list[Vec3] = [
        (-half_length + length * k / count, 0.0, 0.08 if k % 2 else depth - 0.08) for k in range(count + 1)
    ]
    parts.append(bar("web", path, 0.05, paint, segments=4))
    return ObjectSpec(category="roof truss", parts=tuple(parts), color=color_name_of(paint.color), material="metal")


def column(rng: np.random.Generator, paint: Material, height: float, *, guarded: bool) -> ObjectSpec:
    """An H section up to the roof on a base plate, its foot striped with yellow where forklifts pass."""
    depth, width, thickness = 0.3, 0.28, 0.025
    outline = [
        (-width / 2, -depth / 2),
        (width / 2, -depth / 2),
        (width / 2, thickness - depth / 2),
        (thickness / 2, thickness - depth / 2),
        (thickness / 2, depth / 2 - thickness),
        (width / 2, depth / 2 - thickness),
    ]
    outline += [
        (width / 2, depth / 2),
        (-width / 2, depth / 2),
        (-width / 2, depth / 2 - thickness),
        (-thickness / 2, depth / 2 - thickness),
        (-thickness / 2, thickness - depth / 2),
        (-width / 2, thickness - depth / 2),
    ]
    parts = [
        part("section", plate_of(outline, height), paint),
        box_part("plate", (-0.22, -0.22, 0), (0.22, 0.22, 0.03), paint),
    ]
    if guarded:
        yellow, black = painted(rng, "yellow", wear=0.3), painted(rng, "black")
        for k in range(4):
            low, high = (
                (-width / 2 - 0.03, -depth / 2 - 0.03, 0.03 + 0.28 * k),
                (width / 2 + 0.03, depth / 2 + 0.03, 0.31 + 0.28 * k),
            )
            parts.append(box_part(f"guard {k + 1}", low, high, black if k % 2 else yellow, bevel=0.01))
    return ObjectSpec(category="column", parts=tuple(parts), color=color_name_of(paint.color), material="metal")


def duct(rng: np.random.Generator, length: float) -> ObjectSpec:
    """A spiral duct along x with collars and outlets, hung under the roof."""
    radius = draw.uniform(rng, 0.18, 0.4)
    zinc = galvanised(rng)
    parts = [
        part(
            "duct",
            Cylinder(radius=radius, height=length, segments=36),
            zinc,
            at=(-length / 2, 0, radius),
            rotation=(0, np.pi / 2, 0),
        )
    ]
    for k, x in enumerate(np.arange(-length / 2 + 1.0, length / 2 - 0.5, 2.5), 1):
        ring = [(radius - 0.005, 0.0), (radius + 0.02, 0.0), (radius + 0.02, 0.06), (radius - 0.005, 0.06)]
        parts.append(
            part(
                f"collar {k}",
                lathe(ring, segments=36, closed=True),
                zinc,
                at=(float(x), 0, radius),
                rotation=(0, np.pi / 2, 0),
            )
        )
    return ObjectSpec(category="air duct", parts=tuple(parts), material="metal")


def outside_ground(rng: np.random.Generator) -> ObjectSpec:
    """Paved ground outside, 200 m across."""
    gray = draw.uniform(rng, 0.3, 0.55)
    material = finish(rng, "concrete", "concrete", vary(rng, (gray, gray, 0.97 * gray)), scale=2.0, wear=0.7)
    if draw.chance(rng, 0.35):
        material = finish(rng, "paving", "paving", vary(rng, (gray, 0.96 * gray, 0.9 * gray)), scale=0.6, wear=0.6)
    sheet = part("ground", HeightField(size=(200.0, 200.0), resolution=2), material)
    return ObjectSpec(category="ground", parts=(sheet,), color=color_name_of(material.color), material=material.name)


def marking(rng: np.random.Generator, material: Material, length: float, width: float) -> ObjectSpec:
    """A painted line on the floor, `length` by `width` metres."""
    return ObjectSpec(
        category="floor marking",
        parts=(part("paint", Box(size=(length, width, 0.0012)), material),),
        color=color_name_of(material.color),
        material="paint",
    )


def dock_leveller(rng: np.random.Generator) -> ObjectSpec:
    """A steel plate in the floor before a dock door, with yellow edges and rubber buffers; the door is toward +y."""
    steel, yellow = painted(rng, "gray", wear=0.4), painted(rng, "yellow", wear=0.4)
    width, depth = 2.0, draw.uniform(rng, 2.0, 2.6)
    parts = [box_part("plate", (-width / 2, -depth / 2, 0), (width / 2, depth / 2, 0.012), steel)]
    for k, side in enumerate((-1, 1), 1):
        parts.append(
            box_part(
                f"edge {k}",
                (side * (width / 2 + 0.04) - 0.04, -depth / 2, 0),
                (side * (width / 2 + 0.04) + 0.04, depth / 2, 0.016),
                yellow,
            )
        )
        parts.append(
            box_part(
                f"buffer {k}",
                (side * 1.2 - 0.12, depth / 2 - 0.1, 0),
                (side * 1.2 + 0.12, depth / 2, 0.5),
                tyre_rubber(rng),
                bevel=0.01,
            )
        )
    lip = [(-width / 2, depth / 2 - 0.002, 0.0), (width / 2, depth / 2 + 0.3, 0.01)]
    parts.append(box_part("lip", lip[0], lip[1], steel))
    return ObjectSpec(category="dock leveller", parts=tuple(parts), color="gray", material="metal")
