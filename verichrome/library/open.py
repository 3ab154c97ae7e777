"""The configuration's folders as an `AssetLibrary` that scenes are sampled from, and what was left out of it."""

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
from verichrome.library.sizes import misfit, unit_problem
from verichrome.library.yaml_files import read_categories
from verichrome.machine import GIB, worker_memory_bytes

__all__ = ["OpenLibrary", "open_library"]

#: An asset that is so many times smaller or larger than its category's sizes must be in another unit.
ODD = 4.0
#: Bytes of memory for a preparation, where `scene_memory` is not set and the machine has so much.
MEMORY = 8 * GIB
#: Seconds for a file that is not a whole setting.
SECONDS = 600
#: Mean luminance over the sphere of Blender's own probes, to which the lamps of scenes are adjusted.
BRIGHTNESS = 0.75


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """What can be used, what cannot, and how many faces each mesh has, by name.

    bare: settings without a labelled object, or in another unit; they are among the skipped.
    dropped: what was left out of meshes, by name; a setting has its own list.
    """

    library: AssetLibrary
    skipped: tuple[SkippedFile, ...]
    faces: dict[str, int]
    bare: tuple[SurveyedSetting, ...] = ()
    dropped: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def open_library(config: Config, progress: Callable[[int, int], None] = lambda done, total: None) -> OpenLibrary:
    """Find, check and prepare what `assets`, `blend`, `hdris` and `materials` name.

    Raises UsageError where one of them is not a folder, or `categories` not a file of categories.
    """
    try:
        prepared_folder()
    except RenderError as error:
        raise UsageError(str(error)) from error
    own = read_categories(config.job.categories)
    files, skipped = _scan(config, own)
    own = _all_categories(own, files)
    requests = {file.digest: file.request for file in files}
    answers = prepare_files(requests, _bounds(config), lambda done: progress(done, len(requests)))
    usable = []
    for file in files:
        problem = _problem(file, answers[file.digest], own)
        if problem:
            skipped.append(SkippedFile(file.name, problem))
        else:
            usable.append(file)
    faces = {file.name: answers[file.digest].faces for file in usable}
    bare = [file for file in files if file.request.kind == "blend" and file not in usable]
    listed = tuple(_blend(file, answers[file.digest]) for file in bare if not answers[file.digest].problem)
    dropped = {file.name: reasons for file in usable if (reasons := answers[file.digest].dropped)}
    return OpenLibrary(_library(usable, answers, own), tuple(skipped), faces, listed, dropped)


def _bounds(config: Config) -> PreparationLimits:
    memory = min(MEMORY, worker_memory_bytes()) if config.job.scene_memory is None else config.job.scene_memory * GIB
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
    files = [file for file in entries if isinstance(file, FoundFile)]
    return files, [file for file in entries if isinstance(file, SkippedFile)]


def _all_categories(own: tuple[Category, ...], files: list[FoundFile]) -> tuple[Category, ...]:
    """Categories that are declared or named by folders; raises UsageError where two of them have one id."""
    new_categories = {file.made.name: file.made for file in files if file.made}
    every = (*own, *(new_categories[name] for name in sorted(new_categories)))
    ids: dict[int, str] = {}
    for category in every:
        if (other := ids.setdefault(category.id, category.name)) != category.name:
            raise UsageError(
                f"new_categories: {other} and {category.name} have the same id, {category.id}: declare one of them "
                "in a file of categories with another id."
            )
    return every


def _problem(file: FoundFile, answer: PreparationResult, own: tuple[Category, ...]) -> str:
    if answer.problem:
        return answer.problem
    if file.request.kind == "blend":
        return _unlabelled(answer) or _unit(file, answer, own)
    if file.request.kind != "mesh":
        return ""
    category = load_taxonomy(own)[file.category]
    largest = max(max(axis) - min(axis) for axis in zip(*answer.points, strict=True))
    reasons = misfit(category, largest, ODD)
    return reasons and f"it is {reasons}: give its scale or size in assets.yaml"


def _unlabelled(answer: PreparationResult) -> str:
    fixtures = answer.setting["fixtures"]
    if any(fixture["category"] for fixture in fixtures):
        return ""
    names = ", ".join(fixture["name"] for fixture in fixtures[:3])
    return f"none of its {len(fixtures)} objects has a category ({names}...): label them in {RULES} beside it"


def _unit(file: FoundFile, answer: PreparationResult, own: tuple[Category, ...]) -> str:
    """Why a setting must be in another unit; empty where a rule gives its scale."""
    reasons = "" if "scale" in file.request.rules else unit_problem(_blend(file, answer), load_taxonomy(own))
    return reasons and f"{reasons}: give its scale, metres a unit, in {RULES} beside it; such a scale is not questioned"


def _library(usable: list[FoundFile], answers: dict[str, PreparationResult], own: tuple[Category, ...]) -> AssetLibrary:
    """The library of the usable files; equal contents under equal names give an equal digest, wherever they are.

    own: all the user's categories.
    """
    assets = tuple(_asset(file, answers[file.digest]) for file in usable if file.request.kind == "mesh")
    probes = tuple(_probe(file, answers[file.digest]) for file in usable if file.request.kind == "probe")
    surfaces = tuple(_surface(file) for file in usable if file.request.kind == "surface")
    blends = tuple(_blend(file, answers[file.digest]) for file in usable if file.request.kind == "blend")
    shown = {file.category for file in assets} | {fixture.category for blend in blends for fixture in blend.fixtures}
    categories = tuple(file for file in own if file.name in shown)
    digest = _digest((*assets, *blends, *probes, *surfaces, *categories))
    return AssetLibrary(
        assets=assets,
        blends=blends,
        probes=probes,
        surfaces=surfaces,
        categories=categories,
        digest=digest,
        files={file.digest: answers[file.digest].sha256 for file in usable},
    )


def _digest(entries: Iterable[Asset | SurveyedSetting | Category | EnvironmentMap | TextureSet]) -> str:
    """SHA-256 of the entries, without what follows from a file's content (the survey): its digest covers that."""
    left_out = {"points", "fixtures", "spots"}
    text = json.dumps([file.model_dump(mode="json", exclude=left_out) for file in entries], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _blend(file: FoundFile, answer: PreparationResult) -> SurveyedSetting:
    return SurveyedSetting.model_validate({**answer.setting, "name": file.name, "digest": file.digest})


def _asset(file: FoundFile, answer: PreparationResult) -> Asset:
    return Asset(
        name=file.name,
        category=file.category,
        digest=file.digest,
        points=answer.points,
        bare=answer.bare,
        color=file.rule.color or "",
        material=file.rule.material or "",
    )


def _probe(file: FoundFile, answer: PreparationResult) -> EnvironmentMap:
    strength = round(BRIGHTNESS / answer.brightness, 6)
    return EnvironmentMap(name=file.name, digest=file.digest, strength=max(strength, 1e-6), sky=file.category == "sky")


def _surface(file: FoundFile) -> TextureSet:
    return TextureSet(
        name=Path(file.name).as_posix(),
        kind=file.category,
        digest=file.digest,
        width=file.rule.width or 1.0,
    )
