"""The configuration's folders as a `AssetLibrary` that scenes are sampled from, and all that was left out of it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from render.errors import RenderError
from render.library.cache import prepared_folder
from render.library.requests import PreparationResult
from scenes import AssetLibrary, Category, load_taxonomy
from scenes.library import Asset, EnvironmentMap, TextureSet
from scenes.settings import SurveyedSetting
from verichrome.config import Config
from verichrome.errors import UsageError
from verichrome.library.folder import local_folder
from verichrome.library.preparation import PreparationLimits, prepare_files
from verichrome.library.scan import FoundFile, SkippedFile, scan_assets, scan_materials, scan_probes
from verichrome.library.settings import RULES, scan_blends
from verichrome.library.sizes import misfit, unit_fault
from verichrome.library.yaml_files import read_categories
from verichrome.machine import GIB, memory_bytes

__all__ = ["OpenLibrary", "open_library"]

#: A thing so many times smaller or larger than its category ever is was surely drawn in another unit.
ODD = 4.0
#: Bytes of memory for a preparation, and the share of this machine's, where `scene_memory` does not say.
MEMORY, SHARE = 8 * GIB, 0.9
#: Seconds for a file that is no whole place.
SECONDS = 600
#: Mean luminance over the sphere of Blender's own probes, which lamps of our scenes are set against.
BRIGHTNESS = 0.75


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """What can be used, what cannot, and how many faces each mesh has, by name.

    bare: places of which nothing is labelled, or that are in another unit; they are among the skipped.
    dropped: what was left out of meshes, by name; a place has its own list.
    """

    library: AssetLibrary
    skipped: tuple[SkippedFile, ...]
    faces: dict[str, int]
    bare: tuple[SurveyedSetting, ...] = ()
    dropped: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def open_library(config: Config, progress: Callable[[int, int], None] = lambda done, total: None) -> OpenLibrary:
    """Find, check and prepare what `assets`, `blend`, `hdris` and `materials` name; raises UsageError where one is no
    folder, or `categories` no file of categories."""
    try:
        prepared_folder()
    except RenderError as error:
        raise UsageError(str(error)) from error
    own = read_categories(config.job.categories)
    found, skipped = _scan(config, own)
    own = _all_categories(own, found)
    orders = {entry.digest: entry.order for entry in found}
    answers = prepare_files(orders, _bounds(config), lambda done: progress(done, len(orders)))
    usable = []
    for entry in found:
        problem = _problem(entry, answers[entry.digest], own)
        if problem:
            skipped.append(SkippedFile(entry.name, problem))
        else:
            usable.append(entry)
    faces = {entry.name: answers[entry.digest].faces for entry in usable}
    bare = [entry for entry in found if entry.order.kind == "blend" and entry not in usable]
    listed = tuple(_blend(entry, answers[entry.digest]) for entry in bare if not answers[entry.digest].problem)
    dropped = {entry.name: told for entry in usable if (told := answers[entry.digest].dropped)}
    return OpenLibrary(_library(usable, answers, own), tuple(skipped), faces, listed, dropped)


def _bounds(config: Config) -> PreparationLimits:
    memory = min(MEMORY, SHARE * memory_bytes()) if config.job.scene_memory is None else config.job.scene_memory * GIB
    return PreparationLimits(int(memory), min(SECONDS, config.job.scene_timeout), config.job.scene_timeout)


def _scan(config: Config, own: tuple[Category, ...]) -> tuple[list[FoundFile], list[SkippedFile]]:
    """What is worth preparing, and what is left out."""
    scans: dict[str, Callable[[Path], Iterable[FoundFile | SkippedFile]]] = {
        "assets": lambda folder: scan_assets(folder, own, config.job.new_categories),
        "hdris": scan_probes,
        "materials": scan_materials,
    }
    entries = list(scan_blends(config.job.blend, config.job.rules, own)) if config.job.blend else []
    for field, scan in scans.items():
        if url := getattr(config.job, field):
            entries += scan(local_folder(url, field))
    found = [entry for entry in entries if isinstance(entry, FoundFile)]
    return found, [entry for entry in entries if isinstance(entry, SkippedFile)]


def _all_categories(own: tuple[Category, ...], found: list[FoundFile]) -> tuple[Category, ...]:
    """Those that are declared and those that folders made; raises UsageError where two of them have one id."""
    made = {entry.made.name: entry.made for entry in found if entry.made}
    every = (*own, *(made[name] for name in sorted(made)))
    ids: dict[int, str] = {}
    for entry in every:
        if (other := ids.setdefault(entry.id, entry.name)) != entry.name:
            raise UsageError(
                f"new_categories: {other} and {entry.name} come to the same id, {entry.id}: declare one of them in a "
                "file of categories with another id."
            )
    return every


def _problem(found: FoundFile, answer: PreparationResult, own: tuple[Category, ...]) -> str:
    if answer.problem:
        return answer.problem
    if found.order.kind == "blend":
        return _unlabelled(answer) or _unit(found, answer, own)
    if found.order.kind != "mesh":
        return ""
    category = load_taxonomy(own)[found.category]
    largest = max(max(axis) - min(axis) for axis in zip(*answer.points, strict=True))
    told = misfit(category, largest, ODD)
    return told and f"it is {told}: say its scale or size in assets.yaml"


def _unlabelled(answer: PreparationResult) -> str:
    fixtures = answer.place["fixtures"]
    if any(entry["category"] for entry in fixtures):
        return ""
    names = ", ".join(entry["name"] for entry in fixtures[:3])
    return f"none of its {len(fixtures)} things has a category ({names}...): say what they are in {RULES} beside it"


def _unit(found: FoundFile, answer: PreparationResult, own: tuple[Category, ...]) -> str:
    """Why a place whose scale nobody has said must be in another unit."""
    told = "" if "scale" in found.order.rules else unit_fault(_blend(found, answer), load_taxonomy(own))
    return told and f"{told}: say its scale, metres a unit, in {RULES} beside it; what is said there is believed"


def _library(usable: list[FoundFile], answers: dict[str, PreparationResult], own: tuple[Category, ...]) -> AssetLibrary:
    """Equal contents under equal names give an equal digest, wherever the folders are; `own` are all the user's
    categories."""
    assets = tuple(_asset(entry, answers[entry.digest]) for entry in usable if entry.order.kind == "mesh")
    probes = tuple(_probe(entry, answers[entry.digest]) for entry in usable if entry.order.kind == "probe")
    surfaces = tuple(_surface(entry) for entry in usable if entry.order.kind == "surface")
    blends = tuple(_blend(entry, answers[entry.digest]) for entry in usable if entry.order.kind == "blend")
    shown = {entry.category for entry in assets} | {thing.category for blend in blends for thing in blend.fixtures}
    categories = tuple(entry for entry in own if entry.name in shown)
    digest = _digest((*assets, *blends, *probes, *surfaces, *categories))
    return AssetLibrary(
        assets=assets,
        blends=blends,
        probes=probes,
        surfaces=surfaces,
        categories=categories,
        digest=digest,
        files={entry.digest: answers[entry.digest].sha256 for entry in usable},
    )


def _digest(entries: Iterable[Asset | SurveyedSetting | Category | EnvironmentMap | TextureSet]) -> str:
    """What follows from a file's content, as its survey does, need not be hashed again."""
    left_out = {"points", "fixtures", "spots"}
    text = json.dumps([entry.model_dump(mode="json", exclude=left_out) for entry in entries], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _blend(found: FoundFile, answer: PreparationResult) -> SurveyedSetting:
    return SurveyedSetting.model_validate({**answer.place, "name": found.name, "digest": found.digest})


def _asset(found: FoundFile, answer: PreparationResult) -> Asset:
    return Asset(
        name=found.name,
        category=found.category,
        digest=found.digest,
        points=answer.points,
        bare=answer.bare,
        color=found.rule.color or "",
        material=found.rule.material or "",
    )


def _probe(found: FoundFile, answer: PreparationResult) -> EnvironmentMap:
    strength = round(BRIGHTNESS / answer.brightness, 6)
    return EnvironmentMap(
        name=found.name, digest=found.digest, strength=max(strength, 1e-6), sky=found.category == "sky"
    )


def _surface(found: FoundFile) -> TextureSet:
    return TextureSet(
        name=Path(found.name).as_posix(),
        kind=found.category,
        digest=found.digest,
        width=found.rule.width or 1.0,
    )
