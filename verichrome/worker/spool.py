"""Finished scenes of unfinished shards, kept in the output until their shard is committed.

A scene is stored in `.spool/{key}-s{scene}`: its frames and its rows for the receipt. Its pairs are not kept, since
encoding is cheap and deterministic. The spool is in the store, beside the shards, since a worker's disk is lost with a
preempted node. The folder is hidden, so no reader takes it for output. `key` is a hash of the configuration and the
versions that made the scene, so that other scenes are never used; the hash in front detects a damaged file.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from encode import FormatError, SceneIndex
from encode.reading.json_text import read_json
from shards import BadSample, Store, StoreError
from verichrome.config import Config
from verichrome.config.fingerprint import frames_fingerprint
from verichrome.versions import installed, package_versions
from verichrome.worker.finished_scene import Members, SceneRecord

__all__ = ["SceneDropped", "Spool", "clear_spool"]

_FOLDER = ".spool/"
_HASH = 64


class SceneDropped(Exception):
    """A spooled scene is not there any more: another worker has committed its shard."""


@dataclass(frozen=True, slots=True)
class Spool:
    """The finished scenes of one `key`."""

    store: Store
    key: str

    @classmethod
    def of(cls, store: Store, config: Config) -> "Spool":
        """The spool of a configuration as it is rendered by what is installed here."""
        made_by = {"fingerprint": frames_fingerprint(config), "bpy": installed("bpy"), **package_versions()}
        return cls(store, hashlib.sha256(json.dumps(made_by, sort_keys=True).encode()).hexdigest()[:16])

    def put(self, record: SceneRecord, members: Sequence[Members]) -> None:
        """Keep a scene, with the members of each of its frames. Raises StoreError."""
        self.store.put(self._name(record.scene.scene_index), _pack(record, members))

    def get(self, scene: SceneIndex) -> tuple[SceneRecord, list[dict[str, bytes]]] | None:
        """One of the `held` scenes and the members of its frames; None if it is damaged.

        Raises BadSample for an intact file of another scene, SceneDropped, StoreError.
        """
        name = self._name(scene)
        try:
            spooled = _unpack(self.store.read_bytes(name))
        except StoreError as error:
            if self.store.exists(name):
                raise
            raise SceneDropped(f"{self.store.where(name)} was removed while it was in use") from error
        if spooled is not None and spooled[0].scene.scene_index != scene:
            raise BadSample(f"it is of scene {spooled[0].scene.scene_index}")
        return spooled

    def held(self) -> set[SceneIndex]:
        """The scenes that are kept. Raises StoreError."""
        prefix = f"{_FOLDER}{self.key}-s"
        suffixes = (name.removeprefix(prefix) for name in self.store.names(prefix))
        return {SceneIndex(int(suffix)) for suffix in suffixes if suffix.isdigit()}

    def drop(self, scenes: Iterable[SceneIndex]) -> None:
        """Forget scenes whose shard is committed. Raises StoreError."""
        for scene in scenes:
            self.store.remove(self._name(scene))

    def _name(self, scene: SceneIndex) -> str:
        return f"{_FOLDER}{self.key}-s{scene:07d}"


class _SpoolHeader(BaseModel):
    """The first line of a spooled scene: its rows for the receipt, and the number of bytes of each frame's members."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: SceneRecord
    sizes: tuple[dict[str, Annotated[int, Field(ge=0)]], ...]


def clear_spool(store: Store) -> None:
    """Remove every spooled scene, those of other configurations and versions too. Raises StoreError."""
    for name in list(store.names(_FOLDER)):
        store.remove(name)
    store.remove_empty(_FOLDER.rstrip("/"))


def _pack(record: SceneRecord, members: Sequence[Members]) -> bytes:
    sizes = [{suffix: len(content) for suffix, content in frame.items()} for frame in members]
    head = json.dumps({"rows": record.model_dump(mode="json"), "sizes": sizes}).encode()
    body = b"".join((head, b"\n", *(content for frame in members for content in frame.values())))
    return hashlib.sha256(body).hexdigest().encode() + body


def _unpack(spooled: bytes) -> tuple[SceneRecord, list[dict[str, bytes]]] | None:
    body = spooled[_HASH:]
    if spooled[:_HASH] != hashlib.sha256(body).hexdigest().encode():
        return None
    head, _, rest = body.partition(b"\n")
    try:
        header = _SpoolHeader.model_validate(read_json(head, "a spooled scene"))
    except FormatError as error:
        raise BadSample(str(error)) from error
    except ValidationError:  # the rows of another version of this format
        return None
    if sum(size for sizes in header.sizes for size in sizes.values()) != len(rest):
        raise BadSample("its members do not have the sizes in its first line")
    members, at = [], 0
    for sizes in header.sizes:
        frame = {}
        for suffix, size in sizes.items():
            frame[suffix] = rest[at : at + size]
            at += size
        members.append(frame)
    return header.rows, members
