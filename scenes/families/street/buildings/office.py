"""An office with a glass front: panes between mullions, opaque bands at the floors, a lobby behind columns."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import finish, metal
from scenes.families.street.buildings.facade import Row, box_at, grid
from scenes.families.street.buildings.materials import Town
from scenes.model import ObjectSpec
from scenes.shapes import Array, Box

__all__ = ["build_office"]


def build_office(rng: np.random.Generator, width: float, town: Town) -> ObjectSpec:
    """An office building of glass and cladding, `width` metres wide."""
    floors = draw.integer(rng, 5, 15)
    storey, ground = draw.uniform(rng, 3.4, 3.9), draw.uniform(rng, 4.5, 5.5)
    height, depth = ground + floors * storey, draw.uniform(rng, 14, 18)
    columns = max(3, round(width / draw.uniform(rng, 1.3, 2.4)))
    step = width / columns
    glass = town.glass(rng, tinted=True)
    frame = metal(rng, "steel", polished=False) if draw.chance(rng, 0.5) else town.cladding(rng)
    makers = (town.cladding, town.concrete, town.limestone)
    body = makers[draw.integer(rng, 3)](rng)
    band = (
        town.cladding(rng)
        if draw.chance(rng, 0.5)
        else finish(rng, "pane", "glass", (0.05, 0.07, 0.08), accent=(0.06, 0.08, 0.09))
    )
    sill = draw.uniform(rng, 0.5, 1.1)
    row = Row(-width / 2 + step / 2, ground + sill, step, storey - sill, (columns, floors), (step, storey))
    bands = Array(shape=Box(size=(width, 0.1, sill)), counts=(1, 1, floors), step=(0, 0, storey))
    proud = draw.uniform(rng, 0.05, 0.25)
    mullions = Array(
        shape=Box(size=(0.07, proud + 0.1, height - ground)), counts=(columns + 1, 1, 1), step=(step, 0, 0)
    )
    transoms = Array(shape=Box(size=(width, 0.13, 0.06)), counts=(1, 1, floors * 2), step=(0, 0, storey / 2))
    lobby = max(3, round(width / 2.6))
    lobby_step = width / lobby
    front = Row(-width / 2 + lobby_step / 2, 0.15, lobby_step, ground - 0.45, (lobby, 1), (lobby_step, 1))
    piers = max(2, round(width / 6))
    gap = (width - 0.8) / piers
    parts = [
        box_at("upper body", (width, depth - 0.1, height - ground + 0.3), (0, 0.05 + depth / 2, ground - 0.3), body),
        box_at("lower body", (width, depth - 2.0, ground), (0, 2.0 + (depth - 2.0) / 2, 0), body),
        part("glass", grid(Box(size=(step + 0.01, 0.06, storey - sill)), row), glass, at=(row.x, 0.08, row.z)),
        part("bands", bands, band, at=(0, 0.06, ground)),
        part("mullions", mullions, frame, at=(-width / 2, 0.05 - proud / 2, ground)),
        part("transoms", transoms, frame, at=(0, 0.05, ground + sill - 0.03)),
        part(
            "lobby glass",
            grid(Box(size=(lobby_step - 0.08, 0.06, front.height)), front),
            glass,
            at=(front.x, 1.98, 0.15),
        ),
        part(
            "columns",
            Array(shape=Box(size=(0.6, 0.6, ground)), counts=(piers + 1, 1, 1), step=(gap, 0, 0)),
            body,
            at=(-width / 2 + 0.4, 0.4, 0),
        ),
        box_at("parapet", (width, 0.3, 0.9), (0, 0.18, height), frame),
        box_at("plant", (0.5 * width, 0.4 * depth, 2.8), (0, 0.55 * depth, height), body),
    ]
    return ObjectSpec(category="building", parts=tuple(parts), material="glass")
