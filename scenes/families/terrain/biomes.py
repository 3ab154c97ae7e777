"""Biomes: relief, ground covers, plants and objects."""

from dataclasses import dataclass, field

from scenes.base import Rgb
from scenes.material import MaterialKind

__all__ = ["BIOMES", "Biome", "Cover"]

Range = tuple[float, float]


@dataclass(frozen=True)
class Cover:
    """What a zone of the ground is: its category and material; each colour pair is (main, accent)."""

    category: str
    kind: MaterialKind
    colors: tuple[tuple[Rgb, Rgb], ...]
    wear: Range = (0.0, 0.5)
    scale: float = 1.0


@dataclass(frozen=True)
class Biome:
    """Ranges to sample a land from (see `Land`), covers by zone, and counts of objects.

    things: category -> (kinds, least, most); near trees of the kinds in `trees`; far woods with a share of conifers.
    blades: (how many, height, colour) of the grass; 0 for none. water: chance, of it a lake. haze: metres.
    """

    rolling: Range
    feature: Range
    rough: Range
    rise: Range
    rise_from: Range
    craggy: Range
    covers: dict[str, Cover]
    trees: tuple[str, ...]
    tree_count: tuple[int, int]
    stone: str
    moss: tuple[Rgb, float]
    things: dict[str, tuple[int, int]]
    bushes: tuple[str, ...] = ("leafy",)
    dunes: Range = (0.0, 0.0)
    steep: Range = (0.7, 1.0)
    bare: Range = (0.0, 0.3)
    water: float = 1.0
    lakes: float = 0.5
    wooded: tuple[int, float] = (900, 0.5)
    tree_height: Range = (6.0, 13.0)
    blades: tuple[int, Range, tuple[Rgb, Rgb]] = (0, (0.1, 0.2), ((0.3, 0.4, 0.15), (0.5, 0.5, 0.3)))
    litter: tuple[Rgb, Rgb] | None = None  # colours of fallen leaves
    haze: Range = (6000.0, 16000.0)
    clearing: float = field(default=4.0)


_DIRT = Cover(
    "path", "soil", (((0.45, 0.36, 0.26), (0.3, 0.25, 0.2)), ((0.5, 0.44, 0.36), (0.3, 0.25, 0.2))), scale=0.35
)
_GRAVEL = Cover(
    "shore", "soil", (((0.5, 0.46, 0.4), (0.3, 0.3, 0.3)), ((0.42, 0.38, 0.33), (0.3, 0.3, 0.3))), scale=0.5
)
_EARTH = Cover("ground", "soil", (((0.4, 0.32, 0.23), (0.3, 0.25, 0.2)),), scale=0.4)
_CRAG = Cover(
    "rock face", "rock", (((0.46, 0.44, 0.42), (0.3, 0.34, 0.14)), ((0.4, 0.4, 0.42), (0.34, 0.36, 0.2))), (0.2, 0.6)
)
_WATER = Cover(
    "water",
    "water",
    (((0.06, 0.12, 0.13), (0, 0, 0)), ((0.1, 0.15, 0.12), (0, 0, 0)), ((0.05, 0.1, 0.16), (0, 0, 0))),
    (0.1, 0.9),
)
_GREEN_HEIGHTS = Cover(
    "mountain",
    "mountain",
    (((0.27, 0.33, 0.17), (0.9, 0.92, 0.95)), ((0.2, 0.27, 0.15), (0.9, 0.92, 0.95))),
    (0.0, 0.9),
    420.0,
)
_GRASSES: tuple[tuple[Rgb, Rgb], ...] = (
    ((0.3, 0.36, 0.16), (0.46, 0.44, 0.23)),
    ((0.36, 0.42, 0.2), (0.5, 0.46, 0.27)),
    ((0.41, 0.41, 0.23), (0.55, 0.48, 0.3)),
)

BIOMES: dict[str, Biome] = {
    "meadow": Biome(
        rolling=(3, 9),
        feature=(50, 110),
        rough=(0.08, 0.2),
        rise=(250, 900),
        rise_from=(350, 900),
        craggy=(0.1, 0.7),
        covers={
            "base": Cover("grass", "turf", _GRASSES, (0.2, 0.7)),
            "path": _DIRT,
            "shore": _GRAVEL,
            "rock": _CRAG,
            "bare": _EARTH,
            "mountain": _GREEN_HEIGHTS,
            "water": _WATER,
        },
        trees=("broadleaf", "broadleaf", "birch"),
        tree_count=(9, 22),
        stone="granite",
        moss=((0.34, 0.38, 0.16), 0.4),
        things={
            "bush": (8, 20),
            "rock": (7, 16),
            "flower": (22, 44),
            "log": (0, 2),
            "fence": (0, 4),
            "signpost": (0, 1),
            "tent": (0, 1),
            "hut": (0, 1),
            "stump": (0, 2),
        },
        bare=(0.0, 0.15),
        wooded=(750, 0.25),
        blades=(44000, (0.12, 0.3), ((0.32, 0.43, 0.14), (0.55, 0.5, 0.25))),
    ),
    "forest": Biome(
        rolling=(3, 9),
        feature=(45, 90),
        rough=(0.15, 0.35),
        rise=(300, 900),
        rise_from=(350, 800),
        craggy=(0.2, 0.7),
        covers={
            "base": Cover(
                "forest floor",
                "turf",
                (((0.29, 0.24, 0.17), (0.27, 0.31, 0.13)), ((0.33, 0.27, 0.19), (0.28, 0.3, 0.14))),
                (0.3, 0.8),
            ),
            "path": _DIRT,
            "shore": _GRAVEL,
            "rock": _CRAG,
            "bare": _EARTH,
            "mountain": _GREEN_HEIGHTS,
            "water": _WATER,
        },
        trees=("conifer", "conifer", "broadleaf", "birch", "bare"),
        tree_count=(42, 62),
        stone="granite",
        moss=((0.26, 0.35, 0.1), 0.85),
        things={
            "bush": (6, 14),
            "rock": (9, 18),
            "fern": (20, 36),
            "log": (2, 4),
            "stump": (1, 4),
            "mushroom": (6, 11),
            "signpost": (0, 1),
            "hut": (0, 1),
        },
        steep=(0.75, 1.0),
        bare=(0.0, 0.2),
        wooded=(900, 0.6),
        lakes=0.3,
        tree_height=(8.0, 17.0),
        blades=(20000, (0.08, 0.22), ((0.26, 0.38, 0.12), (0.4, 0.4, 0.18))),
        haze=(4000.0, 9000.0),
        clearing=3.0,
        litter=((0.4, 0.28, 0.15), (0.5, 0.4, 0.22)),
    ),
    "autumn": Biome(
        rolling=(4, 10),
        feature=(50, 100),
        rough=(0.1, 0.25),
        rise=(350, 1100),
        rise_from=(350, 800),
        craggy=(0.2, 0.8),
        covers={
            "base": Cover(
                "forest floor",
                "turf",
                (((0.4, 0.3, 0.19), (0.38, 0.37, 0.19)), ((0.36, 0.27, 0.18), (0.46, 0.38, 0.2))),
                (0.4, 0.8),
            ),
            "path": _DIRT,
            "shore": _GRAVEL,
            "rock": _CRAG,
            "bare": _EARTH,
            "water": _WATER,
            "mountain": Cover("mountain", "mountain", (((0.42, 0.3, 0.15), (0.9, 0.92, 0.95)),), (0.0, 0.9), 450.0),
        },
        trees=("autumn", "autumn", "autumn", "conifer", "birch"),
        tree_count=(22, 40),
        stone="slate",
        moss=((0.3, 0.36, 0.12), 0.6),
        things={
            "bush": (8, 18),
            "rock": (7, 14),
            "log": (1, 3),
            "stump": (1, 3),
            "mushroom": (7, 13),
            "fence": (0, 3),
            "signpost": (0, 1),
            "fern": (4, 10),
        },
        bushes=("autumn", "leafy"),
        wooded=(850, 0.35),
        litter=((0.62, 0.38, 0.13), (0.55, 0.22, 0.1)),
        blades=(22000, (0.1, 0.25), ((0.48, 0.42, 0.18), (0.36, 0.38, 0.16))),
    ),
    "heath": Biome(
        rolling=(9, 22),
        feature=(60, 130),
        rough=(0.25, 0.5),
        rise=(600, 1600),
        rise_from=(320, 700),
        craggy=(0.6, 1.0),
        covers={
            "base": Cover(
                "heath",
                "turf",
                (((0.36, 0.35, 0.2), (0.4, 0.3, 0.33)), ((0.4, 0.36, 0.2), (0.48, 0.4, 0.24))),
                (0.3, 0.8),
            ),
            "path": _DIRT,
            "shore": _GRAVEL,
            "rock": _CRAG,
            "bare": _EARTH,
            "water": _WATER,
            "mountain": Cover("mountain", "mountain", (((0.3, 0.31, 0.18), (0.92, 0.94, 0.96)),), (0.0, 1.0), 500.0),
        },
        trees=("conifer", "bare"),
        tree_count=(2, 8),
        stone="slate",
        moss=((0.42, 0.42, 0.24), 0.5),
        things={
            "bush": (20, 40),
            "rock": (32, 54),
            "signpost": (0, 1),
            "tent": (0, 1),
            "log": (0, 1),
            "hut": (0, 1),
            "flower": (4, 13),
        },
        bushes=("heather", "heather", "gorse"),
        steep=(0.42, 0.65),
        bare=(0.1, 0.3),
        wooded=(300, 0.8),
        tree_height=(3.0, 7.0),
        blades=(34000, (0.1, 0.26), ((0.5, 0.45, 0.24), (0.36, 0.36, 0.18))),
        haze=(5000.0, 12000.0),
    ),
    "lakeside": Biome(
        rolling=(4, 12),
        feature=(60, 120),
        rough=(0.1, 0.25),
        rise=(700, 1700),
        rise_from=(320, 650),
        craggy=(0.4, 1.0),
        covers={
            "base": Cover("grass", "turf", _GRASSES, (0.2, 0.7)),
            "path": _DIRT,
            "shore": Cover(
                "shore",
                "soil",
                (((0.52, 0.48, 0.42), (0.3, 0.3, 0.3)), ((0.6, 0.53, 0.42), (0.3, 0.3, 0.3))),
                scale=0.5,
            ),
            "rock": _CRAG,
            "bare": _EARTH,
            "mountain": _GREEN_HEIGHTS,
            "water": _WATER,
        },
        trees=("conifer", "birch", "broadleaf"),
        tree_count=(14, 28),
        stone="granite",
        moss=((0.32, 0.36, 0.14), 0.4),
        things={
            "bush": (8, 18),
            "rock": (14, 29),
            "flower": (11, 26),
            "log": (1, 3),
            "boat": (1, 2),
            "tent": (0, 1),
            "hut": (0, 1),
            "fence": (0, 1),
            "stump": (0, 1),
        },
        water=3.0,
        lakes=0.95,
        wooded=(850, 0.7),
        blades=(36000, (0.12, 0.34), ((0.34, 0.43, 0.16), (0.5, 0.47, 0.24))),
    ),
    "desert": Biome(
        rolling=(1, 5),
        feature=(60, 140),
        rough=(0.05, 0.15),
        rise=(350, 1000),
        rise_from=(350, 800),
        craggy=(0.5, 1.0),
        covers={
            "base": Cover(
                "sand",
                "sand",
                (
                    ((0.76, 0.63, 0.49), (0.66, 0.52, 0.39)),
                    ((0.8, 0.7, 0.56), (0.7, 0.58, 0.45)),
                    ((0.72, 0.55, 0.42), (0.6, 0.43, 0.32)),
                ),
            ),
            "path": Cover("path", "soil", (((0.62, 0.5, 0.37), (0.4, 0.3, 0.2)),), scale=0.35),
            "shore": _GRAVEL,
            "water": _WATER,
            "rock": Cover("rock face", "rock", (((0.58, 0.38, 0.26), (0.76, 0.6, 0.42)),), (0.1, 0.5)),
            "bare": Cover("ground", "soil", (((0.58, 0.45, 0.33), (0.4, 0.3, 0.2)),), scale=0.8),
            "mountain": Cover("mountain", "mountain", (((0.55, 0.37, 0.25), (0.6, 0.45, 0.3)),)),
        },
        trees=("bare",),
        tree_count=(0, 3),
        stone="sandstone",
        moss=((0.76, 0.62, 0.44), 0.4),
        things={
            "cactus": (9, 21),
            "bush": (16, 36),
            "rock": (18, 36),
            "tent": (0, 1),
            "signpost": (0, 1),
            "log": (0, 1),
        },
        bushes=("sage",),
        dunes=(0.0, 3.5),
        steep=(0.75, 1.0),
        bare=(0.0, 0.35),
        water=0.0,
        wooded=(0, 0.0),
        tree_height=(2.8, 5.0),
        blades=(3000, (0.15, 0.3), ((0.66, 0.58, 0.38), (0.55, 0.5, 0.3))),
        haze=(8000.0, 20000.0),
    ),
    "snow": Biome(
        rolling=(4, 12),
        feature=(55, 120),
        rough=(0.08, 0.2),
        rise=(600, 1700),
        rise_from=(320, 700),
        craggy=(0.4, 1.0),
        covers={
            "base": Cover("snow", "snow", (((0.88, 0.9, 0.93), (0.8, 0.85, 0.92)),)),
            "path": Cover(
                "path", "soil", (((0.55, 0.5, 0.46), (0.3, 0.3, 0.3)), ((0.7, 0.7, 0.72), (0.4, 0.4, 0.4))), scale=0.35
            ),
            "shore": _GRAVEL,
            "rock": Cover("rock face", "rock", (((0.4, 0.39, 0.38), (0.9, 0.92, 0.95)),), (0.5, 0.8)),
            "bare": _EARTH,
            "mountain": Cover("mountain", "mountain", (((0.24, 0.26, 0.22), (0.9, 0.92, 0.95)),), (0.9, 1.0), 120.0),
            "water": _WATER,
        },
        trees=("snowy", "snowy", "snowy", "bare", "birch"),
        tree_count=(18, 40),
        stone="granite",
        moss=((0.9, 0.92, 0.95), 0.75),
        things={
            "bush": (8, 20),
            "rock": (13, 25),
            "log": (0, 2),
            "fence": (0, 4),
            "signpost": (0, 1),
            "hut": (0, 1),
            "stump": (0, 2),
        },
        bushes=("snowy",),
        steep=(0.6, 0.85),
        bare=(0.0, 0.12),
        wooded=(700, 0.9),
        tree_height=(5.0, 13.0),
        blades=(1800, (0.12, 0.25), ((0.6, 0.53, 0.36), (0.5, 0.45, 0.3))),
        haze=(4000.0, 12000.0),
    ),
}
