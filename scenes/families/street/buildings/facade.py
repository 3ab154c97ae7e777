"""Parts of facades: walls with holes, and windows, doors and mouldings set into them in rows.

A building's front lies in the plane y = 0 and faces -y; x runs along it from the middle, z up from the pavement.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scenes.base import Vec3
from scenes.craft.build import part
from scenes.craft.curve import points2
from scenes.material import Material
from scenes.model import Part
from scenes.shapes import Array, Box, Extrusion, Group, Opening, Perforated, Placed, Shape

__all__ = ["WALL", "Row", "bars", "beam", "box_at", "core", "front", "grid", "panes", "prism", "sills", "sizes"]

WALL = 0.3  # metres that a front wall is thick
REVEAL = 0.14  # how far behind the front the glass lies


@dataclass(frozen=True)
class Row:
    """Openings of one size: the first one's middle `x` and its lower edge `z`, then `counts` of them by `steps`."""

    x: float
    z: float
    width: float
    height: float
    counts: tuple[int, int] = (1, 1)
    steps: tuple[float, float] = (1.0, 1.0)

    def openings(self, floor: float) -> Opening:
        """The holes that the row needs in a wall that starts at height `floor`."""
        return Opening(
            x=self.x - self.width / 2,
            z=round(self.z - floor, 4),
            width=self.width,
            height=self.height,
            counts=self.counts,
            steps=self.steps,
        )


def sizes(x: float, y: float, z: float, at: Vec3 = (0.0, 0.0, 0.0)) -> Placed:
    """A box standing at `at`, as a member of a group."""
    return Placed(shape=Box(size=(x, y, z)), at=at)


def grid(shape: Shape, row: Row) -> Array:
    """A copy of the shape for each opening of the row."""
    return Array(shape=shape, counts=(row.counts[0], 1, row.counts[1]), step=(row.steps[0], 0.0, row.steps[1]))


def box_at(name: str, size: Vec3, at: Vec3, material: Material, *, bevel: float = 0.0) -> Part:
    """A box whose foot stands at `at`, all in metres."""
    return part(name, Box(size=size), material, at=at, bevel=bevel)


def beam(name: str, width: float, depth: float, height: float, z: float, material: Material) -> Part:
    """A moulding along the whole front, standing out by `depth` metres."""
    return box_at(name, (width, depth + 0.1, height), (0.0, 0.05 - depth / 2, z), material)


def prism(name: str, outline: Sequence[tuple[float, float]], length: float, at: Vec3, material: Material) -> Part:
    """An outline in (y, z), counter-clockwise, drawn out along x about the middle: roofs, awnings, cornices."""
    shape = Extrusion(outline=points2(outline), height=length)
    half_turn = 1.5707963
    return part(name, shape, material, at=(at[0] - length / 2, at[1], at[2]), rotation=(half_turn, 0.0, half_turn))


def front(width: float, height: float, rows: Sequence[Row], material: Material, *, z: float = 0.0) -> Part:
    """The front wall with the rows' holes, from height `z` up."""
    plate = Perforated(size=(width, WALL, height), openings=tuple(row.openings(z) for row in rows))
    return part(f"front {z:.1f}", plate, material, at=(0.0, WALL / 2, z))


def core(width: float, depth: float, height: float, material: Material) -> Part:
    """The rest of the house behind its front."""
    return box_at("body", (width, depth - WALL, height), (0.0, WALL + (depth - WALL) / 2, 0.0), material)


def panes(name: str, row: Row, material: Material, *, split: int = 1) -> Part:
    """Glass in each opening of the row, `split` panes side by side, each with its own room behind it."""
    width = (row.width + 0.02) / split
    one: Shape = Box(size=(width, 0.03, row.height + 0.02))
    if split > 1:
        one = Array(shape=one, counts=(split, 1, 1), step=(width, 0.0, 0.0))
    return part(name, grid(one, row), material, at=(row.x - width * (split - 1) / 2, REVEAL + 0.06, row.z - 0.01))


def bars(
    name: str, row: Row, material: Material, *, across: int = 1, up: int = 1, bar: float = 0.05, inner: float = 0.03
) -> Part:
    """Window frames: an outer frame, and bars that part it `across` and `up`."""
    w, h = row.width, row.height
    members = [sizes(bar, 0.07, h, (x, 0, 0)) for x in (-w / 2 + bar / 2, w / 2 - bar / 2)]
    members += [sizes(w, 0.068, bar, (0, 0, z)) for z in (0.0, h - bar)]
    members += [sizes(inner, 0.05, h, (w * (k / across - 0.5), 0, 0)) for k in range(1, across)]
    members += [sizes(w, 0.048, inner, (0, 0, h * k / up - inner / 2)) for k in range(1, up)]
    return part(name, grid(Group(members=tuple(members)), row), material, at=(row.x, REVEAL + 0.02, row.z))


def sills(name: str, row: Row, material: Material, *, lintel: float = 0.0, proud: float = 0.06) -> Part:
    """A sill under each opening and, where `lintel` gives its height, a lintel over it."""
    members = [sizes(row.width + 0.16, REVEAL + proud, 0.08, (0, REVEAL / 2 - proud / 2, -0.08))]
    if lintel:
        members.append(sizes(row.width + 0.24, 0.1, lintel, (0, 0.05 - 0.025, row.height)))
    return part(name, grid(Group(members=tuple(members)), row), material, at=(row.x, 0.0, row.z))
