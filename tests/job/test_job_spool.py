"""The spool: what it returns and refuses, and that it is not taken for output. The lock of an output folder."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from encode import SceneIndex
from shards import SceneRow, ShardIndex, Store, audit_dataset, read_receipt
from shards.receipts import CommittedShards
from tests.job.conftest import TINY, Ran, rendered
from tests.job.fake_engine import FakeBlender, Faults
from verichrome.config import Config
from verichrome.configfile import resolve
from verichrome.errors import UsageError
from verichrome.lock import hold_output
from verichrome.messages import CompleteShard, SceneDone, ShardDone, WorkItem
from verichrome.worker.finished_scene import SceneRecord
from verichrome.worker.shard import ShardMaker
from verichrome.worker.spool import SceneDropped, Spool, _pack, clear_spool

CONFIG = resolve({"family": "shapes"})
MEMBERS = [{"image.png": b"png\n\0", "scene.json": b"{}"}, {"image.png": b"", "scene.json": b"{...}"}]


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return Store(tmp_path / "out" if request.param == "folder" else f"memory://{tmp_path}")


def record(scene: int) -> SceneRecord:
    return SceneRecord(scene=SceneRow(scene_index=scene, family="shapes", attempts=1, objects=3), device="CPU")


def test_a_spooled_scene_reads_back(store: Store) -> None:
    spool = Spool.of(store, CONFIG)
    assert spool.held() == set()
    for scene in (7, 12_345_678):
        spool.put(record(scene), MEMBERS)
    assert spool.held() == {7, 12_345_678}
    assert spool.get(SceneIndex(7)) == (record(7), MEMBERS)
    spool.drop([SceneIndex(6), SceneIndex(7)])
    assert spool.held() == {12_345_678}
    clear_spool(store)
    assert spool.held() == set()


def test_the_spool_does_not_count_as_output(store: Store) -> None:
    Spool.of(store, CONFIG).put(record(0), MEMBERS)
    assert list(store.names()) == []


@pytest.mark.parametrize("fields", [{"seed": 1}, {"samples": 3}, {"family": "room"}])
def test_the_spool_of_another_configuration_is_not_used(store: Store, fields: dict[str, object]) -> None:
    Spool.of(store, CONFIG).put(record(0), MEMBERS)
    assert Spool.of(store, resolve({"family": "shapes"}, fields)).held() == set()
    assert Spool.of(store, resolve({"family": "shapes", "scenes": 99, "workers": 3})).held() == {0}


def test_the_spool_of_another_version_is_not_used(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    Spool.of(store, CONFIG).put(record(0), MEMBERS)
    monkeypatch.setattr("verichrome.worker.spool.package_versions", lambda: {"verichrome": "99"})
    assert Spool.of(store, CONFIG).held() == set()


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b[:10], lambda b: b"", lambda b: b[:-1] + b"?"])
def test_a_damaged_spooled_scene_is_ignored(store: Store, damage: object) -> None:
    spool = Spool.of(store, CONFIG)
    spool.put(record(0), MEMBERS)
    (name,) = store.names(".spool/")
    store.put(name, damage(store.read_bytes(name)))  # type: ignore[operator]
    assert spool.get(SceneIndex(0)) is None


def test_a_spooled_scene_in_a_finished_folder_changes_nothing(copy: Ran) -> None:
    before = audit_dataset(copy.store)
    Spool.of(copy.store, CONFIG).put(record(0), MEMBERS)
    after = audit_dataset(copy.store)
    assert after.problems == before.problems


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    store = Store(tmp_path / "out")
    with hold_output(store):
        with pytest.raises(UsageError, match=r"Another job is writing to .*out \(process \d+ on .*\); wait for it"):
            hold_output(store).__enter__()
        assert list(store.names()) == []
    assert not (tmp_path / "out").exists()  # nothing was written, so nothing is left
    with hold_output(store):
        store.put("a", b"")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a"]


def test_an_object_store_is_not_locked(tmp_path: Path) -> None:
    store = Store(f"memory://{tmp_path}")
    with hold_output(store), hold_output(store):
        pass


def test_a_folder_that_cannot_be_locked_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"Cannot use the output .*Not a directory"):
        hold_output(Store(tmp_path / "file")).__enter__()


def scene_done(store: Store, config: Config) -> SceneDone:
    """What a worker reports of the one scene of a shard."""
    settings = config.render.settings()
    work_item = WorkItem(ShardIndex(0), SceneIndex(0), SceneIndex(1))
    steps = list(ShardMaker(config, store).run(work_item, FakeBlender()(settings)))
    return next(step for step in steps if isinstance(step, SceneDone))


def of_another_scene(record: SceneRecord, members: list[dict[str, bytes]]) -> tuple[SceneRecord, Any]:
    return record.model_copy(update={"scene": record.scene.model_copy(update={"scene_index": 5})}), members


def with_another_row(record: SceneRecord, members: list[dict[str, bytes]]) -> tuple[SceneRecord, Any]:
    row = record.frames[0].model_copy(update={"objects_visible": 99})
    return record.model_copy(update={"frames": (row, *record.frames[1:])}), members


def without_a_view(record: SceneRecord, members: list[dict[str, bytes]]) -> tuple[SceneRecord, Any]:
    return record, members[:1]


def with_noise(record: SceneRecord, members: list[dict[str, bytes]]) -> tuple[SceneRecord, Any]:
    return record, [{**members[0], "truth.exr": b"no such file"}, members[1]]


@pytest.mark.parametrize("damage", [None, of_another_scene, with_another_row, without_a_view, with_noise])
def test_a_readable_but_wrong_spooled_scene_is_rendered_again(tmp_path: Path, damage: Any) -> None:
    config = resolve({"family": "shapes", "resolution": 64})
    sound = Store(tmp_path / "sound")
    spool = Spool.of(sound, config)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Spool, "drop", lambda self, scenes: None)
        assert scene_done(sound, config).rendered
    spooled = spool.get(SceneIndex(0))
    assert spooled is not None
    other = Store(tmp_path / "other")
    record, members = damage(*spooled) if damage else spooled
    other.put(f".spool/{spool.key}-s0000000", _pack(record, members))
    done = scene_done(other, config)
    assert done.rendered == (damage is not None)
    assert not done.failure
    receipt = read_receipt(other, "frames", ShardIndex(0))
    assert receipt.sha256 == read_receipt(sound, "frames", ShardIndex(0)).sha256
    reasons = [row.reason for row in receipt.failures]
    assert len(reasons) == (damage is not None)
    assert all(reason.startswith("its spooled frames were discarded: ") for reason in reasons)


TWO_SCENES = resolve(TINY)
ITEM = WorkItem(ShardIndex(0), SceneIndex(0), SceneIndex(2))


def worker(store: Store, journal: Path) -> Iterator[Any]:
    """The messages of a worker that makes a shard of two scenes and lists in `journal` those that it renders."""
    engine = FakeBlender(Faults(journal=journal))(TWO_SCENES.render.settings())
    return iter(ShardMaker(TWO_SCENES, store).run(ITEM, engine))


def test_a_shard_that_another_worker_has_committed_is_kept(store: Store, journal: Path) -> None:
    assert isinstance(list(worker(store, journal))[-1], ShardDone)
    assert list(worker(store, journal)) == [CompleteShard(ITEM, 2)]
    assert rendered(journal) == [0, 1]


def test_a_shard_that_another_worker_commits_meanwhile_is_kept(store: Store, journal: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Spool, "drop", lambda self, scenes: None)
        *_, _ = worker(store, journal)
    for name in list(store.names("receipts/")):
        store.remove(name)
    late = worker(store, journal)
    first = next(message for message in late if isinstance(message, SceneDone))
    assert (first.scene, first.rendered) == (0, False)
    *_, done = worker(store, journal)
    assert isinstance(done, ShardDone)
    assert [message for message in late if isinstance(message, SceneDone | CompleteShard)] == [CompleteShard(ITEM, 2)]
    assert rendered(journal) == [0, 1]


def test_a_spooled_scene_that_somebody_removes_is_an_error_of_its_worker(store: Store, journal: Path) -> None:
    rendering = worker(store, journal)
    next(message for message in rendering if isinstance(message, SceneDone))
    rendering.close()  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Spool, "held", lambda self: {SceneIndex(0), SceneIndex(1)})
        with pytest.raises(SceneDropped, match=r"-s0000001 was removed while it was in use"):
            list(worker(store, journal))


def test_a_job_counts_what_another_has_committed_after_it_was_planned(
    whole: Ran, copy: Ran, run_job: Callable[..., Ran], journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verichrome.driver.plan.committed_shards", lambda _: CommittedShards(frozenset(), frozenset()))
    ran = run_job("copy", Faults(journal=journal))
    assert ran.code == 0, ran.output
    assert "Nothing was left to do: all 4 scenes are in" in ran.output
    assert not journal.exists()
    assert ran.shards() == whole.shards()
