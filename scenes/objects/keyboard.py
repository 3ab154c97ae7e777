"""Computer keyboards: rows of caps on a flat case, with a number pad or without."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, plate_of, slab
from scenes.craft.finishes import finish
from scenes.craft.outline import comb
from scenes.craft.style import Style
from scenes.model import ObjectSpec, PartRole

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "keyboard"
PLACE = "furniture"
_ROWS = (
    (*(1.0,) * 14,),
    (*(1.0,) * 13, 2.0),
    (1.5, *(1.0,) * 12, 1.5),
    (1.8, *(1.0,) * 11, 2.2),
    (2.4, *(1.0,) * 10, 2.6),
    (1.4, 1.2, 1.3, 6.0, 1.3, 1.2, 1.4),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a keyboard."""
    pad = draw.chance(rng, 0.6)
    width, depth = (
        (draw.uniform(rng, 0.41, 0.45) if pad else draw.uniform(rng, 0.28, 0.32)),
        draw.uniform(rng, 0.115, 0.14),
    )
    dark = draw.chance(rng, 0.55)
    case = finish(rng, "plastic", "plastic", (0.06, 0.06, 0.063) if dark else (0.8, 0.8, 0.81), roughness=0.4)
    cap = finish(rng, "matte_plastic", "keys", (0.03, 0.03, 0.03) if dark else (0.95, 0.95, 0.95), roughness=0.5)
    parts = [part("case", slab(width, depth, 0.012, corner=0.012, edge=0.003), case)]
    pitch = (depth - 0.016) / len(_ROWS)
    main = width - 0.016 - (0.095 if pad else 0.0)
    for row, shares in enumerate(_ROWS, 1):
        y = depth / 2 - 0.008 - (row - 0.5) * pitch
        widths = np.array(shares) * main / sum(shares)
        outline = comb(widths, 0.84 * pitch, 0.16 * pitch)
        parts.append(part(f"keys {row}", plate_of(outline, 0.006), cap, at=(-width / 2 + 0.008, y, 0.0115)))
        if pad:
            outline = comb(np.full(4, 0.085 / 4), 0.84 * pitch, 0.16 * pitch)
            parts.append(
                part(PartRole.PAD.numbered(row), plate_of(outline, 0.006), cap, at=(width / 2 - 0.093, y, 0.0115))
            )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="black" if dark else "white", material="plastic")
