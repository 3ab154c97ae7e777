"""What a pallet carries as one load, without the pallet: cartons, a block under stretch film, sacks."""

import itertools

import numpy as np

from scenes import draw
from scenes.base import Rgb, Vec2
from scenes.craft.build import part, plate_of
from scenes.craft.curve import points2
from scenes.craft.finishes import finish, vary
from scenes.craft.outline import rounded_rectangle
from scenes.craft.paint import board
from scenes.craft.soft import block
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Loft, Section

__all__ = ["CATEGORY", "PLACE", "load", "make"]

CATEGORY = "pallet load"
PLACE = "floor"
#: What shows through film of each colour; under white and black it keeps the film's colour name true.
GOODS: tuple[Rgb, ...] = ((0.82, 0.8, 0.76), (0.06, 0.06, 0.06), (0.6, 0.45, 0.3), (0.58, 0.44, 0.3))


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a pallet load in the style of its scene."""
    return load(rng, style, draw.uniform(rng, 0.95, 1.18), draw.uniform(rng, 0.74, 0.98), 1.5)


def load(rng: np.random.Generator, style: Style, length: float, depth: float, most: float) -> ObjectSpec:
    """A load on `length` by `depth` metres, at most `most` high."""
    kind = draw.choice(rng, ["cartons", "wrapped", "sacks"], p=[0.5, 0.34, 0.16])
    height = draw.uniform(rng, 0.45, 1.0) * most
    if kind == "wrapped":
        return _wrapped(rng, length, depth, max(height, 0.5))
    return (
        _cartons(rng, length, depth, max(height, 0.4))
        if kind == "cartons"
        else _sacks(rng, length, depth, min(height, 0.9))
    )


def _cartons(rng: np.random.Generator, length: float, depth: float, height: float) -> ObjectSpec:
    """Layers of cartons, each layer one block notched where cartons meet; straps or a few bands of film."""
    material = board(rng)
    layers = max(2, round(height / draw.uniform(rng, 0.2, 0.42)))
    carton_height = height / layers
    across, along = draw.integer(rng, 2, 5), draw.integer(rng, 2, 4)
    parts = []
    for k in range(layers):
        columns, rows = (across, along) if k % 2 == 0 or draw.chance(rng, 0.4) else (along, across)
        slip = rng.normal(0, 0.004, 2)
        outline = _notched(length, depth, columns, rows)
        at = (float(slip[0]), float(slip[1]), k * carton_height)
        parts.append(part(f"layer {k + 1}", plate_of(outline, carton_height - 0.0005), material, at=at, bevel=0.004))
    parts += _tapes(rng, length, depth, carton_height, layers, across)
    if draw.chance(rng, 0.5):
        parts += _straps(rng, length, depth, height)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="cardboard")


def _notched(length: float, depth: float, columns: int, rows: int) -> np.ndarray:
    """A rectangle with narrow slots where cartons meet at its edges."""
    ring: list[Vec2] = []
    heading = [(1, 0), (0, 1), (-1, 0), (0, -1)]
    corner = np.array([-length / 2, -depth / 2])
    for side, (dx, dy) in enumerate(heading):
        size, count = (length, columns) if side % 2 == 0 else (depth, rows)
        along, inward = np.array([dx, dy]), np.array([-dy, dx])
        ring.append((float(corner[0]), float(corner[1])))
        for k in range(1, count):
            middle = corner + along * size * k / count
            for step, inset in ((-0.004, 0.0), (-0.003, 0.03), (0.003, 0.03), (0.004, 0.0)):
                position = middle + along * step + inward * inset
                ring.append((float(position[0]), float(position[1])))
        corner = corner + along * size
    return np.round(np.array(ring), 3)


def _tapes(
    rng: np.random.Generator, length: float, depth: float, carton_height: float, layers: int, columns: int
) -> list[Part]:
    """Printed labels on some cartons of the long sides."""
    paper = finish(rng, "print", "paper", (0.93, 0.93, 0.91), accent=(0.1, 0.1, 0.1), scale=0.1)
    width = 0.3 * length / columns
    positions = list(itertools.product(range(layers), range(columns)))
    chosen = rng.permutation(len(positions))[: min(4, len(positions))]
    parts = []
    for number, index in enumerate(chosen, 1):
        layer, column = positions[int(index)]
        side = -1 if number % 2 else 1
        x, z = -length / 2 + (column + 0.6) * length / columns, (layer + 0.35) * carton_height
        y = side * depth / 2
        low = (x - width / 2, y - 0.014, z)
        parts.append(
            box_part(
                f"label {number}",
                low,
                (low[0] + width, y + 0.014, z + min(0.35 * carton_height, width)),
                paper,
                bevel=0,
            )
        )
    return parts


def _straps(rng: np.random.Generator, length: float, depth: float, height: float) -> list[Part]:
    """Plastic straps right round, two across and at times one along."""
    color: Rgb = ((0.06, 0.06, 0.06), (0.85, 0.72, 0.1), (0.1, 0.3, 0.55))[draw.integer(rng, 3)]
    tape = finish(rng, "plastic", "strap", color, roughness=0.35)
    x = 0.28 * length
    edge = 0.012
    return [
        box_part(
            f"strap {k}",
            (side * x - 0.008, -depth / 2 - edge, 0.0),
            (side * x + 0.008, depth / 2 + edge, height + 0.003),
            tape,
            bevel=0.001,
        )
        for k, side in enumerate((-1, 1), 1)
    ]


def _wrapped(rng: np.random.Generator, length: float, depth: float, height: float) -> ObjectSpec:
    """A block under stretch film: bands that pull in here and there, corners drawn round, a lid of board at times."""
    film, color_name = _film(rng)
    levels = np.linspace(0, height, int(max(8, round(height / 0.09))))
    wave = rng.uniform(0, 2 * np.pi, 3)
    sections = []
    for z in levels:
        end = min(z, height - z) < 1e-9
        shrink = 0.005 * np.sin(19 * z + wave[0]) + 0.004 * np.sin(47 * z + wave[1]) + (0.02 if end else 0.01)
        ring = rounded_rectangle(length - 2 * shrink, depth - 2 * shrink, 0.025, steps=4)
        bulge = 0.004 * np.sin(7 * np.arctan2(ring[:, 1], ring[:, 0]) + 5 * z + wave[2])
        sections.append(Section(z=float(z), outline=points2(np.round(ring * (1 + bulge[:, None]), 3))))
    parts = [part("film", Loft(sections=tuple(sections)), film)]
    if draw.chance(rng, 0.4):
        parts.append(
            box_part(
                "lid",
                (-0.49 * length, -0.49 * depth, height - 0.002),
                (0.49 * length, 0.49 * depth, height + 0.02),
                board(rng),
            )
        )
    paper = finish(rng, "print", "paper", (0.94, 0.94, 0.92), accent=(0.1, 0.1, 0.1), scale=0.15)
    x, base = draw.uniform(rng, -0.25, 0.25) * length, 0.45 * height
    low, high = (x - 0.075, -depth / 2 - 0.004, base), (x + 0.075, -depth / 2 + 0.06, base + 0.2)
    parts.append(box_part("label", low, high, paper, bevel=0))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="plastic")


def _film(rng: np.random.Generator) -> tuple[Material, str]:
    choice = draw.choice(rng, [0, 1, 2, 3], p=[0.45, 0.2, 0.2, 0.15])
    color: Rgb = ((0.83, 0.85, 0.85), (0.07, 0.07, 0.075), (0.62, 0.52, 0.4), (0.5, 0.6, 0.66))[choice]
    film = finish(
        rng, "stretch_film", "film", vary(rng, color, 0.05), accent=GOODS[choice], scale=0.4, roughness=0.25, wear=0.2
    )
    return film, ("white", "black", "", "")[choice]


def _sacks(rng: np.random.Generator, length: float, depth: float, height: float) -> ObjectSpec:
    """Layers of sacks, five to a layer, turned about from layer to layer."""
    color: Rgb = ((0.8, 0.76, 0.68), (0.86, 0.86, 0.84), (0.6, 0.5, 0.36))[draw.integer(rng, 3)]
    cloth = finish(rng, "paper", "paper", vary(rng, color, 0.06), roughness=0.8, wear=0.3)
    thickness = 0.125
    layers = max(2, int(height / thickness))
    parts = []
    for k in range(layers):
        flip = -1.0 if k % 2 else 1.0
        three = [(-0.25, y, 1 / 3) for y in (-1 / 3, 0.0, 1 / 3)]
        two = [(0.25, y, 0.5) for y in (-0.25, 0.25)]
        for number, (x, y, share) in enumerate(three + two, 1):  # middle and depth as shares of the layer's
            size = (0.5 * length - 0.004, share * depth - 0.004, thickness)
            at = (
                flip * x * length + draw.normal(rng, 0, 0.006),
                y * depth + draw.normal(rng, 0, 0.005),
                k * thickness * 0.93,
            )
            parts.append(block(f"sack {k + 1}-{number}", size, cloth, at=at, edge=0.05))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="paper")
