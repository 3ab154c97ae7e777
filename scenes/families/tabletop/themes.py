"""What is on a table at once, by occasion."""

from dataclasses import dataclass

from scenes.families.tabletop.recipes import (
    Recipe,
    filled_bowl,
    pair,
    pile,
    row,
    setting,
    single,
    tower,
    with_mat,
)

__all__ = ["THEMES", "Theme"]


@dataclass(frozen=True)
class Theme:
    """Arrangements with weights, on these kinds of table."""

    tables: tuple[str, ...]
    recipes: tuple[tuple[Recipe, float], ...]


THEMES: dict[str, Theme] = {
    "breakfast": Theme(
        ("dining", "round", "counter"),
        (
            (setting, 4.0),
            (with_mat, 2.5),
            (pair("mug"), 2.0),
            (single("teapot", "pitcher", "kettle"), 1.2),
            (single("loaf of bread", "cutting board"), 1.2),
            (filled_bowl, 1.0),
            (pair("drinking glass"), 1.0),
            (single("jar", "salt shaker", "box"), 1.5),
            (pair("egg", most=4, alike=0), 0.6),
            (single("banana", "orange"), 1.0),
            (row("spoon", most=2), 0.8),
            (single("donut", "plate", "saucer"), 0.8),
            (single("vase", "potted plant"), 0.5),
        ),
    ),
    "work desk": Theme(
        ("desk", "desk", "dining"),
        (
            (single("laptop"), 4.0),
            (pile, 2.0),
            (single("notebook"), 1.5),
            (row("pencil", most=3), 1.0),
            (row("pen", most=3), 1.0),
            (single("mug"), 1.6),
            (single("desk lamp"), 1.2),
            (single("phone"), 1.2),
            (single("headphones"), 1.5),
            (single("potted plant"), 1.0),
            (single("clock", "camera"), 1.0),
            (single("computer mouse"), 0.9),
            (single("book"), 1.0),
            (single("apple", "banana", "drinking glass", "bottle"), 0.8),
        ),
    ),
    "still life": Theme(
        ("round", "sideboard", "coffee", "dining"),
        (
            (filled_bowl, 2.0),
            (single("vase"), 2.0),
            (single("bottle"), 1.5),
            (single("wine glass", "pitcher"), 1.2),
            (pair("pear", alike=0), 1.2),
            (pair("apple", most=4, alike=0), 1.4),
            (pair("lemon", alike=0), 1.2),
            (single("candle"), 1.2),
            (single("jar", "teapot", "bowl"), 1.2),
            (single("loaf of bread"), 0.8),
            (pile, 0.7),
        ),
    ),
    "kitchen": Theme(
        ("counter", "counter", "dining"),
        (
            (single("cutting board"), 1.4),
            (single("kettle"), 1.2),
            (pair("jar"), 1.6),
            (pair("tin can", alike=0.4), 1.3),
            (single("bottle"), 1.5),
            (single("loaf of bread"), 1.0),
            (pair("lemon", alike=0), 1.0),
            (filled_bowl, 1.2),
            (pair("bowl", alike=0.5), 1.0),
            (single("salt shaker"), 1.2),
            (single("box"), 1.2),
            (row("spoon", most=3), 0.7),
            (pair("egg", most=4, alike=0), 0.8),
            (single("pitcher", "teapot"), 0.8),
            (single("knife"), 0.7),
        ),
    ),
    "kids": Theme(
        ("coffee", "round", "desk"),
        (
            (tower, 2.5),
            (pair("ball", alike=0), 1.5),
            (pair("die", most=4, alike=0.6), 1.2),
            (row("pencil"), 1.4),
            (pile, 0.9),
            (single("mug", "drinking glass"), 1.2),
            (single("banana", "apple", "donut"), 1.2),
            (single("notebook"), 0.9),
            (single("gift", "box"), 1.2),
            (single("bowl", "plate"), 0.8),
        ),
    ),
    "party": Theme(
        ("dining", "round", "sideboard", "counter"),
        (
            (setting, 2.0),
            (pair("wine glass", most=4), 2.5),
            (pair("bottle", alike=0.3), 2.0),
            (pair("drinking glass", most=4), 1.5),
            (pair("candle", alike=0.6), 1.3),
            (single("gift"), 1.0),
            (pair("donut", alike=0), 0.9),
            (filled_bowl, 1.0),
            (pair("plate", alike=0.8), 0.8),
            (single("vase"), 1.0),
            (single("tray"), 0.8),
        ),
    ),
    "living room": Theme(
        ("coffee", "coffee", "sideboard", "round"),
        (
            (pile, 2.0),
            (single("vase"), 1.4),
            (single("candle"), 1.2),
            (pair("mug"), 1.3),
            (single("potted plant"), 1.4),
            (filled_bowl, 1.0),
            (single("camera", "headphones", "phone"), 1.3),
            (single("clock"), 0.8),
            (single("tray"), 0.8),
            (single("teapot"), 0.8),
            (single("book", "notebook"), 1.2),
            (single("desk lamp"), 0.7),
            (single("box", "ball"), 0.7),
        ),
    ),
}
