"""Lists the user's folders: what to prepare, and what to skip and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from render.library.requests import PreparationRequest
from scenes.taxonomy import Category
from verichrome.library.asset_files import content_digest, gltf_category, gltf_packing, members, reach
from verichrome.library.categories import category_of, category_problem, new_category
from verichrome.library.folder import entries_in
from verichrome.library.rules import AssetRule, read_rules
from verichrome.library.textures import IMAGES, kind_of, texture_sets

__all__ = ["FoundFile", "SkippedFile", "scan_assets", "scan_materials", "scan_probes"]

#: Raise it when preparation of files changes, so that they are prepared again.
VERSION = 5
MESHES = (".glb", ".gltf", ".obj", ".fbx", ".usd", ".usda", ".usdc", ".usdz", ".ply", ".stl", ".blend")
PROBES = (".hdr", ".exr")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file or texture set that is worth preparing. `request` lacks its target, which the digest decides.

    made: the category that was made of its folder's name, where it is not declared.
    """

    name: str
    digest: str
    request: PreparationRequest
    rule: AssetRule
    category: str = ""
    made: Category | None = None


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """What is left out, and why, in a clause."""

    name: str
    reason: str


def scan_assets(folder: Path, own: tuple[Category, ...] = (), new: bool = False) -> Iterator[FoundFile | SkippedFile]:
    """Every mesh file below the folder, sorted by name; what a rule skips is left out without a word.

    own: the user's categories. new: a word that names no category makes one.
    """
    rules = read_rules(folder)
    files = list(entries_in(folder, MESHES))
    for name in sorted(rules.labels.keys() - {name for name, _ in files}):
        yield SkippedFile(name, "labels.csv names it, and there is no such mesh file")
    for name, problem in files:
        rule = rules.of(name)
        if rule.skip:
            continue
        if problem:
            yield SkippedFile(name, problem)
            continue
        words = [rule.category] if rule.category else _words(folder, name)
        category = next(filter(None, (category_of(word, rules.names, own) for word in words)), "")
        folder_category = None if category or not (new and words) else new_category(words[0], rules.names, own)
        if isinstance(folder_category, str):
            yield SkippedFile(name, folder_category)
        elif folder_category or category:
            yield FoundFile(
                name,
                *_mesh(folder, name, rule),
                rule,
                folder_category.name if folder_category else category,
                folder_category,
            )
        else:
            yield SkippedFile(name, category_problem(words, own))


def scan_probes(folder: Path) -> Iterator[FoundFile | SkippedFile]:
    """Every .hdr and .exr below the folder."""
    rules = read_rules(folder)
    for name, problem in entries_in(folder, PROBES):
        rule = rules.of(name)
        if problem and not rule.skip:
            yield SkippedFile(name, problem)
        elif not rule.skip:
            digest = content_digest([folder / name], "probe", VERSION)
            yield FoundFile(
                name,
                digest,
                PreparationRequest("probe", str(folder / name), "", folders=(str(folder),)),
                rule,
                _probe_category(name, rule),
            )


def scan_materials(folder: Path) -> Iterator[FoundFile | SkippedFile]:
    """Every texture set below the folder."""
    rules = read_rules(folder)
    files = list(entries_in(folder, IMAGES))
    yield from (SkippedFile(name, problem) for name, problem in files if problem and not rules.of(name).skip)
    for name, maps in sorted(texture_sets(name for name, problem in files if not problem).items()):
        rule = rules.of(name)
        if rule.skip:
            continue
        kind = rule.kind or kind_of(name)
        if "color" not in maps:
            yield SkippedFile(name, f"it has no base colour, only {', '.join(sorted(maps))}")
        elif kind is None:
            yield SkippedFile(name, "its name names no kind of material; set one in assets.yaml")
        else:
            paths = {role: str(folder / maps[role]) for role in sorted(maps) if role != "ao"}
            digest = content_digest([Path(path) for path in paths.values()], "surface", VERSION, list(paths))
            request = PreparationRequest("surface", str(folder / maps["color"]), "", maps=paths, folders=(str(folder),))
            yield FoundFile(name, digest, request, rule, kind)


def _words(folder: Path, name: str) -> list[str]:
    """Names that may give the category where no label does: a glTF's extras, then the folders, nearest first."""
    extra = gltf_category(folder / name)
    return [word for word in (extra, *reversed(Path(name).parent.parts)) if word]


def _mesh(folder: Path, name: str, rule: AssetRule) -> tuple[str, PreparationRequest]:
    """The digest, and the request."""
    request = PreparationRequest(
        "mesh",
        str(folder / name),
        "",
        up=rule.up or "",
        scale=rule.scale or 0.0,
        size=rule.size or 0.0,
        turn=rule.turn or 0.0,
        folders=(str(folder),),
    )
    specified = (request.up, request.scale, request.size, request.turn, Path(name).suffix.lower())
    # Packed meshes were refused in earlier versions, so only they have a part of their own in the digest.
    return content_digest(
        members(folder / name, folder), "mesh", VERSION, specified, *gltf_packing(folder / name), *reach(name)
    ), request


def _probe_category(name: str, rule: AssetRule) -> str:
    """Sky where the label or a folder is called sky, else backdrop."""
    words = {part.casefold() for part in Path(name).parent.parts} | {(rule.category or "").casefold()}
    return "sky" if words & {"sky", "skies"} else "backdrop"
