"""What people know of the categories of things: the table knowledge.toml, and what it says of one object."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

__all__ = ["Knowledge", "has_attribute", "load_knowledge"]

_ENTRY = re.compile(r"(?P<name>[a-z_]+)(?P<mark>[?*]?)")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The table.

    meanings: a sentence for each attribute. categories: the attributes of each category, True for what all its objects
    have, None for what is unclear. by_material: for an attribute that the material decides, the verdict of each
    material. material_decides: the pairs of category and attribute that it decides.
    """

    meanings: Mapping[str, str]
    categories: Mapping[str, Mapping[str, bool | None]]
    by_material: Mapping[str, Mapping[str, bool]]
    material_decides: frozenset[tuple[str, str]]


@cache
def load_knowledge() -> Knowledge:
    """Return the table of the package."""
    data = tomllib.loads(files("encode.reasoning").joinpath("knowledge.toml").read_text("utf-8"))
    categories, decided = {}, set()
    for category, row in data["categories"].items():
        attributes: dict[str, bool | None] = {}
        for entry in row.split():
            match = _ENTRY.fullmatch(entry)
            if match is None or match["name"] not in data["meanings"]:
                raise ValueError(f"knowledge.toml, {category}: expected attributes of [meanings], got {entry!r}")
            attributes[match["name"]] = True if match["mark"] == "" else None
            if match["mark"] == "*":
                decided.add((category, match["name"]))
        categories[category] = MappingProxyType(attributes)
    return Knowledge(
        MappingProxyType(data["meanings"]),
        MappingProxyType(categories),
        MappingProxyType({name: _verdicts(table) for name, table in data["materials"].items()}),
        frozenset(decided),
    )


def has_attribute(attribute: str, category: str, material: str = "") -> bool | None:
    """Return whether an object has an attribute; None where that is open, and for categories that are not known.

    material: as in scene.json, "" where it is not known.
    """
    knowledge = load_knowledge()
    row = knowledge.categories.get(category)
    if row is None:
        return None
    if (category, attribute) in knowledge.material_decides:
        return knowledge.by_material[attribute].get(material)
    return row.get(attribute, False)


def _verdicts(table: Mapping[str, list[str]]) -> Mapping[str, bool]:
    return MappingProxyType({material: answer == "yes" for answer in ("yes", "no") for material in table[answer]})
