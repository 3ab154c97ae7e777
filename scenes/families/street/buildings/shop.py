"""Ground floors with shops: plate glass over a riser, a door, a sign with letters, an awning or none."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.families.street.buildings.facade import Row, bars, box_at, grid, panes, prism
from scenes.families.street.buildings.materials import Town
from scenes.material import Material
from scenes.model import Part
from scenes.shapes import GLYPH_PITCH, Lettering

__all__ = ["shop_fronts", "shop_rows"]

#: What shops in a street say over their windows.
TRADES = (
    "ANTIQUES", "BAKERY", "BANK", "BARBER", "BIKES", "BOOKS", "BURGERS", "BUTCHER", "CAFE", "CHEMIST", "CLEANERS",
    "COFFEE", "COPY SHOP", "DELI", "DENTIST", "ELECTRIC", "FISH BAR", "FLORIST", "FLOWERS", "FRUIT", "FURNITURE",
    "GALLERY", "GIFTS", "GROCER", "HAIR", "HARDWARE", "HOTEL", "JEWELLER", "KEBAB", "KEYS", "KIOSK", "LAUNDRY",
    "MARKET", "MUSIC", "NEWS", "NOODLES", "OPTICIAN", "PAINT", "PETS", "PHARMACY", "PHONES", "PIZZA", "POST",
    "RESTAURANT", "SALON", "SHOES", "SPORTS", "STATIONERY", "SUSHI", "TAILOR", "TEA ROOM", "TOYS", "TRAVEL", "WINE",
)  # fmt: skip


def shop_rows(width: float, height: float, units: int) -> tuple[Row, Row]:
    """The shop windows and doors of `count` shops along the front."""
    unit = width / units
    first = -width / 2 + unit / 2
    glass = Row(first - 0.55, 0.5, unit - 1.9, height - 1.35, (units, 1), (unit, 1.0))
    door = Row(first + unit / 2 - 0.9, 0.0, 1.05, height - 0.85, (units, 1), (unit, 1.0))
    return glass, door


def shop_fronts(rng: np.random.Generator, width: float, height: float, units: int, town: Town) -> list[Part]:
    """What fills the openings, and the signs over them."""
    glass, door = shop_rows(width, height, units)
    unit = width / units
    frame = town.joinery(rng, door=draw.chance(rng, 0.6))
    light = town.glass(rng)
    parts = [
        panes("shop glass", glass, light, split=2),
        bars("shop frame", glass, frame, across=draw.integer(rng, 2, 4), bar=0.09, inner=0.05),
        panes("shop door glass", door, light),
        bars("shop door", door, frame, up=2, bar=0.12, inner=0.14),
        box_at("plinth", (width, 0.06, 0.12), (0, -0.03, 0), frame),
    ]
    for k in range(units):
        parts += _sign(rng, town, k, (-width / 2 + unit * (k + 0.5), unit), height)
    if draw.chance(rng, 0.55):
        parts.append(_awning(rng, glass, height))
    return parts


def _sign(rng: np.random.Generator, town: Town, k: int, span: tuple[float, float], height: float) -> list[Part]:
    """A fascia that says what is sold, in plain capitals of a second colour."""
    colors = ("red", "green", "teal", "blue", "purple", "brown", "black", "white", "beige", "yellow", "orange")
    color = draw.choice(rng, colors)
    ground = finish(rng, "matte_plastic", "sign", sample_color(rng, color), roughness=0.45)
    pale = color in ("white", "beige", "yellow")
    letters = town.letters[0 if pale else 1]
    x, unit = span
    board = box_at(f"sign {k}", (unit - 0.3, 0.16, 0.62), (x, -0.05, height - 0.78), ground, bevel=0.01)
    trade = draw.choice(rng, TRADES)
    letter = min(0.3, (unit - 0.7) / (GLYPH_PITCH * len(trade)))
    lettering = Lettering(text=trade, height=letter, thickness=0.03)
    return [board, part(f"letters {k}", lettering, letters, at=(x, -0.135, height - 0.47 - letter / 2))]


def _awning(rng: np.random.Generator, glass: Row, height: float) -> Part:
    """A slanting sheet of canvas over each window."""
    color = sample_color(rng, draw.choice(rng, ["red", "green", "blue", "beige", "gray", "white", "orange"]))
    material: Material = finish(rng, "fabric", "canvas", color, scale=0.3)
    depth, top = draw.uniform(rng, 0.8, 1.2), height - 0.8
    outline = [
        (0.02, 0.0),
        (-depth, -0.42),
        (-depth, -0.62),
        (-depth + 0.02, -0.62),
        (-depth + 0.02, -0.44),
        (0.02, -0.03),
    ]
    sheet = prism("awning", outline, glass.width + 0.3, (glass.x, 0.0, top), material)
    turned = sheet.shape
    steps = grid(turned, glass).model_copy(update={"counts": (1, 1, glass.counts[0]), "step": (0, 0, glass.steps[0])})
    return sheet.model_copy(update={"shape": steps})
