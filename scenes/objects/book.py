"""Hardcovers and paperbacks lying on their back: boards that overhang the page block, a spine, a title."""

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.colors import sample_color
from scenes.craft.build import part, plate_of
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.furnish.books import COVER_COLORS, TITLES
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part
from scenes.shapes import GLYPH_PITCH, Box, Lettering

__all__ = ["CATEGORY", "make"]

CATEGORY = "book"
#: What is below the title.
_LINES = ("A HISTORY", "A NOVEL", "COLLECTED", "FOR BEGINNERS", "ILLUSTRATED", "SECOND EDITION", "VOLUME 1", "VOLUME 2")


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a book in the style of its scene."""
    height = draw.uniform(rng, 0.175, 0.31)
    width = height * draw.uniform(rng, 0.64, 0.78)
    thickness = draw.uniform(rng, 0.012, 0.042)
    hard = draw.chance(rng, 0.65)
    board, overhang = (0.0026, 0.0035) if hard else (0.0006, 0.0)
    color_name = style.color_name(rng, allowed=COVER_COLORS, stray=0.4)
    cover = finish(
        rng,
        "fabric" if hard and draw.chance(rng, 0.5) else "paper",
        "cloth" if hard else "paper",
        sample_color(rng, color_name),
        scale=0.01,
        roughness=draw.uniform(rng, 0.35, 0.8),
        wear=style.wear,
    )
    pages = finish(rng, "paper", "paper", (0.93, 0.89, 0.8), accent=(0.8, 0.75, 0.64), scale=0.004, roughness=0.9)
    block = thickness - 2 * board
    bulge = max((draw.uniform(rng, 0.1, 0.3) if hard else 0.0) * thickness, 0.0008)
    parts = [
        _board("back cover", width, height, board, 0.0, cover),
        _board("front cover", width, height, board, thickness - board, cover),
        part(
            "pages",
            Box(size=(width - overhang - 0.002, height - 2 * overhang, block + 2e-4)),
            pages,
            at=(-0.5 * overhang + 0.001, 0, board - 1e-4),
            bevel=0.0004,
        ),
        _spine(width, height, thickness, board, cover, bulge),
    ]
    parts += _titles(rng, (width, height, thickness), cover, color_name, bulge)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name)


def _board(name: str, width: float, height: float, thickness: float, z: float, cover: Material) -> Part:
    return part(name, Box(size=(width, height, thickness)), cover, at=(0, 0, z), bevel=0.3 * thickness)


def _spine(width: float, height: float, thickness: float, board: float, cover: Material, bulge: float) -> Part:
    """A strip down the left side, bulging out by `bulge` metres."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, 13)
    outside = np.stack([-bulge * np.cos(angle) - 0.0002, thickness / 2 + thickness / 2 * np.sin(angle)], 1)
    inside = outside[::-1] * [0.5, 1] + [board + 0.0012, 0]
    outline: Floats = np.concatenate([outside, inside])[::-1]
    # The outline lies in the book's xz plane: the extrusion's z becomes the book's -y.
    return part("spine", plate_of(outline, height), cover, at=(-width / 2, height / 2, 0), rotation=(np.pi / 2, 0, 0))


def _titles(
    rng: np.random.Generator, size: tuple[float, float, float], cover: Material, color_name: str, bulge: float
) -> list[Part]:
    """The title in a printed panel on the front and, on thick books, on the spine; at times a second line below."""
    width, height, thickness = size
    ink_color_name = draw.choice(
        rng,
        ["white", "beige", "yellow"] if color_name not in ("white", "beige", "yellow") else ["black", "blue", "red"],
    )
    ink = finish(rng, "paper", "paper", sample_color(rng, ink_color_name), roughness=0.5)
    panel_height, panel_width = height * draw.uniform(rng, 0.1, 0.3), width * draw.uniform(rng, 0.6, 0.85)
    y, title = height * draw.uniform(rng, 0.08, 0.28), draw.choice(rng, TITLES)
    panel = Box(size=(panel_width, panel_height, 0.0002))
    letter = min(0.5 * panel_height, 0.88 * panel_width / (GLYPH_PITCH * len(title)))
    parts = [
        part("panel", panel, ink, at=(0.004, y, thickness - 0.0001)),
        _on_front("title", title, letter, (0.004, y, thickness + 0.0001), cover),
    ]
    if draw.chance(rng, 0.6):
        line, small = draw.choice(rng, _LINES), 0.032 * height
        parts.append(_on_front("line", line, small, (0.004, -0.3 * height, thickness), ink))
    spine = min(0.5 * thickness, 0.8 * height / (GLYPH_PITCH * len(title)))
    if spine > 0.006:
        lettering = Lettering(text=title, height=spine, thickness=0.0008)
        at = (-width / 2 - bulge - 0.0003, 0, (thickness - spine) / 2)
        parts.append(part("spine title", lettering, ink, at=at, rotation=(0, 0, -np.pi / 2)))
    return parts


def _on_front(name: str, text: str, letter: float, at: Vec3, ink: Material) -> Part:
    """Words on the cover, centred `at` a point of it, letters `letter` metres high."""
    x, y, z = at
    lettering = Lettering(text=text, height=letter, thickness=0.0003)
    return part(name, lettering, ink, at=(x, y - letter / 2, z), rotation=(-np.pi / 2, 0, 0))
