"""City buses: one long box with a band of windows, doors on the kerb side, a lit sign in front."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.craft.vehicle import Axles, Livery, VehicleSize, arches, lamp, livery, plates, wheels
from scenes.model import ObjectSpec, Part
from scenes.shapes import GLYPH_PITCH, Array, Bevel, Box, Cut, Group, Lettering, Placed

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "bus"
_DESTINATIONS = ("AIRPORT", "CENTRE", "HARBOUR", "HOSPITAL", "MARKET", "MUSEUM", "PARK", "STADIUM", "STATION", "ZOO")
PLACE = "street"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a bus in the style of its scene."""
    del style
    length, width, height = draw.uniform(rng, 9.8, 12.6), 2.52, draw.uniform(rng, 2.9, 3.2)
    size = VehicleSize(length, width, height)
    colors = livery(rng, ("red", "red", "white", "blue", "green", "yellow", "orange", "teal"))
    axles = Axles(-length / 2 + 2.6, length / 2 - 3.2, width / 2 - 0.17, 0.48, 0.27)
    shell = part(
        "body",
        Box(size=(width, length, height - 0.3)),
        colors.paint,
        at=(0, 0, 0.3),
        modifiers=(*_local(axles), Bevel(width=0.14, segments=4)),
    )
    parts = [
        shell,
        *_windows(rng, size, colors),
        *_details(rng, size, colors),
        *wheels(rng, axles, colors.trim),
        *plates(rng, (0.0, -length / 2 - 0.012, 0.5), (0.0, length / 2 + 0.012, 0.6)),
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=colors.color_name, material="metal")


def _local(axles: Axles) -> tuple[Cut, ...]:
    """The arches in the axes of the body, which stands 0.3 m off the ground."""
    cuts = arches(axles, gap=0.08)
    return tuple(
        cut.model_copy(update={"location": (cut.location[0], cut.location[1], cut.location[2] - 0.3)}) for cut in cuts
    )


def _windows(rng: np.random.Generator, size: VehicleSize, colors: Livery) -> list[Part]:
    length, width = size.length, size.width
    bays = round((length - 2.4) / 1.45)
    step = (length - 2.4) / bays
    height = size.height - 1.75
    band = Box(size=(width + 0.014, step - 0.09, height))
    panes = Array(shape=band, counts=(1, bays, 1), step=(0, step, 0))
    ends = Group(
        members=(
            Placed(shape=Box(size=(width - 0.3, 0.06, 1.35)), at=(0, -length / 2, 1.0)),
            Placed(shape=Box(size=(width - 0.7, 0.06, 0.8)), at=(0, length / 2, 1.5)),
        )
    )
    door = Placed(shape=Box(size=(0.05, 1.15, 2.0)), at=(-width / 2, 0, 0))
    doors = Array(shape=Group(members=(door,)), counts=(1, 2, 1), step=(0, 0.48 * length, 0))
    strip = Box(size=(width + 0.008, length - 2.1, height + 0.1))
    return [
        part("strip", strip, colors.trim, at=(0, 0.35, 1.3)),
        part("windows", panes, colors.glass, at=(0, -length / 2 + 1.55 + step / 2, 1.35)),
        part("screens", ends, colors.glass, bevel=0.02),
        part("doors", doors, colors.glass, at=(0, -length / 2 + 0.95, 0.42)),
    ]


def _details(rng: np.random.Generator, size: VehicleSize, colors: Livery) -> list[Part]:
    length, width, height = size.length, size.width, size.height
    sign = finish(rng, "emission", "display", (1.0, 0.66, 0.2), strength=1.2)
    line = f"{draw.integer(rng, 1, 200)} {draw.choice(rng, _DESTINATIONS)}"
    display = Lettering(text=line, height=min(0.16, (width - 0.5) / (GLYPH_PITCH * len(line))), thickness=0.02)
    front = Array(shape=Box(size=(0.4, 0.06, 0.18)), counts=(2, 1, 1), step=(width - 0.7, 0, 0))
    rear = Array(shape=Box(size=(0.14, 0.06, 0.4)), counts=(2, 1, 1), step=(width - 0.4, 0, 0))
    black = Group(
        members=(
            Placed(shape=Box(size=(width - 0.3, 0.05, 0.32)), at=(0, -length / 2, height - 0.55)),
            Placed(shape=Box(size=(width + 0.01, length - 0.5, 0.06)), at=(0, 0, 0.34)),
            *(
                Placed(
                    shape=Box(size=(0.16, 0.12, 0.4)), at=(side * (width / 2 + 0.08), -length / 2 + 0.06, height - 1.0)
                )
                for side in (-1, 1)
            ),
        )
    )
    unit = Box(size=(1.7, 2.2, 0.2))
    return [
        part("bumpers", black, colors.trim, bevel=0.01),
        part("display", display, sign, at=(0, -length / 2 - 0.027, height - 0.47)),
        part("headlights", front, lamp(rng, (0.9, 0.92, 0.94)), at=(-width / 2 + 0.35, -length / 2, 0.62), bevel=0.01),
        part("tail lights", rear, lamp(rng, (0.5, 0.02, 0.03)), at=(-width / 2 + 0.2, length / 2, 0.8), bevel=0.01),
        part("roof unit", unit, colors.paint, at=(0, 0.15 * length, height - 0.03), bevel=0.05),
    ]
