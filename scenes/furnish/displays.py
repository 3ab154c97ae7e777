"""What shops show their goods on, made to measure along x, fronts toward -y, backs in the plane y = 0."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.catalog import finished
from scenes.colors import color_name_of, sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary, wood
from scenes.craft.paint import painted, rough_timber
from scenes.craft.steel import across
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Array, Box

__all__ = ["Bed", "Display", "ShelfLevel", "ShopFinish", "gondola", "produce_crate", "sample_finish", "tiered_stand"]


@dataclass(frozen=True)
class ShelfLevel:
    """A surface of a display in its axes, metres: things stand on it between its edges, up to `clear` high.

    front, back: along y; slope: how much it rises toward the back, metres a metre.
    """

    z: float
    left: float
    right: float
    front: float
    back: float
    clear: float
    slope: float = 0.0


@dataclass(frozen=True)
class Display:
    """A piece of shop furniture with the surfaces that goods stand on."""

    model: ObjectSpec
    levels: tuple[ShelfLevel, ...]


@dataclass(frozen=True)
class ShopFinish:
    """The materials of one shop's furniture."""

    frame: Material
    panel: Material
    rail: Material
    tag: Material
    color_name: str  # the colour name of its shelves, "" for wood


def sample_finish(rng: np.random.Generator, style: Style, *, timber: float) -> ShopFinish:
    """White, gray or black steel with rails of one colour; with the chance `timber` it is wood."""
    tag = finish(rng, "paper", "paper", (0.96, 0.95, 0.9), roughness=0.6)
    if draw.chance(rng, timber):
        board = wood(rng, style.wood, scale=0.25, wear=style.wear)
        return ShopFinish(board, board, board, tag, "")
    color_name = draw.choice(rng, ["white", "white", "gray", "beige", "black"])
    frame = painted(rng, color_name, roughness=0.5)
    rail = painted(rng, draw.choice(rng, ["white", "gray", "red", "blue", "green", "yellow"]))
    panel = frame if color_name != "black" else painted(rng, "gray")
    return ShopFinish(frame, panel, rail, tag, color_name)


def gondola(rng: np.random.Generator, look: ShopFinish, length: float, height: float, count: int) -> Display:
    """One side of a gondola, or a run of wall shelves: `count` levels before a back panel, rails with price tags."""
    depth = draw.uniform(rng, 0.42, 0.5)
    half, base = length / 2, 0.14
    upper = 0.88 * depth
    parts = [
        box_part("back panel", (-half, -0.03, 0.0), (half, -0.0005, height), look.panel, bevel=0),
        box_part("plinth", (-half, 0.04 - depth, 0.0), (half, -0.03, base - 0.03), look.frame, bevel=0),
    ]
    bays = max(1, round(length / 1.25))
    posts = Array(
        shape=Box(size=(0.03, 0.03, height - base)), counts=(bays + 1, 1, 1), step=((length - 0.03) / bays, 0, 0)
    )
    parts.append(part("posts", posts, look.frame, at=(0.015 - half, -0.044, base)))
    pitch = (height - base - 0.3) / max(count - 1, 1)
    levels = []
    for k in range(count):
        z, shelf_depth = base + pitch * k, depth if k == 0 else upper
        parts.append(
            box_part(
                PartRole.SHELF.numbered(k + 1),
                (-half, -shelf_depth, z - 0.03),
                (half, -0.03, z),
                look.frame,
                bevel=0.002,
            )
        )
        parts += _rail(rng, f"{k + 1}", look, half, -shelf_depth, z)
        clear = (pitch if k + 1 < count else 0.42) - 0.05
        levels.append(ShelfLevel(z, 0.02 - half, half - 0.02, 0.012 - shelf_depth, -0.06, clear))
    model = ObjectSpec(
        category="shop shelf", parts=tuple(parts), color=look.color_name, material="" if look.color_name else "wood"
    )
    return Display(finished(model, center=False), tuple(levels))


def _rail(rng: np.random.Generator, name: str, look: ShopFinish, half: float, y: float, z: float) -> list[Part]:
    """The strip before a shelf's edge and the price tags in it."""
    rail = box_part(f"rail {name}", (-half, y - 0.006, z - 0.045), (half, y + 0.0005, z + 0.002), look.rail, bevel=0)
    count = max(2, int(half * 2 / draw.uniform(rng, 0.17, 0.3)))
    step = (2 * half - 0.12) / count
    tags = Array(shape=Box(size=(0.062, 0.001, 0.034)), counts=(count, 1, 1), step=(step, 0, 0))
    return [rail, part(f"tags {name}", tags, look.tag, at=(0.09 - half, y - 0.0063, z - 0.039))]


def tiered_stand(rng: np.random.Generator, look: ShopFinish, length: float, tiers: int) -> Display:
    """Sloping boards one behind and over the other, for crates: `tiers` of them, each 0.42 m from front to back."""
    tilt, depth, half = draw.uniform(rng, 0.2, 0.32), 0.42, length / 2
    run, rise = depth * np.cos(tilt), depth * np.sin(tilt)
    low = draw.uniform(rng, 0.42, 0.55)
    total = tiers * run + 0.06
    parts, levels = [], []
    for k in range(tiers):
        front, z = -total + k * run, low + k * (rise + 0.1)
        board = Box(size=(length, depth, 0.022))
        middle = (front + run / 2 + 0.011 * np.sin(tilt), z + rise / 2 - 0.022 * np.cos(tilt))
        parts.append(
            part(PartRole.BOARD.numbered(k + 1), board, look.frame, at=(0.0, *_rounded(middle)), rotation=(tilt, 0, 0))
        )
        parts.append(
            box_part(f"front {k + 1}", (-half, front - 0.012, z - 0.1), (half, front + 0.01, z + 0.03), look.panel)
        )
        levels.append(
            ShelfLevel(float(z), -half, half, float(front) + 0.012, float(front + run), 0.6, float(np.tan(tilt)))
        )
    top = low + (tiers - 1) * (rise + 0.1) + rise
    for k, side in enumerate((-1, 1), 1):
        outline = [(-total - 0.012, 0.0), (-0.0005, 0.0), (-0.0005, top), (-total - 0.012, low)]
        x = side * (half + 0.01)
        parts.append(across(f"side {k}", outline, 0.02, look.panel, x=x))
    parts.append(box_part("front", (-half, -total, 0.0), (half, -total + 0.02, low - 0.08), look.panel))
    parts.append(box_part("back", (-half, -0.03, 0.0), (half, -0.001, top), look.panel))
    model = ObjectSpec(
        category="display stand", parts=tuple(parts), color=look.color_name, material="" if look.color_name else "wood"
    )
    return Display(finished(model, center=False), tuple(levels))


def _rounded(pair: tuple[float, float]) -> tuple[float, float]:
    return round(float(pair[0]), 5), round(float(pair[1]), 5)


@dataclass(frozen=True)
class Bed:
    """An open crate or basket and the bed inside it that produce lies on.

    It leans back by `tilt` radians about its lower front edge, which is the x axis of its model.
    """

    model: ObjectSpec
    width: float
    depth: float
    height: float  # of the bed over its floor
    tilt: float
    front: float = 0.01  # of the bed behind the front edge

    def at(self, u: float, v: float, up: float) -> Vec3:
        """A point `u` from the middle, `v` behind the front and `up` over the crate's floor, in its model's axes."""
        cosine, sine = float(np.cos(self.tilt)), float(np.sin(self.tilt))
        return u, v * cosine - up * sine, v * sine + up * cosine


def produce_crate(rng: np.random.Generator, tilt: float, fill: float, *, depth: float = 0.4) -> Bed:
    """A flat open crate, 0.6 m across: slats of wood between corner posts, or plastic; paper at `fill` metres."""
    width, height, thickness = 0.58, max(fill + 0.035, 0.12), 0.009
    plastic = draw.chance(rng, 0.3)
    color_name = draw.choice(rng, ["green", "black", "blue"]) if plastic else ""
    slat = (
        finish(rng, "plastic", "plastic", sample_color(rng, color_name), roughness=0.5)
        if plastic
        else rough_timber(rng, fresh=draw.uniform(rng, 0.5, 1.0))
    )
    liner_color = vary(
        rng, ((0.3, 0.42, 0.25), (0.55, 0.4, 0.26), (0.86, 0.85, 0.8), (0.3, 0.2, 0.4))[draw.integer(rng, 4)], 0.05
    )
    liner = finish(rng, "paper", "paper", liner_color, roughness=0.8)
    half = width / 2
    rotation = (tilt, 0.0, 0.0)
    crate = Bed(
        ObjectSpec(category="crate", parts=(part("slat", Box(size=(1, 1, 1)), slat),)),
        width - 2 * thickness,
        depth - 2 * thickness,
        fill,
        tilt,
    )

    def board(name: str, low: Vec3, high: Vec3, material: Material, counts: int = 1, step: float = 0.0) -> Part:
        size = (high[0] - low[0], high[1] - low[1], high[2] - low[2])
        shape = Array(shape=Box(size=size), counts=(1, 1, counts), step=(0, 0, step)) if counts > 1 else Box(size=size)
        at = crate.at((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2])
        return part(name, shape, material, at=at, rotation=rotation)

    rows = 2 if height < 0.16 else 3
    step = height / rows
    slat_height = step - 0.012
    parts = [board("floor", (-half + 0.001, 0.001, 0.0), (half - 0.001, depth - 0.001, 0.008), slat)]
    for name, y in (("front", 0.0), ("back", depth - thickness)):
        parts.append(
            board(f"{name} slats", (-half, y, 0.004), (half, y + thickness, 0.004 + slat_height), slat, rows, step)
        )
    for name, x in (("left", -half), ("right", half - thickness)):
        parts.append(
            board(
                f"{name} slats",
                (x, thickness, 0.004),
                (x + thickness, depth - thickness, 0.004 + slat_height),
                slat,
                rows,
                step,
            )
        )
    for k, (x, y) in enumerate(
        (
            (-half + thickness, thickness),
            (half - thickness - 0.02, thickness),
            (-half + thickness, depth - thickness - 0.02),
            (half - thickness - 0.02, depth - thickness - 0.02),
        ),
        1,
    ):
        parts.append(board(f"post {k}", (x, y, 0.004), (x + 0.02, y + 0.02, height + 0.012), slat))
    parts.append(
        board(
            "liner",
            (thickness - half + 0.0005, thickness + 0.0005, 0.006),
            (half - thickness - 0.0005, depth - thickness - 0.0005, fill),
            liner,
        )
    )
    color = color_name or color_name_of(slat.color)
    model = ObjectSpec(category="crate", parts=tuple(parts), color=color, material="plastic" if plastic else "wood")
    return Bed(finished(model, center=False), crate.width, crate.depth, fill, tilt)
