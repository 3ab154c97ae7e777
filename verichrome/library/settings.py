"""The user's .blend files and the rules for them: found, read, and ready to be prepared."""

from collections.abc import Iterator
from pathlib import Path

import fsspec

from render.library.requests import PreparationRequest
from scenes.settings import SettingRules
from scenes.taxonomy import Category
from verichrome.errors import UsageError
from verichrome.library.asset_files import content_digest, members, reach
from verichrome.library.folder import entries_in, is_there, local_folder
from verichrome.library.rules import AssetRule
from verichrome.library.scan import FoundFile, SkippedFile
from verichrome.library.yaml_files import read_yaml_model

__all__ = ["RULES", "read_blend_rules", "scan_blends"]

#: Raise it when preparation of settings changes, so that they are prepared again.
VERSION = 5
RULES = "rules.yaml"


def scan_blends(url: str, rules: str | None, own: tuple[Category, ...]) -> Iterator[FoundFile | SkippedFile]:
    """The .blend that the URL names, or every one below the folder that it names, sorted; raises UsageError.

    own: the user's categories.
    """
    folder, entries = _files(url)
    common = read_blend_rules(Path(rules), own) if rules else None
    declared = [entry.model_dump(mode="json") for entry in own]
    for name, problem in entries:
        if problem:
            yield SkippedFile(name, problem)
            continue
        path = folder / name
        chosen = common or _rules_beside(path, own, folder)
        ruled = chosen.model_dump(mode="json", exclude_defaults=True)
        treatment = (ruled, *([declared] if declared else []), *reach(name))
        digest = content_digest(members(path, folder), "blend", VERSION, *treatment)
        inside = str(folder), str(path.resolve().parent)  # a .blend that is named may be a link
        yield FoundFile(
            name,
            digest,
            PreparationRequest("blend", str(path), "", rules=ruled, categories=declared, folders=inside),
            AssetRule(),
        )


def read_blend_rules(path: Path, own: tuple[Category, ...] = ()) -> SettingRules:
    """The rules in a YAML file, which may name the user's `own` categories; raises UsageError with one sentence."""
    return read_yaml_model(path, SettingRules, "rules", {"own": own})


def _rules_beside(path: Path, own: tuple[Category, ...], folder: Path) -> SettingRules:
    """`kitchen.yaml` beside `kitchen.blend`, else `rules.yaml`, else none."""
    for name in (path.with_suffix(".yaml"), path.with_name(RULES)):
        if is_there(name, folder):
            return read_blend_rules(name, own)
    return SettingRules()


def _files(url: str) -> tuple[Path, list[tuple[str, str]]]:
    """The folder on this machine, and the .blend files below it that are meant: names, and why one is not opened."""
    try:
        system, root = fsspec.core.url_to_fs(url)
        alone = system.isfile(root)
    except (ImportError, ValueError, OSError) as error:
        raise UsageError(f"blend: cannot read {url} ({error}).") from error
    if alone and not root.lower().endswith(".blend"):
        raise UsageError(f"blend must name a .blend or a folder of them, and {url} is another file.")
    if alone:
        above, _, name = url.rpartition("/")
        return local_folder(above or ".", "blend"), [(name, "")]
    folder = local_folder(url, "blend", "a .blend or a folder of them")
    entries = list(entries_in(folder, (".blend",)))
    if not entries:
        raise UsageError(f"blend must name a .blend or a folder of them, and {url} holds none.")
    return folder, entries
