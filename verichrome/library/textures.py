"""Texture sets by the names that their files commonly have: `oak_01_basecolor.png`, `Bricks075A_2K_NormalGL.jpg`."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from scenes.material import MATERIAL_KINDS, MaterialKind

__all__ = ["IMAGES", "kind_of", "texture_sets"]

IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".exr", ".webp", ".tga")

#: Words for what a map holds, by role; the first role that has the word takes the file.
ROLES: Mapping[str, frozenset[str]] = {
    "color": frozenset(["basecolor", "basecolour", "albedo", "diffuse", "diff", "color", "colour", "col", "base"]),
    "normal": frozenset(["normal", "normalgl", "normalogl", "normals", "nor", "norgl", "nrm", "nrml", "norm"]),
    "roughness": frozenset(["roughness", "rough", "rgh"]),
    "metallic": frozenset(["metallic", "metalness", "metal", "met"]),
    "ao": frozenset(["ao", "ambientocclusion", "occlusion", "occ"]),
    "height": frozenset(["height", "displacement", "disp", "bump"]),
}
#: Normal maps of DirectX have an inverted green channel; a set with only those is shown without relief.
LEFT_OUT = frozenset(["normaldx", "nordx", "opacity", "preview"])
NOISE = re.compile(r"^(\d+k|\d+|gl|ogl|dx|jpg|png|exr|tif|map|mat|vray|\d+mm)$")

#: Words in the names of sets and folders that name the kind of material, beside the kinds' own names.
WORDS: Mapping[str, MaterialKind] = {
    "bricks": "brick", "tile": "tiles", "wooden": "wood", "planks": "floorboards", "parquet": "floorboards",
    "floor boards": "floorboards", "wood floor": "floorboards", "fabrics": "fabric", "cloth": "fabric",
    "textile": "fabric", "rock": "stone", "granite": "stone", "soils": "soil", "ground": "soil", "mud": "soil",
    "dirt": "soil", "rug": "carpet", "stucco": "plaster", "metal": "brushed_metal", "steel": "brushed_metal",
    "terracotta": "terracotta", "asphalt": "concrete",
}  # fmt: skip


def texture_sets(names: Iterator[str]) -> dict[str, dict[str, str]]:
    """Files by role, by the name of their set: the folder and what the files' names share."""
    sets: dict[str, dict[str, str]] = {}
    for name in names:
        path = PurePosixPath(name)
        words = [word for word in re.split(r"[\W_]+", _spaced(path.stem)) if word]
        role = next((role for role in ROLES if _has_word(words, role)), "")
        if not role or any(word.casefold() in LEFT_OUT for word in words):
            continue
        known = {word for entry in ROLES.values() for word in entry}
        stem = "_".join(word for word in words if word.casefold() not in known and not NOISE.match(word.casefold()))
        digits = "".join(word for word in words if word.isdigit())
        key = (path.parent / (f"{stem}_{digits}" if digits and stem else stem or path.parent.name)).as_posix()
        sets.setdefault(key, {}).setdefault(role, name)
    return sets


def kind_of(name: str) -> MaterialKind | None:
    """The kind of material that the name of a set, or else of its folders from the nearest on, names."""
    for part in reversed(PurePosixPath(name).parts):
        text = f" {' '.join(re.split(r'[^a-z]+', _spaced(part).casefold()))} "
        for word, kind in [*WORDS.items(), *((kind.replace("_", " "), kind) for kind in MATERIAL_KINDS)]:
            if f" {word} " in text:
                return kind  # type: ignore[return-value]
    return None


def _spaced(text: str) -> str:
    """`WoodFloor040` as `Wood Floor 040`, but `BaseColor` and `NormalGL` as one word each."""
    text = re.sub(r"(?i)base[ _-]?colou?r", "basecolor", text)
    text = re.sub(r"(?i)ambient[ _-]?occlusion", "ambientocclusion", text)
    text = re.sub(r"(?i)(normal|nor)[ _-]?(gl|ogl|dx)\b", r"\1\2", text)
    text = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", text)
    return re.sub(r"(?<=[A-Za-z]{2})(?=\d)", " ", text)


def _has_word(words: list[str], role: str) -> bool:
    return any(word.casefold() in ROLES[role] for word in words[1:] or words)
