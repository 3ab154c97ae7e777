"""What each object of a .blend is: by the user's rules first, else by what it and its surroundings are called."""

from collections.abc import Iterator

from scenes.base import Spec
from scenes.naming import category_named
from scenes.settings.rules import ObjectNames, SettingRule, SettingRules, category_of, matches
from scenes.taxonomy import Category, load_taxonomy

__all__ = ["ObjectLabel", "ObjectNames", "label_of"]


class ObjectLabel(Spec):
    """What an object (or its faces of one material) is.

    category: "" where nothing says it. level: how far up the name was found that says it, 0 for the object itself; all
    that takes its category from one thing above is one thing. collection: the collection that is one thing, or "".
    """

    category: str = ""
    skip: bool = False
    level: int = 0
    collection: str = ""
    color: str = ""
    made_of: str = ""


def label_of(names: ObjectNames, material: str, rules: SettingRules, own: tuple[Category, ...] = ()) -> ObjectLabel:
    """The label of an object's faces of `material`; `own` are the user's categories.

    Rules win over names, and the nearest name wins: the object's own, then those of what it hangs under; then a
    material called like a wall or a floor; then the collections, from the innermost on.
    """
    for level, called in enumerate((names.object, *names.above)):
        merged = rules.merged_rule(names, called, level == 0, material)
        if merged.skip:
            return ObjectLabel(skip=True)
        category = category_of(merged, own)
        if category is not None:
            return _label(category, level, merged, _whole(merged, names, rules))
    # Rules that give no category may still give words.
    merged = rules.merged_rule(names, names.object, True, material)
    category, level = next(_by_name(names, material, own), ("", 0))
    return _label(category, level, merged, "")


def _by_name(names: ObjectNames, material: str, own: tuple[Category, ...]) -> Iterator[tuple[str, int]]:
    for level, called in enumerate((names.object, *names.above)):
        if category := category_named(called, own):
            yield category, level
    category = category_named(material, own)
    if category and load_taxonomy(own)[category].kind == "stuff":
        yield category, 0
    for called in names.collections:
        if category := category_named(called, own):
            yield category, 0


def _label(category: str, level: int, merged: SettingRule, collection: str) -> ObjectLabel:
    return ObjectLabel(
        category=category,
        level=level,
        collection=collection,
        color=merged.color or "",
        made_of=merged.made_of or "",
    )


def _whole(merged: SettingRule, names: ObjectNames, rules: SettingRules) -> str:
    """The collection that a rule with `whole` makes one thing of: the one it names, else the innermost."""
    if not merged.whole:
        return ""
    patterns = [rule.collection for rule in rules.rules if rule.whole and rule.collection]
    fitting = [name for name in names.collections if any(matches(pattern, (name,)) for pattern in patterns)]
    return next(iter(fitting or names.collections), "")
