"""The user's rules for a .blend: patterns over the names of objects, collections and materials."""

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from scenes.base import Positive, Spec
from scenes.naming import BEYOND, known_words, plain
from scenes.suggestions import closest_category
from scenes.taxonomy import Category

__all__ = ["UNLABELLED", "ObjectNames", "SettingRule", "SettingRules", "matches"]

UNLABELLED = "unlabelled"


class ObjectNames(Spec):
    """What an object is called: itself, then what it hangs under (parents, instancers) from the nearest on.

    collections: those it lies in, from the innermost on, and those that its instancers show.
    """

    object: str
    above: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()


class SettingRule(Spec):
    """What holds for all that the patterns fit; one that is left out fits everything. `*` and `?` as in file names.

    category: a category of the taxonomy or one of its words; `unlabelled` for none. skip: leave it out of the scene.
    whole: all that it fits in one collection is one thing. color, made_of: words for referring expressions. The user's
    own categories are validated where the context has them: `model_validate(..., context={"own": ...})`.
    """

    object: str | None = None
    collection: str | None = None
    material: str | None = None
    category: str | None = None
    skip: bool | None = None
    whole: bool | None = None
    color: str | None = None
    made_of: str | None = None

    @field_validator("category")
    @classmethod
    def _category_is_known(cls, word: str | None, info: ValidationInfo) -> str | None:
        if word is None or word == UNLABELLED:
            return word
        known = known_words(True, (info.context or {}).get("own", ()))
        category = known.get(plain(word))
        if category is None:
            near = closest_category(plain(word), known)
            raise ValueError(f"must be a category of the taxonomy or one of its words, and {word!r} is none{near}")
        if category in BEYOND:
            raise ValueError(f"must not be {category}, which lies beyond all surfaces: skip a dome, and keep its world")
        return category

    def over(self, under: "SettingRule") -> "SettingRule":
        """This rule where it says something, else the other."""
        return under.model_copy(update=self.model_dump(exclude_none=True))


class SettingRules(Spec):
    """All that a rules file says; of `rules`, later ones win.

    scene: which of the file's scenes; its own active one where it is empty. layer: which of the scene's view layers;
    all that are switched on where it is empty. scale: metres a unit; the file's own unit scale where it is None.
    world: what its world shows where no surface is.
    """

    scene: str = ""
    layer: str = ""
    scale: Positive | None = None
    world: Literal["sky", "backdrop"] | None = None
    rules: Annotated[tuple[SettingRule, ...], Field()] = ()

    def merged_rule(self, names: ObjectNames, called: str, own: bool, material: str) -> SettingRule:
        """One rule from all that fit an object under the name `called`: its own, or that of a parent.

        A rule without a pattern for objects speaks of objects themselves.
        """
        merged = SettingRule()
        for rule in self.rules:
            if rule.object is None and not own:
                continue
            if rule.object is not None and not matches(rule.object, (called,)):
                continue
            if rule.collection is not None and not matches(rule.collection, names.collections):
                continue
            if rule.material is None or matches(rule.material, (material,)):
                merged = rule.over(merged)
        return merged


def matches(pattern: str, names: Sequence[str]) -> bool:
    """Whether one of the names fits, in any case, with or without Blender's `.001` at its end."""
    wanted = pattern.casefold()
    forms = {form for name in names for form in (name.casefold(), re.sub(r"\.\d+$", "", name.casefold()))}
    # Infinigen's and Blender's names may hold brackets, which are no sets of letters here.
    return any(fnmatchcase(form, wanted.replace("[", "[[]")) for form in forms)


def category_of(rule: SettingRule, own: tuple[Category, ...] = ()) -> str | None:
    """The category that the rule gives: "" for unlabelled, None where it says nothing."""
    return "" if rule.category == UNLABELLED else rule.category and known_words(True, own)[plain(rule.category)]
