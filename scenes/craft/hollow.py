"""Open vessels that are not round: tubs, basins, bins, trays, as one closed skin."""

from collections.abc import Sequence

from scenes.craft.curve import points2
from scenes.craft.outline import rounded_rectangle
from scenes.shapes import Loft, Section

__all__ = ["Level", "hollow"]

Level = tuple[float, float, float, float]  # x, y (full sides), corner radius, z


def hollow(levels: Sequence[Level], *, offset: Sequence[tuple[float, float]] | None = None, steps: int = 6) -> Loft:
    """A skin through rounded rectangles: up the outside, over the rim, down the inside; the last one is the floor.

    offset: where the middle of each level lies, for walls that lean unevenly.
    """
    shifts = offset or [(0.0, 0.0)] * len(levels)
    return Loft(
        sections=tuple(
            Section(z=z, outline=points2(rounded_rectangle(x, y, corner, steps=steps) + shift))
            for (x, y, corner, z), shift in zip(levels, shifts, strict=True)
        )
    )
