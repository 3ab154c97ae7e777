"""Facts of a whole data set: counts, versions, configuration, failures."""

from collections import Counter
from typing import Any

import pyarrow.compute as pc

from shards.gallery.catalog import RECEIPTS_READ, Catalog
from shards.gallery.rows import RowFilter
from shards.layout import CONFIG, Kind
from shards.store import Store

__all__ = ["dataset_facts"]

_FAILED_LISTED = 200
_FAILED = RowFilter(pc.field("reason") != "", "failed")


def dataset_facts(frames: Catalog, pairs: Catalog) -> dict[str, Any]:
    """The facts of a data set for JSON; `partial` where a running job has more receipts than were read."""
    catalogs = [frames] if frames is pairs else [frames, pairs]
    shards = [*_shards(frames, "frames"), *_shards(pairs, "pairs")]
    scenes = frames.rows("scenes")
    failed = scenes.all(["scene_index", "family", "attempts", "reason"], _FAILED, RECEIPTS_READ)
    samples = pairs.rows("pairs")
    return {
        "families": scenes.value_counts("family", RECEIPTS_READ),
        "failed": failed.slice(0, _FAILED_LISTED).to_pylist(),
        "failures": len(failed),
        "tasks": samples.value_counts("task", RECEIPTS_READ),
        "codecs": samples.value_counts("codec", RECEIPTS_READ),
        "splits": samples.value_counts("split", RECEIPTS_READ),
        "shards": dict(Counter(shard["kind"] for shard in shards)),
        "bytes": _bytes(shards),
        "devices": dict(Counter(shard["device"] for shard in shards if shard["device"])),
        "versions": _versions(shards),
        "fingerprints": {kind: _fingerprints(shards, kind) for kind in ("frames", "pairs")},
        "rejections": sum(shard["rejections"] for shard in shards),
        "config": {catalog.store.url: _config(catalog.store) for catalog in catalogs},
        "partial": any(catalog.waiting > RECEIPTS_READ for catalog in catalogs),
    }


def _shards(catalog: Catalog, kind: Kind) -> list[dict[str, Any]]:
    columns = ["kind", "bytes", "fingerprint", "versions", "device", "rejections"]
    rows: list[dict[str, Any]] = catalog.rows("shards").all(columns, most=RECEIPTS_READ).to_pylist()
    return [row for row in rows if row["kind"] == kind]


def _bytes(shards: list[dict[str, Any]]) -> dict[str, int]:
    total = Counter[str]()
    for shard in shards:
        total[shard["kind"]] += shard["bytes"]
    return dict(total)


def _versions(shards: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Every version of each package that made some shard."""
    versions: dict[str, set[str]] = {}
    for shard in shards:
        for name, version in shard["versions"]:
            versions.setdefault(name, set()).add(version)
    return {name: sorted(versions[name]) for name in sorted(versions)}


def _fingerprints(shards: list[dict[str, Any]], kind: str) -> list[str]:
    return sorted({shard["fingerprint"] for shard in shards if shard["kind"] == kind})


def _config(store: Store) -> str:
    return store.read_bytes(CONFIG).decode(errors="replace") if store.exists(CONFIG) else ""
