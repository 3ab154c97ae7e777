"""Prepared files go through the job's output, which every worker reaches, wherever it runs.

A file is named by the SHA-256 of its bytes, and opened only if that matches: else users who may write to the output
could make every worker open their own .blend.
"""

import hashlib
import os
from pathlib import Path

from render.errors import RenderError
from render.library.cache import file_digest, prepared
from render.library.requests import MOST_BYTES
from scenes import AssetLibrary, SceneSpec
from scenes.scene import Panorama
from scenes.shapes import Imported
from shards import Store, StoreError

__all__ = ["asset_digests", "download_assets", "upload_library"]


def upload_library(library: AssetLibrary, store: Store) -> None:
    """Upload every prepared file of the library to the output, under library/; existing ones stay."""
    for digest, sha256 in sorted(library.files.items()):
        if not store.exists(_name(sha256)):
            store.put_file(prepared(digest), _name(sha256))


def asset_digests(spec: SceneSpec) -> set[str]:
    """The digests of the prepared files that the scene shows."""
    parts = [part for item in spec.objects for part in item.model.parts]
    shapes = (part.shape for part in parts)
    digests = {shape.digest for shape in shapes if isinstance(shape, Imported)}
    digests |= {part.material.textures for part in parts if part.material.textures}
    digests |= {spec.setting.digest} if spec.setting else set()
    return digests | ({spec.world.digest} if isinstance(spec.world, Panorama) else set())


def download_assets(spec: SceneSpec, store: Store, library: AssetLibrary) -> None:
    """Download the prepared files that the scene shows and this machine lacks, or has in another version.

    Raises RenderError where a file is missing, or is not the file that was prepared.
    """
    for digest in sorted(asset_digests(spec)):
        target, sha256 = prepared(digest), library.files.get(digest, "")
        if sha256 and file_digest(target) == sha256:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f"{target.name}.{os.getpid()}")
        try:
            received = _download(store, _name(sha256), aside)
            if received != sha256:
                raise RenderError(
                    f"{store.where(_name(sha256))} is not the prepared file that it is named for (its SHA-256 is "
                    f"{received}): remove it, and run the job again."
                )
            aside.replace(target)
        except StoreError as error:
            raise RenderError(
                f"The prepared asset {digest} is neither in {target.parent} nor in the output: {error}."
            ) from error
        finally:
            aside.unlink(missing_ok=True)


def _download(store: Store, name: str, target: Path) -> str:
    """Download at most the size limit of prepared files; return the SHA-256 of what was written."""
    total, left = hashlib.sha256(), MOST_BYTES
    with store.open(name) as source, target.open("wb") as copy:
        while left > 0 and (block := source.read(1 << 20)):
            copy.write(block)
            total.update(block)
            left -= len(block)
    return total.hexdigest()


def _name(sha256: str) -> str:
    return f"library/{sha256}"
