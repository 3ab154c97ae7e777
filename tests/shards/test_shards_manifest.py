"""The manifest holds what the receipts hold, in the documented types, and can be made again."""

import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import shards.manifest
from shards import DamagedShard, FailureRow, FrameRow, PairRow, Receipt, RejectionRow, SceneRow, Store, write_manifest
from shards.manifest import SCHEMAS

MODELS = {"scenes": SceneRow, "frames": FrameRow, "pairs": PairRow}


@pytest.mark.parametrize("table", sorted(MODELS))
def test_every_field_of_a_row_has_a_column(table: str) -> None:
    assert SCHEMAS[table].names == list(MODELS[table].model_fields)  # type: ignore[attr-defined]


def test_tables_hold_the_receipts(tmp_path: Path, fill: Callable[..., None]) -> None:
    store = Store(tmp_path)
    fill(store)
    assert write_manifest(store) == {"scenes": 4, "frames": 8, "pairs": 40, "shards": 4}
    tables = {name: pq.read_table(tmp_path / f"manifest/{name}.parquet") for name in SCHEMAS}
    for name, schema in SCHEMAS.items():
        assert tables[name].schema.equals(schema)
    frame = tables["frames"].to_pylist()[3]
    assert (frame["key"], frame["scene_index"], frame["view"], frame["shard"]) == ("s0000001-v01", 1, 1, 0)
    assert dict(frame["seconds"]) == {"image": 0.5}
    assert 0 < frame["depth_min"] < frame["depth_median"] < frame["depth_max"]
    assert tables["pairs"]["task"].to_pylist()[:5] == ["depth", "instance", "normals", "referring", "semantic"]
    assert tables["shards"]["file"].to_pylist()[2] == "pairs/pairs-000000.tar"


def test_the_same_receipts_give_the_same_bytes(tmp_path: Path, fill: Callable[..., None]) -> None:
    store = Store(tmp_path)
    fill(store)
    write_manifest(store)
    first = {name: store.read_bytes(name) for name in store.names("manifest/")}
    for name in first:
        store.remove(name)
    write_manifest(store)
    assert {name: store.read_bytes(name) for name in store.names("manifest/")} == first


def test_a_failure_half_way_leaves_the_old_tables(tmp_path: Path, fill: Callable[..., None]) -> None:
    store = Store(tmp_path)
    fill(store, shards=1)
    write_manifest(store)
    before = {name: store.read_bytes(name) for name in store.names("manifest/")}
    fill(store, shards=2)
    store.put("receipts/pairs-000001.json", b"half a rec")
    with pytest.raises(DamagedShard, match="pairs-000001"):
        write_manifest(store)
    assert {name: store.read_bytes(name) for name in store.names("manifest/")} == before
    assert not list((tmp_path / ".tmp").iterdir())


def test_scenes_that_failed_and_views_without_surface_have_rows(tmp_path: Path) -> None:
    receipt = Receipt(
        kind="frames",
        index=0,
        file="frames/frames-000000.tar",
        bytes=0,
        sha256="0" * 64,
        samples=0,
        fingerprint="f",
        scenes=(SceneRow(scene_index=0, family="room", attempts=3, objects=0, reason="no camera sees the table"),),
        failures=(FailureRow(scene_index=0, attempt=0, stage="image", reason="crashed", fatal=False),),
        rejections=(RejectionRow(scene_index=0, attempt=1, view=-1, candidate=0, check="lit", reason="dark"),) * 2,
    )
    store = Store(tmp_path)
    store.put("receipts/frames-000000.json", receipt.to_json().encode())
    write_manifest(store)
    assert pq.read_table(tmp_path / "manifest/scenes.parquet")["reason"].to_pylist() == ["no camera sees the table"]
    shard = pq.read_table(tmp_path / "manifest/shards.parquet").to_pylist()[0]
    assert (shard["failures"], shard["rejections"]) == (1, 2)


def test_memory_is_flat_in_the_number_of_receipts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def receipts(count: int) -> Iterator[Receipt]:
        for index in range(count):
            rows = tuple(
                PairRow(key=f"{index}-{n}", frame_key="f", task="depth", codec="gray", template="t", split="train",
                    shard=index, target_sha256="0" * 64)
                for n in range(50)
            )  # fmt: skip
            yield Receipt(
                kind="pairs", index=index, file="x", bytes=1, sha256="0" * 64, samples=50, fingerprint="f", pairs=rows
            )

    monkeypatch.setattr(shards.manifest, "_GROUP_ROWS", 256)
    peaks = []
    for count in (40, 400):
        monkeypatch.setattr(shards.manifest, "_all_receipts", lambda _, count=count: receipts(count))
        tracemalloc.start()
        arrow = pa.total_allocated_bytes()
        assert write_manifest(Store(tmp_path))["pairs"] == 50 * count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert pa.total_allocated_bytes() <= arrow + (1 << 20)
    assert peaks[1] < 2 * peaks[0]
    assert pq.ParquetFile(tmp_path / "manifest/pairs.parquet").num_row_groups == -(-50 * 400 // 256)
