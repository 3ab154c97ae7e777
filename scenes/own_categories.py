"""Categories that the user declares: validated against the taxonomy, with the ids that follow from their names."""

import hashlib
import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from scenes.base import Positive, Spec
from scenes.naming import known_words, plain
from scenes.suggestions import closest_category
from scenes.taxonomy import Category, load_taxonomy

__all__ = ["OWN_IDS", "DeclaredCategory", "declared", "own_id"]

#: Ids of the user's categories; those of the taxonomy are lower.
OWN_IDS = range(1000, 65536)
#: What a prompt can name and be read back from; an article would make it a phrase that refers.
WORD = re.compile(r"(?!(the|a|an|all|every|both|everything)\b)[a-z0-9][a-z0-9' -]*", re.IGNORECASE)
#: Words of expressions and legends that stand for anything.
TAKEN = frozenset({"background", "object", "objects", "thing", "things"})


def _word(text: str) -> str:
    if not WORD.fullmatch(text) or not plain(text) or plain(text) in TAKEN:
        raise ValueError("must be letters, digits, spaces, ' and -, and no article, object, thing or background")
    return text


Word = Annotated[str, AfterValidator(_word)]


class DeclaredCategory(Spec):
    """A category as the user declares it; `category` fills in what was left out.

    like: a thing of the taxonomy whose spots its things may take, as a delivery robot those of a trolley. size: the
    range of a thing's largest dimension in metres, by which odd scales are found. supercategory: a word for it and all
    others that have it. id: one of OWN_IDS instead of that which follows from the name.
    """

    name: Word
    plural: Word | None = None
    synonyms: tuple[Word, ...] = ()
    supercategory: Word | None = None
    kind: Literal["thing", "stuff"] = "thing"
    size: tuple[Positive, Positive] | None = None
    like: str = ""
    id: Annotated[int, Field(ge=OWN_IDS.start, lt=OWN_IDS.stop)] | None = None
    coco: str = ""
    ade20k: str = ""
    cityscapes: str = ""
    nyu40: str = ""

    @model_validator(mode="after")
    def _is_consistent(self) -> "DeclaredCategory":
        if self.size and self.size[0] >= self.size[1]:
            raise ValueError(f"size of {self.name} must grow from the smallest to the largest, got {list(self.size)}.")
        if self.kind == "stuff" and (self.size or self.like):
            raise ValueError(f"{self.name} is stuff, which has neither size nor like: only things are put somewhere.")
        if self.like and plain(self.like) not in known_words(False):
            unknown = plain(self.like) not in known_words(True)
            near = closest_category(plain(self.like), known_words(False)) if unknown else ""
            raise ValueError(f"like of {self.name} must be a thing of the taxonomy, got {self.like}{near}.")
        return self

    def category(self) -> Category:
        """The category; what was left out follows from its name."""
        return Category(
            id=self.id or own_id(self.name),
            name=self.name,
            plural=self.plural or _plural(self.name),
            synonyms=self.synonyms,
            supercategory=self.supercategory or self.name,
            kind=self.kind,
            size=self.size,
            coco=self.coco,
            ade20k=self.ade20k,
            cityscapes=self.cityscapes,
            nyu40=self.nyu40,
            like=known_words(False)[plain(self.like)] if self.like else "",
        )


def own_id(name: str) -> int:
    """The id of the user's category of this name: the same in every file, whatever else stands in it."""
    digest = hashlib.sha256(name.encode()).digest()
    return OWN_IDS[int.from_bytes(digest[:8], "big") % len(OWN_IDS)]


def declared(declarations: tuple[DeclaredCategory, ...]) -> tuple[Category, ...]:
    """The categories, by name; raises ValueError with a sentence where a word or an id would mean two of them."""
    categories = tuple(
        sorted((declaration.category() for declaration in declarations), key=lambda category: category.name)
    )
    for problem in _clashes(categories):
        raise ValueError(problem)
    return categories


def _clashes(own: tuple[Category, ...]) -> Iterator[str]:
    words = dict(known_words(True))
    above = {plain(category.supercategory) for category in load_taxonomy().category}
    ids: dict[int, str] = {}
    for category in own:
        for word in (category.name, category.plural, *category.synonyms):
            other = words.setdefault(plain(word), category.name)
            if other != category.name or category.name in known_words(True).values():
                yield f"{word!r} of {category.name} is a word for {other} already: a word means one category."
            if plain(word) in above:
                yield f"{word!r} of {category.name} is a word for several built-in categories: take a narrower one."
        if (other := ids.setdefault(category.id, category.name)) != category.name:
            yield f"{category.name} and {other} have the same id, {category.id}: set another (id: N) for one of them."
    for category in own:
        other = words.get(plain(category.supercategory), category.name)
        if other != category.name and plain(category.supercategory) not in above:
            yield f"supercategory {category.supercategory!r} of {category.name} is a word for {other} already."


def _plural(name: str) -> str:
    """The regular plural in English."""
    if re.search(r"[^aeiou]y$", name):
        return f"{name[:-1]}ies"
    return f"{name}es" if re.search(r"(s|x|z|ch|sh)$", name) else f"{name}s"
