"""The categories of things and stuff, with ids that never change: those of `taxonomy.toml`, and the user's own."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field, model_validator

from scenes.base import Positive, SceneError, Spec

__all__ = ["IN_PLACE", "Category", "Taxonomy", "load_taxonomy"]

#: Supercategories whose things stay where they are.
IN_PLACE = frozenset(
    {
        "bedding",
        "building part",
        "floor textile",
        "furniture",
        "household appliance",
        "plumbing fixture",
        "room structure",
        "shop fixture",
        "table covering",
        "wall decoration",
        "window covering",
    }
)


class Category(Spec):
    """A class of things (countable) or stuff. `size` is the range of a thing's largest dimension in metres.

    coco, ade20k, cityscapes, nyu40: the class that holds it in COCO (80 things and panoptic stuff), ADE20K (150),
    Cityscapes (19) and NYU Depth v2 (40), "" where there is none. like: for a declared category, that of the taxonomy
    whose places its objects may take.
    """

    id: Annotated[int, Field(ge=1, le=65535)]  # label maps are often 16-bit images
    name: str
    plural: str
    synonyms: tuple[str, ...]
    supercategory: str
    kind: Literal["thing", "stuff"]
    size: tuple[Positive, Positive] | None = None
    coco: str = ""
    ade20k: str = ""
    cityscapes: str = ""
    nyu40: str = ""
    like: str = ""

    @property
    def is_loose(self) -> bool:
        """Whether it is a thing that one puts somewhere, not furniture, a furnishing or part of the building."""
        if self.like:
            return load_taxonomy()[self.like].is_loose
        return self.kind == "thing" and self.supercategory not in IN_PLACE

    def size_word(self, largest: float) -> str:
        """Small, medium or large among its kind; "" between them, where people would disagree."""
        if self.size is None:
            return ""
        low, high = self.size
        share = (largest - low) / (high - low)
        bands = (("small", -0.01, 0.28), ("medium", 0.4, 0.6), ("large", 0.72, 1.01))
        return next((word for word, start, end in bands if start <= share <= end), "")


class Taxonomy(Spec):
    """All categories; names and ids are unique."""

    category: tuple[Category, ...]

    @model_validator(mode="after")
    def _unique(self) -> "Taxonomy":
        for values in ([category.id for category in self.category], [category.name for category in self.category]):
            if len(set(values)) < len(values):
                raise ValueError("two categories share an id or a name")
        return self

    def __getitem__(self, name: str) -> Category:
        for category in self.category:
            if category.name == name:
                return category
        raise SceneError(f"There is no category {name!r}; `verichrome categories` names them all.")

    def id_of(self, name: str) -> int:
        """The category's id; 0 for "", what nobody has labelled."""
        return self[name].id if name else 0

    def is_loose(self, name: str) -> bool:
        """Whether things of this category are put somewhere; what nobody has labelled is not."""
        return bool(name) and self[name].is_loose


@cache
def load_taxonomy(own: tuple[Category, ...] = ()) -> Taxonomy:
    """The taxonomy that comes with the package, and after it the user's `own` categories."""
    if own:
        return Taxonomy(category=(*load_taxonomy().category, *own))
    return Taxonomy.model_validate(tomllib.loads(files("scenes").joinpath("taxonomy.toml").read_text("utf-8")))
