"""Panel vans: a short nose under a tall body, windows for the driver alone."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.style import Style
from scenes.craft.vehicle import Axles, Livery, VehicleSize, arches, lamp, livery, plates, wheels
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Array, Box, Group, Hull, Patches, Placed, Sphere, Station

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "van"
PLACE = "street"
_COLOR_NAMES = ("white", "white", "white", "gray", "blue", "red", "black", "yellow", "green")
BELT = 1.12


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a van in the style of its scene."""
    del style
    length, width = draw.uniform(rng, 4.8, 6.2), draw.uniform(rng, 1.86, 2.02)
    height = draw.uniform(rng, 1.95, 2.2) if length < 5.4 else draw.uniform(rng, 2.25, 2.6)
    colors = livery(rng, _COLOR_NAMES)
    radius = draw.uniform(rng, 0.33, 0.36)
    axles = Axles(front=-length / 2 + 0.9, rear=length / 2 - 1.05, half_track=width / 2 - 0.14, radius=radius)
    nose, body = _nose(length, width), _body(length, width, height)
    parts = [
        part(PartRole.SHELL, nose, colors.paint, modifiers=arches(axles)),
        part("body", body, colors.paint),
        *_glass(rng, body, length, colors),
        *_trim(rng, nose, VehicleSize(length, width, height), axles, colors),
        *wheels(rng, axles, colors.trim),
        *plates(rng, (0.0, -length / 2 + 0.005, 0.45), (0.0, length / 2 - 0.01, 0.62)),
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=colors.color_name, material="metal")


def _nose(length: float, width: float) -> Hull:
    """What lies under the belt, from bumper to bumper."""
    half_width, clearance, waist = width / 2, 0.22, 0.62

    def station(y: float, breadth: float, top: float, bottom: float, power: float) -> Station:
        """A section at `y`, its breadth a share of the half width."""
        return (y, breadth * half_width, waist, top - waist, waist - bottom, power)

    front, back = -length / 2, length / 2
    return Hull(
        stations=(
            station(front, 0.66, 0.8, 0.36, 3.6),
            station(front + 0.04, 0.82, 0.9, 0.28, 4.2),
            station(front + 0.14, 0.92, 0.98, 0.22, 5.0),
            station(front + 0.6, 0.99, 1.1, clearance, 6.0),
            station(front + 1.0, 1.0, 1.2, clearance, 6.5),
            station(back - 0.1, 0.995, 1.2, clearance, 7.0),
            station(back - 0.02, 0.97, 1.19, 0.26, 7.0),
            station(back, 0.93, 1.17, 0.3, 6.5),
        ),
        rings=56,
        segments=44,
    )


def _body(length: float, width: float, height: float) -> Hull:
    """The tall box over the belt, its front the windscreen."""
    half_width, body_height = width / 2, height - BELT
    front, back = -length / 2, length / 2

    def station(y: float, breadth: float, rise: float, power: float) -> Station:
        return (y, breadth * half_width, BELT - 0.1, rise + 0.1, 0.5, power)

    return Hull(
        stations=(
            station(front + 0.5, 0.8, 0.0, 3.5),
            station(front + 0.75, 0.9, 0.3 * body_height, 4.0),
            station(front + 1.15, 0.95, 0.75 * body_height, 5.0),
            station(front + 1.5, 0.965, 0.96 * body_height, 6.0),
            station(front + 2.0, 0.97, body_height, 6.5),
            station(back - 0.12, 0.97, 0.99 * body_height, 6.5),
            station(back - 0.02, 0.95, 0.96 * body_height, 6.5),
            station(back - 0.005, 0.92, 0.93 * body_height, 6.5),
        ),
        rings=48,
        segments=44,
    )


def _glass(rng: np.random.Generator, body: Hull, length: float, colors: Livery) -> list[Part]:
    """Windscreen, cab windows, and now and then windows in the rear doors."""
    front = -length / 2
    areas = [(front + 0.62, front + 1.46, 50.0, 90.0), (front + 0.95, front + 1.75, 3.0, 33.0)]
    parts = [part("windows", Patches(hull=body, areas=tuple(areas), thickness=0.006), colors.glass)]
    if draw.chance(rng, 0.6):
        panes = Array(shape=Box(size=(0.55, 0.03, 0.45)), counts=(2, 1, 1), step=(0.72, 0, 0))
        parts.append(part("rear windows", panes, colors.glass, at=(-0.36, length / 2, 1.3)))
    return parts


def _trim(rng: np.random.Generator, nose: Hull, size: VehicleSize, axles: Axles, colors: Livery) -> list[Part]:
    """Bumpers, sills, seams of doors, lights and mirrors."""
    length, width, height = size.length, size.width, size.height
    front, back = -length / 2, length / 2
    arch = axles.radius + 0.1
    black = (
        (front + 0.002, front + 0.1, 48.0, 90.0),
        (front + 0.002, front + 0.2, -90.0, -30.0),
        (axles.front + arch, axles.rear - arch, -60.0, -12.0),
        (front + 1.0, front + 1.015, -12.0, 50.0),
        (front + 1.9, front + 1.915, -12.0, 50.0),
        (front + 3.0, front + 3.015, -12.0, 50.0),
        (back - 0.3, back - 0.001, -90.0, -30.0),
    )
    lights = ((front + 0.008, front + 0.4, 16.0, 42.0),)
    ears = Group(
        members=tuple(
            Placed(
                shape=Sphere(radii=(0.16, 0.07, 0.14), segments=20), at=(side * (width / 2 + 0.04), front + 1.05, 1.08)
            )
            for side in (-1, 1)
        )
    )
    tails = Array(shape=Box(size=(0.12, 0.05, 0.5)), counts=(2, 1, 1), step=(width - 0.24, 0, 0))
    seam = Box(size=(0.015, 0.02, height - 0.65))
    return [
        part("trim", Patches(hull=nose, areas=black, thickness=0.004), colors.trim),
        part("headlights", Patches(hull=nose, areas=lights, thickness=0.008), lamp(rng, (0.9, 0.92, 0.94))),
        part("mirrors", ears, colors.trim),
        part("tail lights", tails, lamp(rng, (0.5, 0.02, 0.03)), at=(-width / 2 + 0.12, back - 0.03, 0.85), bevel=0.01),
        part("rear seam", seam, colors.trim, at=(0, back - 0.008, 0.5)),
    ]
