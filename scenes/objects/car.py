"""Cars: hatchback, saloon, estate, off-roader, city car; a hull under a cabin with windows laid on it."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Vec4
from scenes.craft.build import part
from scenes.craft.style import Style
from scenes.craft.vehicle import Axles, Livery, arches, lamp, livery, plates, wheels
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Box, Group, Hull, Patches, Placed, Sphere, Station

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "car"
PLACE = "street"


@dataclass(frozen=True)
class _CarBody:
    """Proportions in metres; y runs from the nose at -length / 2.

    bonnet: where the windscreen starts, behind the nose; roof: where the roof starts and ends; tail: where the rear
    screen meets the deck; all as shares of the length. belt: height of the window line; deck: of the boot lid.
    """

    length: tuple[float, float]
    width: tuple[float, float]
    height: tuple[float, float]
    bonnet: float
    roof: tuple[float, float]
    tail: float
    belt: float  # share of the height
    deck: float  # share of the height, at the rear end
    clear: float = 0.19
    wheel: float = 0.32


BODIES = {
    "hatchback": _CarBody((3.9, 4.3), (1.72, 1.82), (1.42, 1.52), 0.26, (0.45, 0.82), 0.965, 0.63, 0.62),
    "saloon": _CarBody((4.5, 4.95), (1.78, 1.88), (1.4, 1.48), 0.28, (0.46, 0.68), 0.86, 0.635, 0.66),
    "estate": _CarBody((4.45, 4.9), (1.78, 1.86), (1.44, 1.54), 0.27, (0.44, 0.88), 0.975, 0.62, 0.62),
    "off-roader": _CarBody((4.2, 4.8), (1.8, 1.95), (1.62, 1.8), 0.26, (0.42, 0.87), 0.97, 0.62, 0.62, 0.25, 0.37),
    "city car": _CarBody((3.45, 3.75), (1.6, 1.68), (1.46, 1.56), 0.2, (0.41, 0.84), 0.97, 0.61, 0.6, 0.18, 0.29),
}


@dataclass(frozen=True)
class _CarFrame:
    """A body with its measures drawn."""

    body: _CarBody
    length: float
    width: float
    height: float
    shell: Hull
    cabin: Hull
    axles: Axles

    def y(self, share: float) -> float:
        return (share - 0.5) * self.length

    @property
    def belt(self) -> float:
        return self.body.belt * self.height


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a car in the style of its scene."""
    del style  # cars come in the colours that cars have
    body = BODIES[draw.choice(rng, list(BODIES), p=[0.32, 0.22, 0.14, 0.2, 0.12])]
    colors = livery(rng)
    frame = _frame(rng, body)
    shell = part(PartRole.SHELL, frame.shell, colors.paint, modifiers=arches(frame.axles))
    cabin = part("cabin", frame.cabin, colors.paint)
    parts = [shell, cabin, *_windows(frame, colors), *_lights(rng, frame)]
    parts += [*_trim(rng, frame, colors), *wheels(rng, frame.axles, colors.trim)]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=colors.color_name, material="metal")


def _frame(rng: np.random.Generator, body: _CarBody) -> _CarFrame:
    length, width, height = (draw.uniform(rng, *span) for span in (body.length, body.width, body.height))
    radius = body.wheel * draw.uniform(rng, 0.97, 1.06)
    axles = Axles(
        front=(0.19 - 0.5) * length,
        rear=(0.8 - 0.5) * length,
        half_track=width / 2 - 0.125,
        radius=radius,
    )
    return _CarFrame(
        body, length, width, height, _shell(body, length, width, height), _cabin(body, length, width, height), axles
    )


def _shell(body: _CarBody, length: float, width: float, height: float) -> Hull:
    """Everything under the windows: the nose drops, the flanks bulge at the wheels, the tail is cut off."""
    half_width, belt, clearance = width / 2, body.belt * height, body.clear
    deck = body.deck * height
    nose = belt - (0.17 if height < 1.6 else 0.1)
    waist = clearance + 0.42 * (belt - clearance)

    def station(share: float, breadth: float, top: float, bottom: float, power: float) -> Station:
        """A section at a share of the length, its breadth a share of the half width."""
        return ((share - 0.5) * length, breadth * half_width, waist, max(top - waist, 0.06), waist - bottom, power)

    return Hull(
        stations=(
            station(0.0, 0.6, nose - 0.24, clearance + 0.16, 3.4),
            station(0.006, 0.79, nose - 0.15, clearance + 0.08, 3.8),
            station(0.018, 0.88, nose - 0.085, clearance + 0.03, 4.2),
            station(0.05, 0.935, nose - 0.02, clearance, 4.8),
            station(0.12, 0.975, nose + 0.02, clearance, 5.0),
            station(0.16, 0.99, nose + 0.045, clearance, 5.2),
            station(body.bonnet, 0.99, belt - 0.01, clearance, 5.2),
            station(0.45, 0.985, belt + 0.005, clearance, 5.2),
            station(0.65, 0.985, belt + 0.01, clearance, 5.2),
            station(0.8, 1.0, 0.5 * (belt + deck) + 0.01, clearance, 5.2),
            station(0.92, 0.97, deck + 0.01, clearance + 0.02, 5.0),
            station(0.98, 0.92, deck - 0.02, clearance + 0.08, 4.6),
            station(0.994, 0.85, deck - 0.08, clearance + 0.12, 4.2),
            station(1.0, 0.66, deck - 0.17, clearance + 0.2, 3.8),
        ),
        rings=60,
        segments=44,
    )


def _cabin(body: _CarBody, length: float, width: float, height: float) -> Hull:
    """The glasshouse: sections whose waist is at the belt, so that the sides lean in toward the roof."""
    half_width, belt = width / 2, body.belt * height
    start, end = body.roof
    cabin_height = height - belt

    def station(share: float, breadth: float, rise: float, power: float = 2.7) -> Station:
        return ((share - 0.5) * length, breadth * half_width, belt - 0.05, rise + 0.05, 0.22, power)

    return Hull(
        stations=(
            station(body.bonnet - 0.03, 0.7, 0.0),
            station(body.bonnet + 0.03, 0.85, 0.2 * cabin_height),
            station(0.5 * (body.bonnet + start) + 0.015, 0.93, 0.62 * cabin_height),
            station(start, 0.945, 0.93 * cabin_height),
            station(0.5 * (start + end), 0.95, cabin_height, 2.9),
            station(end, 0.92, 0.92 * cabin_height, 2.9),
            station(0.45 * end + 0.55 * body.tail, 0.88, 0.56 * cabin_height),
            station(body.tail, 0.8, 0.08 * cabin_height),
            station(min(body.tail + 0.02, 0.985), 0.7, 0.0),
        ),
        rings=48,
        segments=44,
    )


def _windows(frame: _CarFrame, colors: Livery) -> list[Part]:
    """Side windows parted by pillars, the windscreen and the rear screen; black seals run under them."""
    body = frame.body
    start, end = body.roof
    front, back = body.bonnet + 0.055, 0.45 * end + 0.55 * body.tail - 0.015
    middle = 0.5 * (front + back) + 0.02
    flanks = [
        (frame.y(front), frame.y(middle - 0.009), 7.0, 47.0),
        (frame.y(middle + 0.009), frame.y(back), 7.0, 47.0),
    ]
    screens = [
        (frame.y(body.bonnet + 0.012), frame.y(start + 0.015), 57.0, 90.0),
        (frame.y(end + 0.005), frame.y(body.tail - 0.015), 57.0, 90.0),
    ]
    seal = [(frame.y(front - 0.005), frame.y(back + 0.005), 5.0, 49.0)]
    return [
        part("seals", Patches(hull=frame.cabin, areas=tuple(seal), thickness=0.003), colors.trim),
        part("windows", Patches(hull=frame.cabin, areas=(*flanks, *screens), thickness=0.006), colors.glass),
    ]


def _lights(rng: np.random.Generator, frame: _CarFrame) -> list[Part]:
    """Headlights and tail lights, both drawn round the corners."""
    start, end = draw.uniform(rng, 16, 26), draw.uniform(rng, 38, 44)
    front: Vec4 = (frame.y(0.0012), frame.y(draw.uniform(rng, 0.05, 0.09)), start - 4, end - 4)
    rear: Vec4 = (frame.y(draw.uniform(rng, 0.94, 0.965)), frame.y(0.999), start - 4, end)
    return [
        part("headlights", Patches(hull=frame.shell, areas=(front,), thickness=0.008), lamp(rng, (0.9, 0.92, 0.94))),
        part("tail lights", Patches(hull=frame.shell, areas=(rear,), thickness=0.008), lamp(rng, (0.5, 0.02, 0.03))),
    ]


def _trim(rng: np.random.Generator, frame: _CarFrame, colors: Livery) -> list[Part]:
    """Grille, intakes, door seams, sills, handles, mirrors and number plates."""
    body, y = frame.body, frame.y
    middle = 0.5 * (body.bonnet + 0.055 + 0.45 * body.roof[1] + 0.55 * body.tail - 0.015) + 0.02
    arch = frame.axles.radius + 0.1
    black: list[Vec4] = [
        (y(share - 0.0012), y(share + 0.0012), -32.0, 50.0) for share in (body.bonnet + 0.02, middle, middle + 0.22)
    ]
    black.append((y(0.0004), y(0.014), draw.uniform(rng, 46, 58), 90.0))
    black.append((y(0.0005), y(0.02), -90.0, draw.uniform(rng, -46, -36)))
    black.append((y(0.95), y(0.9995), -90.0, draw.uniform(rng, -48, -36)))
    black.append((frame.axles.front + arch, frame.axles.rear - arch, -62.0, -34.0))
    handles = tuple((y(share - 0.045), y(share - 0.012), 9.0, 11.5) for share in (middle, middle + 0.21))
    mirror = Group(
        members=tuple(
            Placed(
                shape=Sphere(radii=(0.13, 0.06, 0.065), segments=20),
                at=(side * (frame.width / 2 + 0.01), frame.y(frame.body.bonnet + 0.085), frame.belt - 0.03),
            )
            for side in (-1, 1)
        )
    )
    plate_height = frame.body.clear + 0.16
    parts = [
        part("trim", Patches(hull=frame.shell, areas=tuple(black), thickness=0.004), colors.trim),
        part("handles", Patches(hull=frame.shell, areas=handles, thickness=0.015), colors.paint),
        part("mirrors", mirror, colors.paint if draw.chance(rng, 0.6) else colors.trim),
        *plates(
            rng,
            (0.0, -frame.length / 2 + 0.005, plate_height + 0.06),
            (0.0, frame.length / 2 - 0.005, plate_height + 0.2),
        ),
    ]
    if frame.body.height[0] > 1.6 and draw.chance(rng, 0.6):
        start, end = frame.y(frame.body.roof[0] + 0.03), frame.y(frame.body.roof[1] - 0.02)
        rails = tuple(
            Placed(
                shape=Box(size=(0.04, end - start, 0.12)),
                at=(side * 0.3 * frame.width, (start + end) / 2, frame.height - 0.12),
            )
            for side in (-1, 1)
        )
        parts.append(part("roof rails", Group(members=rails), colors.trim, bevel=0.01))
    return parts
