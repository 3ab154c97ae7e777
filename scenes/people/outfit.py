"""What people put on: garments that go together, with their cuts and materials."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.finishes import finish, vary
from scenes.material import Material, MaterialKind
from scenes.people.build import Build
from scenes.people.colors import cloth_color

__all__ = ["OPEN", "TOPS", "ZIPPED", "GarmentCut", "Outfit", "Role", "sample_outfit"]

Role = Literal["town", "work", "hike", "home", "ride"]  # at work: a high-visibility vest and a helmet


@dataclass(frozen=True)
class GarmentCut:
    """How a top fits."""

    ease: float  # metres wider than the body
    sleeve: float  # how far down the arm it goes; 1 is the wrist
    drop: float  # of the hem under the hip joints, as a share of the stature
    boxy: float  # how straight it hangs, 0 to 1
    fabric: str  # how it folds: a name of `FABRICS`
    flare: float = 0.0  # how much wider the hem is, metres

    @property
    def ribbed(self) -> bool:
        """Whether sleeves and hem end in knitted bands, which hold them to the body."""
        return self.fabric in ("knit", "fleece")

    @property
    def banded(self) -> bool:
        """Whether a band goes round the neck."""
        return self.fabric in ("jersey", "knit", "fleece")


TOPS = {
    "t-shirt": GarmentCut(0.009, 0.42, 0.02, 0.55, "jersey"),
    "shirt": GarmentCut(0.010, 0.99, 0.03, 0.5, "shirting"),
    "sweater": GarmentCut(0.013, 1.0, 0.02, 0.5, "knit"),
    "hoodie": GarmentCut(0.016, 1.0, 0.02, 0.7, "fleece"),
    "jacket": GarmentCut(0.019, 1.0, 0.03, 0.7, "shell"),
    "blazer": GarmentCut(0.015, 0.985, 0.08, 0.3, "suiting"),
    "coat": GarmentCut(0.018, 1.0, 0.2, 0.45, "overcoat", flare=0.02),
}
OPEN = ("blazer", "coat")  # worn over a shirt that shows
ZIPPED = ("shirt", "jacket")


@dataclass(frozen=True)
class Outfit:
    """Names of garments and their materials; "" for none.

    legs: jeans, trousers, shorts, skirt or dress; extra: vest; hat: cap, beanie, helmet or cycle helmet; bag: backpack,
    handbag or tote.
    """

    top: str
    cloth: Material
    under: Material
    legs: str
    bottom: Material
    width: float  # how wide trouser legs are: 0 tight to 1
    shoes: str
    leather: Material
    sole: Material
    hat: str
    hat_material: Material
    bag: str
    bag_material: Material
    extra: str = ""

    @property
    def bottom_fabric(self) -> str:
        """How trousers or skirt fold, a name of `FABRICS`: a dress as its top does, a blazer's trousers as suits do."""
        if self.legs == "dress":
            return TOPS[self.top].fabric
        if self.legs == "jeans":
            return "denim"
        return "suiting" if self.top == "blazer" and self.legs != "skirt" else "twill"


def _cloth(
    rng: np.random.Generator,
    color: Rgb,
    *,
    kind: MaterialKind = "cloth",
    coarse: float = 0.1,
    roughness: float = 0.9,
) -> Material:
    return finish(rng, kind, "fabric", color, scale=coarse, roughness=roughness, wear=draw.uniform(rng, 0.1, 0.5))


def sample_outfit(rng: np.random.Generator, build: Build, role: Role, *, seated: bool = False) -> Outfit:
    """Clothes that suit build and role; seated people wear no long coats or skirts."""
    top = _top(rng, build, role, seated)
    legs = _legs(rng, build, role, top, seated)
    color = cloth_color(rng, "tops")
    if top == "blazer":
        color = cloth_color(rng, "bottoms")
    slick = top == "jacket" and draw.chance(rng, 0.6)
    knitted = top == "sweater"
    cloth = _cloth(
        rng,
        color,
        kind="knit" if knitted else "cloth",
        coarse=0.2 if knitted else 0.1,
        roughness=0.55 if slick else 0.9,
    )
    if top in ("t-shirt", "sweater") and draw.chance(rng, 0.22):
        width = draw.uniform(rng, 0.03, 0.12)
        cloth = finish(rng, "striped_cloth", "fabric", color, accent=cloth_color(rng, "tops"), scale=width, wear=0.2)
    denim = legs == "jeans"
    bottom = _cloth(
        rng, cloth_color(rng, "denim" if denim else "bottoms"), kind="denim" if denim else "cloth", coarse=0.12
    )
    if legs == "dress":
        bottom = cloth
    elif legs == "skirt" and draw.chance(rng, 0.4):
        bottom = _cloth(rng, cloth_color(rng, "tops"))
    if top == "blazer" and draw.chance(rng, 0.6):
        bottom = cloth
    shoes = _shoes(rng, build, role, top, legs)
    hat = _hat(rng, build, role, top)
    return Outfit(
        top=top,
        cloth=cloth,
        under=_cloth(rng, (0.88, 0.88, 0.87) if draw.chance(rng, 0.5) else cloth_color(rng, "tops")),
        legs=legs,
        bottom=bottom,
        width=draw.uniform(rng, 0.0, 1.0) * (0.6 if build.female else 1.0),
        shoes=shoes,
        leather=_leather(rng, shoes),
        sole=_sole(rng, shoes),
        hat=hat,
        hat_material=_hat_material(rng, role, hat),
        bag=_bag(rng, build, role),
        bag_material=_bag_material(rng),
        extra="vest" if role == "work" else "",
    )


def _pick(rng: np.random.Generator, table: dict[str, float]) -> str:
    weights = np.array(list(table.values()))
    return draw.choice(rng, list(table), p=weights / weights.sum())


def _top(rng: np.random.Generator, build: Build, role: Role, seated: bool) -> str:
    match role:
        case "work":
            return _pick(rng, {"shirt": 2, "sweater": 2, "t-shirt": 1, "hoodie": 1})
        case "hike":
            return _pick(rng, {"jacket": 4, "shirt": 1, "t-shirt": 1.5, "hoodie": 1})
        case "ride":
            return _pick(rng, {"t-shirt": 3, "sweater": 1, "hoodie": 1, "jacket": 2.5})
        case "home":
            return _pick(rng, {"t-shirt": 3, "shirt": 2, "sweater": 3, "hoodie": 1})
    table = {"t-shirt": 2.0, "shirt": 1.5, "sweater": 1.6, "hoodie": 1.5, "jacket": 3.0, "blazer": 1.2, "coat": 1.8}
    if seated or build.age == "child":
        table["coat"] = 0.0
    if build.age == "child":
        table["blazer"] = 0.0
    if build.age == "old":
        table |= {"hoodie": 0.1, "t-shirt": 0.6}
    return _pick(rng, table)


def _legs(rng: np.random.Generator, build: Build, role: Role, top: str, seated: bool) -> str:
    if role in ("work", "hike"):
        return _pick(rng, {"trousers": 3, "jeans": 1, "shorts": 0.7 if role == "hike" and top == "t-shirt" else 0})
    warm = top in ("t-shirt", "shirt")
    table = {"jeans": 3.0, "trousers": 2.2, "shorts": 1.0 if warm else 0.0}
    if top == "blazer":
        table = {"trousers": 3.0, "jeans": 0.8}
    if build.female and not seated and role != "ride":
        table |= {"skirt": 0.9, "dress": 0.9 if warm else 0.0}
    return _pick(rng, table)


def _shoes(rng: np.random.Generator, build: Build, role: Role, top: str, legs: str) -> str:
    if role in ("work", "hike"):
        return "boots"
    if top in ("blazer", "coat") and draw.chance(rng, 0.7):
        return "shoes"
    return _pick(rng, {"sneakers": 3, "shoes": 1, "boots": 0.8 if legs != "shorts" else 0})


def _leather(rng: np.random.Generator, shoes: str) -> Material:
    if shoes == "sneakers":
        colors = [(0.86, 0.86, 0.84), (0.1, 0.1, 0.11), (0.5, 0.5, 0.5), (0.16, 0.22, 0.38), (0.6, 0.18, 0.16)]
        return _cloth(rng, vary(rng, draw.choice(rng, colors, p=[0.4, 0.25, 0.15, 0.1, 0.1])), roughness=0.6)
    colors = [(0.06, 0.055, 0.05), (0.25, 0.14, 0.08), (0.42, 0.26, 0.14)]
    return finish(rng, "leather", "leather", vary(rng, draw.choice(rng, colors, p=[0.5, 0.3, 0.2])), roughness=0.35)


def _sole(rng: np.random.Generator, shoes: str) -> Material:
    gray = 0.85 if shoes == "sneakers" and draw.chance(rng, 0.75) else 0.08
    return Material(kind="rubber", name="rubber", color=(gray, gray, 0.98 * gray))  # of two colours: shared


def _hat(rng: np.random.Generator, build: Build, role: Role, top: str) -> str:
    if role == "work":
        return "helmet"
    if role == "ride":
        return _pick(rng, {"cycle helmet": 6, "": 3, "cap": 1})
    if role == "home" or top == "blazer":
        return ""
    cold = top in ("jacket", "coat")
    return _pick(rng, {"": 7, "cap": 1.4 if build.age != "old" else 0.6, "beanie": 1.8 if cold else 0.0})


def _hat_material(rng: np.random.Generator, role: Role, hat: str) -> Material:
    if role == "work":
        colors = [(0.93, 0.75, 0.1), (0.9, 0.9, 0.88), (0.85, 0.35, 0.08), (0.12, 0.3, 0.62)]
        return finish(rng, "plastic", "plastic", vary(rng, colors[draw.integer(rng, 4)]), roughness=0.3)
    if hat == "cycle helmet":
        return finish(rng, "plastic", "plastic", cloth_color(rng, "tops"), roughness=0.35)
    return _cloth(rng, cloth_color(rng, "tops"), coarse=0.25)


def _bag(rng: np.random.Generator, build: Build, role: Role) -> str:
    if role == "hike":
        return "backpack"
    if role != "town":
        return ""
    if build.age == "child":
        return _pick(rng, {"": 2, "backpack": 1})
    return _pick(rng, {"": 5, "backpack": 1.6, "tote": 1.2, "handbag": 2.0 if build.female else 0.0})


def _bag_material(rng: np.random.Generator) -> Material:
    if draw.chance(rng, 0.5):
        leather_color = [(0.07, 0.065, 0.06), (0.33, 0.19, 0.11), (0.55, 0.4, 0.27)][draw.integer(rng, 3)]
        return finish(rng, "leather", "leather", vary(rng, leather_color), roughness=0.4)
    return _cloth(rng, cloth_color(rng, "tops"), coarse=0.15)
