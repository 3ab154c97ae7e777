"""Which part and which material a person would say a surface is of: the words of surface_words.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from scenes.material import Material
from scenes.model import ObjectSpec

__all__ = ["MaterialWord", "PartWord", "material_of", "materials", "part_word", "scene_parts"]


@dataclass(frozen=True, slots=True)
class PartWord:
    """What a person calls a part of a model.

    name: the part's own. word, plural: for one and for several of it, "" where there is no word. several: whether the
    part by itself is several of them ("wheels").
    """

    name: str
    word: str = ""
    plural: str = ""
    several: bool = False


@dataclass(frozen=True, slots=True)
class MaterialWord:
    """A material that a person names. Its id never changes."""

    id: int
    name: str


def scene_parts(models: Iterable[ObjectSpec]) -> tuple[PartWord, ...]:
    """The parts of the models whose parts are known, each name once, in alphabetical order."""
    names = {part.name for model in set(models) if model.has_known_parts for part in model.parts}
    return tuple(part_word(name) for name in sorted(names))


@cache
def part_word(name: str) -> PartWord:
    """The word for the part of that name: that of the name without its numbers, or of its last words.

    The last words of an English name say what it is: "drawer 11 handle" is a handle, "front leg 2" a leg.
    """
    nouns = _part_nouns()
    words = [word for word in name.split() if not any(c.isdigit() for c in word) and word != "-"]
    for start in range(len(words)):
        found = nouns.get(" ".join(words[start:]))
        if found is not None:
            word, plural, several = found
            return PartWord(name, word, plural, several)
    return PartWord(name)


def materials() -> tuple[MaterialWord, ...]:
    """Every material that has a name, in order of id."""
    return _tables().materials


def material_of(material: Material) -> int:
    """The id of the word for a material, by its own name, or else by its kind; 0 where there is none."""
    tables = _tables()
    for key in (f"{material.kind}/{material.name}", material.name):
        if key in tables.names:
            return tables.names[key]
    return tables.kinds.get(material.kind, 0)


@dataclass(frozen=True, slots=True)
class _Tables:
    """names: ids by a material's name, or by "kind/name". kinds: ids of the other materials, by kind."""

    materials: tuple[MaterialWord, ...]
    names: Mapping[str, int]
    kinds: Mapping[str, int]


@cache
def _document() -> Mapping[str, Any]:
    return tomllib.loads(files("scenes").joinpath("surface_words.toml").read_text("utf-8"))


@cache
def _part_nouns() -> Mapping[str, tuple[str, str, bool]]:
    """By a part's name without numbers, or its last words: word, plural, whether it is several; "" for no word."""
    nouns: dict[str, tuple[str, str, bool]] = {}
    exceptions: dict[str, tuple[str, str, bool]] = dict.fromkeys(_document()["unnamed_parts"], ("", "", False))
    for row in _document()["part"]:
        word, plural = row["name"], row["plural"]
        nouns[plural] = (word, plural, True)
        nouns[word] = (word, plural, False)
        exceptions |= dict.fromkeys(row.get("also", ()), (word, plural, False))
        exceptions |= dict.fromkeys(row.get("also_several", ()), (word, plural, True))
    return {**nouns, **exceptions}


@cache
def _tables() -> _Tables:
    rows = _document()["material"]
    names: dict[str, int] = dict.fromkeys(_document()["unnamed_materials"], 0)
    kinds: dict[str, int] = {}
    for row in rows:
        names |= dict.fromkeys(row.get("names", ()), row["id"])
        kinds |= dict.fromkeys(row.get("kinds", ()), row["id"])
    return _Tables(tuple(MaterialWord(row["id"], row["name"]) for row in rows), names, kinds)
