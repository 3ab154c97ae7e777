"""Books for shelves, of few parts: only spines and page edges are seen."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import GLYPH_PITCH, Lettering

__all__ = ["COVER_COLORS", "TITLES", "Bindery", "sample_bindery", "shelf_book"]

#: Names of the colours of covers.
COVER_COLORS = (
    "blue",
    "red",
    "green",
    "teal",
    "black",
    "gray",
    "white",
    "orange",
    "brown",
    "beige",
    "purple",
    "yellow",
)


#: What covers and spines say.
TITLES = (
    "ALGEBRA", "ANIMALS", "ART", "ASTRONOMY", "ATLAS", "BEES", "BIRDS", "BREAD", "CHESS", "CINEMA", "CITIES", "CLOUDS",
    "COLOUR", "COOKING", "DESIGN", "DINOSAURS", "DREAMS", "ECONOMY", "ENGINES", "ESSAYS", "EUROPE", "FABLES", "FISHING",
    "FLOWERS", "GARDENS", "GEOMETRY", "GLASS", "HISTORY", "HORSES", "ISLANDS", "JAZZ", "LAW", "LETTERS", "LIGHT",
    "LOGIC", "MAPS", "MEDICINE", "MUSIC", "MYTHS", "OCEAN", "OPERA", "PAPER", "PHYSICS", "PIANO", "POEMS", "RAILWAYS",
    "RIVERS", "ROME", "ROSES", "SAILING", "SHORT STORIES", "SILK", "SNOW", "SOIL", "STARS", "STONE", "TALES", "TEA",
    "THE BRIDGE", "THE HOUSE", "THE ROAD", "THE SEA", "TIME", "TRAVEL", "TREES", "VOLCANOES", "WEATHER", "WINTER",
    "WOOD", "WORDS",
)  # fmt: skip


@dataclass(frozen=True)
class Bindery:
    """The cloths, papers and inks that the books of one room share: a few materials for all shelves."""

    covers: tuple[tuple[str, Material], ...]
    pages: Material
    pale: Material
    dark: Material


def sample_bindery(rng: np.random.Generator, style: Style) -> Bindery:
    """Eleven covers in the style's colours, and the paper of the pages."""
    color_names = [style.color_name(rng, allowed=COVER_COLORS, stray=0.6) for _ in range(11)]
    covers = [
        finish(rng, "paper", "paper", sample_color(rng, color_name), roughness=draw.uniform(rng, 0.35, 0.8))
        for color_name in color_names
    ]
    return Bindery(
        tuple(zip(color_names, covers, strict=True)),
        finish(rng, "paper", "paper", (0.93, 0.89, 0.8), roughness=0.9),
        finish(rng, "paper", "paper", sample_color(rng, "white")),
        finish(rng, "paper", "paper", sample_color(rng, "black")),
    )


def shelf_book(rng: np.random.Generator, bindery: Bindery, tallest: float) -> ObjectSpec:
    """A book standing upright, its spine toward -y, no taller than `tallest`."""
    height = min(tallest, draw.uniform(rng, 0.175, 0.3))
    depth, thickness = height * draw.uniform(rng, 0.64, 0.76), draw.uniform(rng, 0.012, 0.045)
    color_name, material = draw.choice(rng, bindery.covers)
    half_width, half_depth, board = thickness / 2, depth / 2, 0.002
    parts = [
        box_part(
            "spine", (-half_width, -half_depth, 0), (half_width, -half_depth + board, height), material, bevel=0.0008
        ),
        box_part(
            "back cover",
            (-half_width, -half_depth + board, 0),
            (-half_width + board, half_depth, height),
            material,
            bevel=0,
        ),
        box_part(
            "front cover",
            (half_width - board, -half_depth + board, 0),
            (half_width, half_depth, height),
            material,
            bevel=0,
        ),
        box_part(
            "pages",
            (-half_width + board, -half_depth + board, 0.003),
            (half_width - board, half_depth - 0.004, height - 0.003),
            bindery.pages,
            bevel=0,
        ),
    ]
    if draw.chance(rng, 0.6):
        ink = bindery.dark if color_name in ("white", "beige", "yellow") else bindery.pale
        parts.append(_spine_title(rng, height, thickness, -half_depth, ink))
    return ObjectSpec(category="book", parts=tuple(parts), color=color_name, material="paper")


def _spine_title(rng: np.random.Generator, height: float, thickness: float, y: float, ink: Material) -> Part:
    """A title on the spine at `y`, to be read from top to bottom."""
    title = draw.choice(rng, TITLES)
    letter = min(0.55 * thickness, 0.8 * height / (GLYPH_PITCH * len(title)))
    middle = height * draw.uniform(rng, 0.5, 0.58)
    lettering = Lettering(text=title, height=letter, thickness=0.0008)
    return part("title", lettering, ink, at=(-letter / 2, y, middle), rotation=(0, np.pi / 2, 0))
