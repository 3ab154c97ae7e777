"""Materials named by kind and parameters; `render.materials` knows the node tree of each kind."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from scenes.base import Positive, Rgb, Spec, Unit

__all__ = ["GLOW", "MATERIAL_KINDS", "Material", "MaterialKind"]

#: W/m2 of a surface that glows to be seen: bright, but not clipped to white. What lights a place is a lamp, or shines
#: more than that: then Cycles looks for its light from every surface, which takes samples from all others.
GLOW = 1.5

MaterialKind = Literal[
    "wood",  # planed timber with rings and pores; color is the heartwood
    "painted_wood",
    "ceramic",  # glazed, smooth, faint speckle
    "terracotta",
    "porcelain",
    "glass",  # clear or tinted by color
    "brushed_metal",
    "polished_metal",
    "painted_metal",
    "plastic",
    "matte_plastic",
    "rubber",
    "fabric",  # woven, visible thread at close range
    "leather",
    "paper",
    "cardboard",
    "wax",
    "cork",
    "stone",  # granite-like grain
    "marble",
    "concrete",
    "plaster",  # painted wall
    "wallpaper",
    "brick",
    "tiles",
    "floorboards",
    "carpet",
    "soil",
    "grass",
    "fruit_skin",  # smooth waxy skin with speckles and a second hue
    "citrus_skin",  # pitted
    "bread_crust",
    "leaf",  # sheet with veins; with `cutout` > 0 its leaf outline is cut out of the card, binary
    "foliage",
    "liquid",  # opaque drink: coffee, tea, milk
    "print",  # book pages' edge, box print: bands and blocks of a second colour
    "emission",  # a lamp's bulb or shade
    "tarmac",  # rolled road surface: aggregate, streaks along y, patches, cracks, oil
    "road_paint",  # markings; worn off down to the accent
    "pane",  # a window seen from outside: it mirrors, and behind it rooms of `color`, curtains of `accent`, or lamps
    "turf",  # what covers soil, near and far; the accent in drifts, more with wear
    "rock",  # weathered; the accent (moss, snow) on what faces up, more with wear
    "mountain",  # far heights; with wear the accent (snow) above `scale` metres
    "sand",
    "snow",
    "water",  # open water, opaque: its first surface is what is seen; wear is how choppy it is
    "bark",
    "cloth",  # of clothes: creased and faded with wear; long yarns, a weave only at close range
    "striped_cloth",  # the same with level stripes of the accent, two in one `scale`
    "skin",  # of people
    "face",  # of a head, `scale` 0.1 for one 0.2275 m high: redder cheeks, wrinkles with wear, a beard's accent
    "curls",  # tight curls of hair
    "hair",  # strands from the crown down; with wear, from a parting
    "leaves",  # thin sheets; a share `wear` of them has the accent's colour
    "denim",  # twill; paler where it rubs
    "knit",  # columns of stitches
    "velvet",
    "corduroy",
    "wicker",  # woven cane
    "paving",  # cast slabs `scale` long
    "cobbles",  # setts `scale` long, some toward the accent
    "terrazzo",  # chips toward the accent in cement, polished
    "mosaic",  # glass tiles of side `scale`, from the colour to the accent
    "slate",  # split slabs `scale` long
    "roof_tiles",  # courses of tiles `scale` wide; moss is the accent
    "parquet",  # herringbone of blocks `scale` wide
    "linoleum",  # marbled sheet, flecks of the accent
    "galvanised",  # zinc crystals
    "rusted_metal",  # color is that of the rust
    "hammered_metal",
    "chipboard",  # strand board
    "stoneware",  # glaze with specks, the accent where it pooled
    "stucco",  # rough render
    "frosted_glass",  # etched; the first surface is seen
    "stretch_film",  # wound round goods: cartons `scale` wide of the accent show through
]
MATERIAL_KINDS: tuple[str, ...] = get_args(MaterialKind)


class Material(Spec):
    """A surface: `kind`, its main `color` (sRGB, 0 to 1), an `accent` colour, feature `scale` in metres, and wear.

    `name` is the word a person would use ("oak", "ceramic"), for referring expressions. `seed` moves the pattern.
    `textures` is the digest of one of the user's texture sets, shown in place of the kind's own pattern with `scale`
    as the width of one repeat.
    """

    kind: MaterialKind
    name: str
    color: Rgb
    accent: Rgb = (0.5, 0.5, 0.5)
    scale: Positive = 0.1
    roughness: Unit | None = None  # None leaves the kind's own
    wear: Unit = 0.0
    cutout: Unit = 0.0
    strength: Annotated[float, Field(ge=0)] = 0.0  # W/m2 of emission, and of panes with a lamp on behind them
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    textures: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")] = ""

    @property
    def shines(self) -> bool:
        """Whether it lights what is around it, and does not only glow."""
        return self.kind == "emission" and self.strength > GLOW
