"""Pallet racks and stockroom shelves, made to measure along x, fronts toward -y; where their levels are."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.craft.paint import galvanised, painted, rough_timber
from scenes.craft.steel import bar
from scenes.furnish.casework import box_part
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole

__all__ = ["Rack", "pallet_rack", "shelving"]


@dataclass(frozen=True)
class Rack:
    """A rack with its levels: `levels` are the heights things stand on, `bays` the (left, right) clear spans in x."""

    model: ObjectSpec
    bays: tuple[tuple[float, float], ...]
    levels: tuple[float, ...]
    depth: float
    height: float


POST = 0.09


def pallet_rack(rng: np.random.Generator, bays: int, levels: tuple[float, ...], depth: float, bay: float) -> Rack:
    """`bays` of `bay` metres between ladder frames; beams under each of `levels`, decks of wire, boards or none."""
    frame_color_name = draw.choice(rng, ["blue", "green", "gray", "blue"])
    frame = galvanised(rng) if frame_color_name == "gray" else painted(rng, frame_color_name)
    beam_color_name = draw.choice(rng, ["orange", "orange", "yellow", "red"])
    beam = painted(rng, beam_color_name)
    height = levels[-1] + draw.uniform(rng, 0.3, 1.1)
    pitch = bay + POST
    edges = [(-bays / 2 + k) * pitch for k in range(bays + 1)]
    parts: list[Part] = []
    for k, x in enumerate(edges, 1):
        parts += _frame(f"frame {k}", x, depth, height, frame)
    span = (edges[0] + POST / 2 - 0.002, edges[-1] - POST / 2 + 0.002)
    deck = draw.choice(rng, ["wire", "boards", "none"], p=[0.45, 0.3, 0.25])
    material = rough_timber(rng) if deck == "boards" else galvanised(rng)
    for number, z in enumerate(levels, 1):
        top = z - (0.022 if deck != "none" else 0.0)
        for name, y in (("front", -depth / 2 + 0.012), ("rear", depth / 2 - 0.012)):
            low, high = (span[0], y - 0.024, top - 0.12), (span[1], y + 0.024, top)
            parts.append(box_part(f"{name} beam {number}", low, high, beam, bevel=0))
        if deck == "boards":
            parts.append(
                box_part(
                    f"deck {number}",
                    (span[0], 0.01 - depth / 2, top - 0.001),
                    (span[1], depth / 2 - 0.01, z),
                    material,
                    bevel=0,
                )
            )
        elif deck == "wire":
            parts += _wires(number, span, depth, z - 0.011, material)
    clear = tuple((edge + POST / 2 + 0.03, edge + pitch - POST / 2 - 0.03) for edge in edges[:-1])
    model = ObjectSpec(
        category="pallet rack",
        parts=tuple(parts),
        color="" if frame_color_name == "gray" else frame_color_name,
        material="metal",
    )
    return Rack(model, clear, (0.0, *levels), depth, height)


def _frame(name: str, x: float, depth: float, height: float, material: Material) -> list[Part]:
    """Two posts on foot plates and a zigzag of bracing between them."""
    y = depth / 2 - 0.05
    parts = []
    for side, at in (("front", -y), ("rear", y)):
        parts.append(
            box_part(
                f"{name} {side} post",
                (x - POST / 2, at - 0.035, 0.004),
                (x + POST / 2, at + 0.035, height),
                material,
                bevel=0,
            )
        )
        parts.append(
            box_part(f"{name} {side} foot", (x - 0.07, at - 0.06, 0.0), (x + 0.07, at + 0.06, 0.01), material, bevel=0)
        )
    steps = max(4, round(height / 0.75))
    path: list[Vec3] = [(x, (-y if k % 2 else y), 0.25 + (height - 0.4) * k / steps) for k in range(steps + 1)]
    parts.append(bar(f"{name} brace", path, 0.022, material, segments=4))
    return parts


def _wires(number: int, span: tuple[float, float], depth: float, z: float, material: Material) -> list[Part]:
    """A mesh deck as two wires that wind to and fro, one across the other."""
    left, right = span[0] + 0.03, span[1] - 0.03
    half = depth / 2 - 0.03
    count = int((right - left) / 0.2)
    across: list[Vec3] = []
    for k, x in enumerate(np.linspace(left, right, count)):
        ends = (-half, half) if k % 2 else (half, -half)
        across += [(round(float(x), 3), end, z) for end in ends]
    along: list[Vec3] = []
    for k, y in enumerate(np.linspace(-half, half, 6)):
        ends = (left, right) if k % 2 else (right, left)
        along += [(end, round(float(y), 3), z + 0.004) for end in ends]
    return [
        bar(f"deck {number} wires across", across, 0.006, material, segments=4),
        bar(f"deck {number} wires along", along, 0.006, material, segments=4),
    ]


def shelving(rng: np.random.Generator, length: float, depth: float, height: float, count: int) -> Rack:
    """Boltless steel shelves: slim angle posts and `count` levels of sheet or chipboard."""
    color_name = draw.choice(rng, ["gray", "blue", "white", "black"])
    frame = galvanised(rng) if color_name == "gray" else painted(rng, color_name)
    top = rough_timber(rng, fresh=0.8) if draw.chance(rng, 0.5) else frame
    bays = max(1, round(length / 1.2))
    edges = [(-0.5 + k / bays) * length for k in range(bays + 1)]
    levels = tuple(float(z) for z in np.linspace(0.12, height - 0.06, count))
    parts: list[Part] = []
    for k, x in enumerate(edges, 1):
        inner = float(np.clip(x, 0.02 - length / 2, length / 2 - 0.02))
        for side, y in (("front", 0.02 - depth / 2), ("rear", depth / 2 - 0.02)):
            parts.append(
                box_part(
                    f"{side} post {k}", (inner - 0.02, y - 0.02, 0), (inner + 0.02, y + 0.02, height), frame, bevel=0
                )
            )
    for number, z in enumerate(levels, 1):
        parts.append(
            box_part(
                PartRole.SHELF.numbered(number),
                (0.004 - length / 2, 0.004 - depth / 2, z - 0.018),
                (length / 2 - 0.004, depth / 2 - 0.004, z),
                top,
                bevel=0.001,
            )
        )
        parts.append(
            box_part(
                f"lip {number}",
                (0.002 - length / 2, -depth / 2 - 0.002, z - 0.045),
                (length / 2 - 0.002, 0.01 - depth / 2, z - 0.004),
                frame,
                bevel=0.001,
            )
        )
    if draw.chance(rng, 0.6):
        path: list[Vec3] = [
            (0.05 - length / 2, depth / 2 - 0.005, 0.1),
            (length / 2 - 0.05, depth / 2 - 0.005, height - 0.1),
        ]
        parts.append(bar("cross brace", path, 0.008, frame, segments=4))
    clear = tuple((left + 0.045, right - 0.045) for left, right in pairwise(edges))
    model = ObjectSpec(
        category="storage shelving",
        parts=tuple(parts),
        color="" if color_name == "gray" else color_name,
        material="metal",
    )
    return Rack(model, clear, levels, depth, height)
