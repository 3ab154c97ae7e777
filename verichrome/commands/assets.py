"""`verichrome assets`: lists what the asset library holds and what in it cannot be used."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console

from render.blender_check import blender_installed
from scenes.library import Asset
from verichrome.commands.categories import describe_category
from verichrome.commands.settings import setting_lines
from verichrome.configfile import resolve
from verichrome.console import say_line
from verichrome.errors import UsageError
from verichrome.library.open import OpenLibrary
from verichrome.library.warnings import open_watched

__all__ = ["run"]


def run(folder: str | None, flags: Mapping[str, Any]) -> int:
    """Print the lists; 1 if nothing can be used."""
    family = {"family": "blend"} if flags.get("blend") else {}
    config = resolve({"assets": folder, **family, **flags})
    if not config.job.uses_library:
        raise UsageError("assets needs a folder of meshes, --blend, --hdris or --materials to list.")
    if not blender_installed():
        raise UsageError("Blender (the bpy package) is not installed, and reading assets needs it.")
    opened = open_watched(config, Console(stderr=True))
    console = Console()
    for line in _lines(opened):
        say_line(console, line)
    return 0 if _count(opened) else 1


def _lines(opened: OpenLibrary) -> Iterator[str]:
    library = opened.library
    yield from (f"category  {describe_category(category)}" for category in library.categories)
    yield from (f"mesh      {asset.name}: {_description(asset, opened.faces[asset.name])}" for asset in library.assets)
    yield from (f"          {name}: {reason}" for name, dropped in opened.dropped.items() for reason in dropped)
    for blend in (*library.blends, *opened.bare):
        yield from setting_lines(blend, opened.library.taxonomy)
    yield from (f"light     {probe.name}: {'sky' if probe.sky else 'backdrop'}" for probe in library.probes)
    yield from (
        f"material  {textures.name}: {textures.kind}, {textures.width:g} m a repeat" for textures in library.surfaces
    )
    yield from (f"skipped   {file.name}: {file.reason}" for file in opened.skipped)
    yield f"{_count(opened)} can be used, {len(opened.skipped)} are skipped."


def _description(asset: Asset, faces: int) -> str:
    size = " x ".join(f"{side:.3g}" for side in asset.size)
    return f"{asset.category}, {size} m, {faces:,} faces{', no materials' if asset.bare else ''}"


def _count(opened: OpenLibrary) -> int:
    library = opened.library
    return len(library.assets) + len(library.blends) + len(library.probes) + len(library.surfaces)
