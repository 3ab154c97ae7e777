"""Prepared files by way of the job's output, which every worker reaches: wherever a worker runs, it has them."""

import os
from pathlib import Path

from render.errors import RenderError
from render.library.cache import prepared
from scenes import Library, SceneSpec
from scenes.scene import Panorama
from scenes.shapes import Imported
from shards import Store, StoreError

__all__ = ["fetch", "needed", "push"]


def push(library: Library, store: Store) -> None:
    """Put every prepared file of the library into the output, under library/; those that are there stay."""
    held = (library.assets, library.blends, library.probes, library.surfaces)
    for digest in sorted({entry.digest for entries in held for entry in entries}):
        if not store.exists(_name(digest)):
            store.put_file(prepared(digest), _name(digest))


def needed(spec: SceneSpec) -> set[str]:
    """The digests of the prepared files that the scene shows."""
    parts = [part for item in spec.objects for part in item.model.parts]
    shapes = (part.shape for part in parts)
    found = {shape.digest for shape in shapes if isinstance(shape, Imported)}
    found |= {part.material.textures for part in parts if part.material.textures}
    found |= {spec.setting.digest} if spec.setting else set()
    return found | ({spec.world.digest} if isinstance(spec.world, Panorama) else set())


def fetch(spec: SceneSpec, store: Store) -> None:
    """Bring what the scene shows and this machine lacks; raises RenderError where it is nowhere."""
    for digest in sorted(needed(spec)):
        target = prepared(digest)
        if target.is_file():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f"{target.name}.{os.getpid()}")
        try:
            _download(store, digest, aside)
        except StoreError as error:
            raise RenderError(
                f"The prepared asset {digest} is neither in {target.parent} nor in the output: {error}."
            ) from error
        aside.replace(target)


def _download(store: Store, digest: str, target: Path) -> None:
    with store.open(_name(digest)) as source, target.open("wb") as copy:
        while block := source.read(1 << 20):
            copy.write(block)


def _name(digest: str) -> str:
    return f"library/{digest}"
