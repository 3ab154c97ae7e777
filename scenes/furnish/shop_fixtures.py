"""Fridges, freezers, counters, checkouts and market stalls, made to measure along x, fronts toward -y.

Doors and lids have no panes, like windows: a pane would hide the depth of what stands behind it.
"""

from itertools import pairwise

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.colors import sample_color
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, metal
from scenes.craft.paint import painted, tyre_rubber
from scenes.craft.steel import across
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.furnish.displays import Display, ShelfLevel, ShopFinish
from scenes.furnish.goods import SIGNS
from scenes.material import GLOW, Material
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Array, Box, Cylinder, Group, Lettering, Placed

__all__ = ["checkout", "chest_freezer", "display_fridge", "market_stall", "shop_counter"]


def display_fridge(rng: np.random.Generator, length: float, *, doors: bool) -> Display:
    """A wall of cold shelves with its back at y = 0: open to the front, or behind framed doors; lit from above."""
    color_name = draw.choice(rng, ["white", "black", "gray", "white"])
    body, inner = painted(rng, color_name), painted(rng, "white", roughness=0.3)
    steel, dark = metal(rng, "steel", polished=False), painted(rng, "black")
    light = finish(rng, "emission", "bulb", (0.95, 0.98, 1.0), strength=14.0)
    half, depth, height = length / 2, draw.uniform(rng, 0.72, 0.85), draw.uniform(rng, 1.95, 2.1)
    base, top = draw.uniform(rng, 0.22, 0.34), height - 0.2
    parts = [
        box_part("back", (-half, -0.07, 0.0), (half, -0.0005, height), inner, bevel=0),
        box_part("base", (-half, -depth, 0.0), (half, -0.07, base), body, bevel=0.004),
        box_part("kick plate", (-half + 0.02, -depth - 0.004, 0.0), (half - 0.02, -depth + 0.01, 0.09), dark, bevel=0),
        box_part("canopy", (-half, 0.12 - depth, top), (half, -0.07, height), body, bevel=0.004),
        box_part(
            PartRole.BULB,
            (-half + 0.06, 0.17 - depth, top - 0.018),
            (half - 0.06, 0.23 - depth, top + 0.002),
            light,
            bevel=0,
        ),
        box_part("bumper", (-half, -depth - 0.008, base - 0.05), (half, -depth + 0.01, base + 0.02), steel),
    ]
    for k, side in enumerate((-1, 1), 1):
        outline = [
            (-0.0005, 0.0),
            (-depth, 0.0),
            (-depth, base + 0.02),
            (0.12 - depth, base + 0.2),
            (0.12 - depth, height),
            (-0.0005, height),
        ]
        parts.append(across(f"side {k}", outline, 0.035, body, x=side * (half - 0.0175)))
    count = 4
    pitch = (top - base - 0.03) / count
    levels = []
    for k in range(count):
        z, front = base + 0.03 + pitch * k, (0.06 if k == 0 else 0.2) - depth
        if k:
            parts.append(
                box_part(
                    PartRole.SHELF.numbered(k),
                    (-half + 0.034, front, z - 0.02),
                    (half - 0.034, -0.07, z),
                    inner,
                    bevel=0,
                )
            )
        else:
            parts.append(
                box_part("deck", (-half + 0.034, front - 0.03, base - 0.01), (half - 0.034, -0.07, z), inner, bevel=0)
            )
        parts.append(
            box_part(
                f"rail {k}",
                (-half + 0.034, front - 0.005, z - 0.03),
                (half - 0.034, front + 0.0005, z + 0.012),
                steel,
                bevel=0,
            )
        )
        levels.append(ShelfLevel(z, -half + 0.05, half - 0.05, front + 0.01, -0.08, pitch - 0.05))
    if doors:
        parts += _doors(rng, length - 0.07, 0.12 - depth, base + 0.02, top)
    sign = finish(rng, "matte_plastic", "letters", sample_color(rng, "white" if color_name != "white" else "blue"))
    parts.append(
        part(
            "letters",
            Lettering(text=draw.choice(rng, SIGNS["cold"]), height=0.1),
            sign,
            at=(0, 0.1195 - depth, top + 0.05),
        )
    )
    model = ObjectSpec(category="display fridge", parts=tuple(parts), color=color_name, material="metal")
    return Display(finished(model, center=False), tuple(levels))


def _doors(rng: np.random.Generator, length: float, y: float, low: float, high: float) -> list[Part]:
    """Door frames side by side, a long handle each."""
    count = max(1, round(length / 0.72))
    step, dark = length / count, painted(rng, "black")
    width, height, bar = step - 0.008, high - low, 0.035
    frame = Group(
        members=tuple(
            Placed(shape=Box(size=size), at=at)
            for size, at in (
                ((bar, 0.03, height), (bar / 2 - width / 2, 0, 0)),
                ((bar, 0.03, height), (width / 2 - bar / 2, 0, 0)),
                ((width - 2 * bar, 0.03, bar), (0, 0, 0)),
                ((width - 2 * bar, 0.03, bar), (0, 0, height - bar)),
            )
        )
    )
    grips = Array(shape=Box(size=(0.022, 0.05, 0.5)), counts=(count, 1, 1), step=(step, 0, 0))
    first = -length / 2 + step / 2
    return [
        part("doors", Array(shape=frame, counts=(count, 1, 1), step=(step, 0, 0)), dark, at=(first, y - 0.014, low)),
        part(
            "handles",
            grips,
            metal(rng, "steel", polished=False),
            at=(first + width / 2 - 0.018, y - 0.05, low + 0.4 * height),
        ),
    ]


def chest_freezer(rng: np.random.Generator, length: float) -> Display:
    """An open chest to look down into, centred on y = 0, a steel rim round it."""
    color_name = draw.choice(rng, ["white", "white", "gray", "blue"])
    body, inner, rim = (
        painted(rng, color_name),
        painted(rng, "white", roughness=0.3),
        metal(rng, "steel", polished=False),
    )
    width, height, wall = draw.uniform(rng, 0.85, 1.0), draw.uniform(rng, 0.82, 0.92), 0.07
    x, y, floor = length / 2, width / 2, draw.uniform(rng, 0.45, 0.55)
    parts = [
        box_part("floor", (-x + wall, -y + wall, 0.06), (x - wall, y - wall, floor), inner, bevel=0),
        box_part("foot", (-x + 0.05, -y + 0.05, 0.0), (x - 0.05, y - 0.05, 0.08), painted(rng, "black"), bevel=0),
    ]
    for k, side in enumerate((-1, 1), 1):
        parts.append(
            box_part(
                f"long wall {k}",
                (-x, min(side * y, side * (y - wall)), 0.05),
                (x, max(side * y, side * (y - wall)), height),
                body,
                bevel=0.006,
            )
        )
        parts.append(
            box_part(
                f"long rim {k}",
                (-x, min(side * (y + 0.012), side * (y - wall)), height - 0.002),
                (x, max(side * (y + 0.012), side * (y - wall)), height + 0.03),
                rim,
                bevel=0.008,
            )
        )
        low, high = min(side * x, side * (x - wall)), max(side * x, side * (x - wall))
        parts.append(box_part(f"end wall {k}", (low, -y + wall, 0.05), (high, y - wall, height), body, bevel=0))
        parts.append(
            box_part(f"end rim {k}", (low, -y + wall, height - 0.002), (high, y - wall, height + 0.028), rim, bevel=0)
        )
    count = max(1, round(length / 0.9))
    for k in range(1, count):
        at = -x + length * k / count
        parts.append(
            box_part(
                f"divider {k}",
                (at - 0.006, -y + wall, floor - 0.001),
                (at + 0.006, y - wall, height - 0.1),
                rim,
                bevel=0,
            )
        )
    edges = [-x + wall, *(-x + length * k / count for k in range(1, count)), x - wall]
    levels = tuple(
        ShelfLevel(floor, a + 0.02, b - 0.02, -y + wall + 0.015, y - wall - 0.015, height - floor)
        for a, b in pairwise(edges)
    )
    model = ObjectSpec(category="chest freezer", parts=tuple(parts), color=color_name, material="metal")
    return Display(finished(model, center=False), levels)


def checkout(rng: np.random.Generator, look: ShopFinish, length: float) -> Display:
    """A counter with a belt, customers at -y, the cashier at +y. Levels: belt, place of the till, bagging area."""
    front = painted(rng, draw.choice(rng, ["gray", "red", "blue", "green", "white"]))
    steel, rubber, dark = metal(rng, "steel", polished=False), tyre_rubber(rng), painted(rng, "black")
    half, y, top = length / 2, 0.34, draw.uniform(rng, 0.82, 0.9)
    belt = (-half + 0.08, 0.1 * length)
    parts = [
        box_part("body", (-half, -y, 0.06), (half, 0.12, top - 0.05), front, bevel=0.004),
        box_part("foot", (-half + 0.03, -y + 0.03, 0.0), (half - 0.03, 0.09, 0.07), dark, bevel=0),
        box_part(
            PartRole.TOP, (-half - 0.01, -y - 0.012, top - 0.052), (half + 0.01, 0.14, top - 0.012), steel, bevel=0.006
        ),
        box_part("belt", (belt[0], -y + 0.06, top - 0.014), (belt[1], 0.1, top), rubber, bevel=0.004),
        box_part(
            "scanner", (belt[1] + 0.04, -y + 0.12, top - 0.014), (belt[1] + 0.34, 0.06, top - 0.004), dark, bevel=0.002
        ),
        box_part("till desk", (belt[1] - 0.1, 0.1, top - 0.18), (belt[1] + 0.5, y + 0.16, top - 0.14), steel),
        box_part("till support", (belt[1] - 0.06, 0.12, 0.0), (belt[1] + 0.46, y + 0.1, top - 0.178), front),
        box_part("kerb", (-half, -y - 0.008, top - 0.013), (half, -y + 0.02, top + 0.06), look.frame),
        box_part("scoop", (half - 0.02, -y + 0.02, top - 0.013), (half, 0.1, top + 0.1), steel),
        box_part(
            "terminal post", (belt[1] + 0.42, -y + 0.04, top - 0.013), (belt[1] + 0.46, -y + 0.08, top + 0.16), dark
        ),
        part(
            "terminal",
            Box(size=(0.08, 0.16, 0.03)),
            dark,
            at=(belt[1] + 0.44, -y + 0.05, top + 0.15),
            rotation=(0.6, 0, 0),
            bevel=0.004,
        ),
    ]
    pole = finish(rng, "painted_metal", "metal", (0.7, 0.7, 0.7), roughness=0.4)
    lamp = finish(rng, "emission", "bulb", sample_color(rng, "green"), strength=GLOW)
    parts.append(
        part("pole", Cylinder(radius=0.018, height=1.25, segments=16), pole, at=(belt[1] + 0.42, 0.09, top - 0.02))
    )
    parts.append(
        box_part(PartRole.BULB, (belt[1] + 0.3, 0.03, top + 1.2), (belt[1] + 0.54, 0.15, top + 1.44), lamp, bevel=0.006)
    )
    levels = (
        ShelfLevel(top, belt[0] + 0.05, belt[1] - 0.05, -y + 0.08, 0.08, 0.5),
        ShelfLevel(top - 0.14, belt[1] - 0.06, belt[1] + 0.46, 0.12, y + 0.14, 0.5),
        ShelfLevel(top - 0.012, belt[1] + 0.55, half - 0.06, -y + 0.06, 0.08, 0.4),
    )
    return Display(finished(ObjectSpec(category="checkout", parts=tuple(parts)), center=False), levels)


def shop_counter(rng: np.random.Generator, look: ShopFinish, length: float, *, showcase: bool) -> Display:
    """A counter to be served at, customers at -y; a showcase has two shelves open to the front and the top last."""
    height, depth, half = draw.uniform(rng, 0.98, 1.12) if showcase else draw.uniform(rng, 0.88, 0.96), 0.62, length / 2
    top = (
        finish(rng, "stone", "stone", (0.3, 0.29, 0.28), scale=0.05, roughness=0.2)
        if draw.chance(rng, 0.4)
        else look.frame
    )
    body = height - 0.04
    shelves = [0.42, 0.42 + (body - 0.42) / 2] if showcase else []
    closed = 0.4 if showcase else body
    parts = [
        box_part("base", (-half + 0.02, 0.05 - depth, 0.0), (half - 0.02, -0.03, 0.07), look.panel, bevel=0),
        box_part("body", (-half, -depth, 0.06), (half, -0.001, closed), look.panel, bevel=0.003),
        box_part(PartRole.TOP, (-half - 0.02, -depth - 0.03, body), (half + 0.02, 0.02, height), top, bevel=0.004),
    ]
    levels = [ShelfLevel(z, -half + 0.06, half - 0.06, 0.03 - depth, -0.06, (body - 0.42) / 2 - 0.05) for z in shelves]
    if showcase:
        light = finish(rng, "emission", "bulb", (1.0, 0.9, 0.72), strength=10.0)
        parts.append(box_part("back", (-half, -0.03, closed - 0.01), (half, -0.001, body + 0.001), look.panel, bevel=0))
        parts.append(
            box_part(
                PartRole.BULB,
                (-half + 0.05, 0.03 - depth, body - 0.012),
                (half - 0.05, 0.055 - depth, body + 0.002),
                light,
                bevel=0,
            )
        )
        for k, z in enumerate(shelves, 1):
            parts.append(
                box_part(
                    PartRole.SHELF.numbered(k),
                    (-half + 0.02, 0.02 - depth, z - 0.022),
                    (half - 0.02, -0.02, z),
                    look.frame,
                    bevel=0,
                )
            )
        for k, side in enumerate((-1, 1), 1):
            low, high = sorted((side * half, side * (half - 0.04)))
            parts.append(
                box_part(f"side {k}", (low, -depth, closed - 0.01), (high, -0.02, body + 0.001), look.panel, bevel=0)
            )
    else:
        boards = Array(
            shape=Box(size=(0.1, 0.012, closed - 0.12)), counts=(max(2, int(length / 0.125)), 1, 1), step=(0.125, 0, 0)
        )
        count = max(2, int(length / 0.125))
        parts.append(part("boards", boards, look.frame, at=(-0.125 * (count - 1) / 2, -depth - 0.005, 0.07)))
    levels.append(ShelfLevel(height, -half + 0.04, half - 0.04, 0.02 - depth, -0.03, 0.6))
    model = ObjectSpec(
        category="shop counter", parts=tuple(parts), color=look.color_name, material="" if look.color_name else "wood"
    )
    return Display(finished(model, center=False), tuple(levels))


def market_stall(rng: np.random.Generator, style: Style, length: float) -> Display:
    """A table of two tilted tiers under a striped awning on four posts; the seller stands at +y, behind y = 0.5."""
    color_names = draw.choice(
        rng,
        [
            ("red", "white"),
            ("green", "white"),
            ("blue", "white"),
            ("yellow", "white"),
            ("orange", "beige"),
            ("green", "beige"),
        ],
    )
    canvas = [
        finish(rng, "fabric", "canvas", sample_color(rng, color_name), scale=0.3, roughness=0.9)
        for color_name in color_names
    ]
    timber = finish(rng, "wood", "wood", (0.62, 0.47, 0.32), scale=0.3, roughness=0.8, wear=0.4)
    iron = painted(rng, draw.choice(rng, ["gray", "white", "black"]))
    cloth = finish(
        rng, "cloth", "fabric", sample_color(rng, draw.choice(rng, ["green", "blue", "red", "beige"])), roughness=0.9
    )
    half, tilt, depth = length / 2, draw.uniform(rng, 0.16, 0.26), 0.42
    low, run, rise = draw.uniform(rng, 0.62, 0.7), depth * float(np.cos(tilt)), depth * float(np.sin(tilt))
    parts, levels = [], []
    for k in range(2):
        front, z = -0.45 + k * run, low + k * (rise + 0.05)
        middle = (front + run / 2 + 0.011 * float(np.sin(tilt)), z + rise / 2 - 0.022 * float(np.cos(tilt)))
        parts.append(
            part(
                PartRole.BOARD.numbered(k + 1),
                Box(size=(length, depth, 0.022)),
                timber,
                at=(0.0, *middle),
                rotation=(tilt, 0, 0),
            )
        )
        parts.append(
            box_part(f"edge {k + 1}", (-half, front - 0.015, z - 0.07), (half, front + 0.008, z + 0.03), timber)
        )
        levels.append(ShelfLevel(z, 0.02 - half, half - 0.02, front + 0.01, front + run, 0.7, float(np.tan(tilt))))
    parts.append(box_part("skirt", (-half, -0.458, 0.06), (half, -0.452, low - 0.03), cloth, bevel=0))
    back = -0.45 + 2 * run
    for k, side in enumerate((-1, 1), 1):
        outline = [(-0.452, 0.0), (back, 0.0), (back, low + 2 * rise + 0.03), (-0.452, low - 0.03)]
        parts.append(across(f"trestle {k}", outline, 0.02, timber, x=side * (half - 0.01)))
    eaves, ridge, overhang = 2.02, draw.uniform(rng, 2.35, 2.6), 0.75
    for k, (x, y) in enumerate(((-1, -0.47), (1, -0.47), (-1, 0.55), (1, 0.55)), 1):
        parts.append(
            part(
                f"post {k}",
                Cylinder(radius=0.02, height=eaves + 0.06, segments=14),
                iron,
                at=(x * (half + 0.022), y, 0.0),
            )
        )
    parts += _awning(length + 0.3, (-0.45 - overhang, 0.05, 0.7), (eaves, ridge), canvas, iron)
    model = ObjectSpec(category="market stall", parts=tuple(parts))
    return Display(finished(model, center=False), tuple(levels))


def _awning(
    length: float, ys: tuple[float, float, float], zs: tuple[float, float], canvas: list[Material], iron: Material
) -> list[Part]:
    """A ridged roof of stripes over (front, ridge, back), a valance along the front, bars under the eaves."""
    count = 2 * max(3, round(length / 0.6)) + 1
    step = length / count
    front, crest, back = ys
    eaves, ridge = zs
    slope = np.array([(front, eaves), (crest, ridge), (back, eaves)])
    outline = [*slope, *(slope[::-1] - [0.0, 0.012])]
    flat = [(float(a), float(b)) for a, b in outline]
    parts: list[Part] = []
    for k, material in enumerate(canvas):
        strip = across("strip", flat, step - 0.0006, material)
        turns = Array(shape=strip.shape, counts=(1, 1, (count + 1 - k) // 2), step=(0, 0, 2 * step))
        first = -length / 2 + (k + 0.5) * step
        at = (strip.location[0] + first, strip.location[1], strip.location[2])
        parts.append(strip.model_copy(update={"name": f"awning {k + 1}", "shape": turns, "location": at}))
        flap = Array(
            shape=Box(size=(step - 0.0006, 0.006, 0.2)), counts=((count + 1 - k) // 2, 1, 1), step=(2 * step, 0, 0)
        )
        parts.append(part(f"valance {k + 1}", flap, material, at=(first, front - 0.002, eaves - 0.2)))
    for k, y in enumerate((-0.47, 0.55), 1):
        z = float(np.interp(y, [front, crest, back], [eaves, ridge, eaves])) - 0.028
        bar = tube([(-length / 2 + 0.02, y, z), (length / 2 - 0.02, y, z)], 0.018, count=4, segments=10)
        parts.append(part(f"bar {k}", bar, iron, at=(0, 0, 0)))
        parts.append(
            part(
                f"strut {k}",
                Array(shape=Box(size=(0.03, 0.03, z - 2.04)), counts=(2, 1, 1), step=(length - 0.256, 0, 0)),
                iron,
                at=(-(length - 0.256) / 2, y, 2.04),
            )
        )
    return parts
