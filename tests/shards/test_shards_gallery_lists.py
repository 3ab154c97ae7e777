"""The gallery's lists: pages, filters and members out of the middle of shards, with and without a manifest."""

import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from encode import Frame, Pair
from shards import ShardError, ShardIndex, Store, write_manifest
from shards.errors import DamagedShard
from shards.gallery import Gallery, NotFound
from shards.gallery.tar_index import TarIndex
from tests.shards.gallery_sets import folder_of, json_at, listed, make_set

ALL = [f"s{scene:07d}-v{view:02d}" for scene in range(6) for view in range(2)]


@pytest.fixture(scope="module")
def whole(
    tmp_path_factory: pytest.TempPathFactory,
    fill: Callable[..., None],
    plain_pairs: Callable[[Frame], tuple[Pair, ...]],
) -> Store:
    """Three shards of two scenes, two views each; the manifest in row groups of five rows."""
    store = make_set(tmp_path_factory.mktemp("whole"), fill, shards=3, pairs_of=plain_pairs)
    for table in ("frames", "pairs", "scenes"):
        path = folder_of(store) / f"manifest/{table}.parquet"
        pq.write_table(pq.read_table(path), path, row_group_size=5)
    return store


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory: pytest.TempPathFactory, whole: Store) -> Store:
    folder = tmp_path_factory.mktemp("unfinished") / "set"
    shutil.copytree(folder_of(whole), folder)
    shutil.rmtree(folder / "manifest")
    return Store(folder)


@pytest.fixture(params=["whole", "unfinished"])
def gallery(request: pytest.FixtureRequest) -> Gallery:
    store = request.getfixturevalue(request.param)
    return Gallery(store, store)


def test_the_data_set_reports_its_counts(whole: Store, unfinished: Store) -> None:
    for store, finished in ((whole, True), (unfinished, False)):
        facts = json_at(Gallery(store, store), "data/set.json")
        assert (facts["frames"], facts["pairs"], facts["finished"]) == (12, 60, finished)
        assert facts["has_frames"]
        assert facts["has_pairs"]


def test_pages_follow_one_another(gallery: Gallery) -> None:
    keys: list[str] = []
    start: int | None = 0
    pages = 0
    while start is not None:
        page = json_at(gallery, "data/frames.json", from_=str(start), limit="5")
        assert page["total"] == 12
        keys += [row["key"] for row in page["rows"]]
        start, pages = page["next"], pages + 1
    assert keys == ALL
    assert pages == 3
    assert listed(gallery, "frames", from_="12") == []


def test_a_row_has_shard_and_contents_of_its_frame(gallery: Gallery, make_frame: Callable[..., Frame]) -> None:
    row = json_at(gallery, "data/frames.json", from_="5", limit="1")["rows"][0]
    truth = make_frame(2, 1).truth
    assert (row["key"], row["shard"], row["family"], row["scene_index"]) == ("s0000002-v01", 1, "spheres", 2)
    assert row["depth_min"] == pytest.approx(float(truth.depth.min()))


def test_pairs_are_filtered_by_their_columns(gallery: Gallery) -> None:
    depth = json_at(gallery, "data/pairs.json", task="depth", limit="7")
    assert depth["total"] == 12
    assert [row["task"] for row in depth["rows"]] == ["depth"] * 7
    assert listed(gallery, "pairs", frame="s0000003-v00", task="normals") == ["s0000003-v00-normals-00"]
    assert json_at(gallery, "data/pairs.json", split="train")["total"] == 60
    assert json_at(gallery, "data/pairs.json", split="heldout")["total"] == 0
    assert json_at(gallery, "data/pairs.json", family="spheres", task="depth")["total"] == 12
    assert json_at(gallery, "data/pairs.json", family="room")["total"] == 0


def test_frames_are_filtered_by_family_key_and_category(gallery: Gallery) -> None:
    assert listed(gallery, "frames", family="spheres") == ALL
    assert listed(gallery, "frames", family="room") == []
    assert listed(gallery, "frames", text="0004-") == ["s0000004-v00", "s0000004-v01"]
    assert listed(gallery, "frames", category="ball") == ALL
    assert listed(gallery, "frames", category="sky", text="v01") == ALL[1::2]
    assert listed(gallery, "frames", category="elephant") == []


def test_a_search_gives_pages_that_go_on_where_the_last_one_ended(gallery: Gallery) -> None:
    first = json_at(gallery, "data/frames.json", category="ball", limit="5")
    assert ([row["key"] for row in first["rows"]], first["next"], first["total"]) == (ALL[:5], 5, None)
    rest = json_at(gallery, "data/frames.json", category="ball", from_="5", limit="60")
    assert ([row["key"] for row in rest["rows"]], rest["next"]) == (ALL[5:], None)


def test_prompts_are_searched_without_regard_to_case(gallery: Gallery) -> None:
    page = json_at(gallery, "data/pairs.json", text="THE RED BALL")
    assert len(page["rows"]) == 12
    assert {row["task"] for row in page["rows"]} == {"referring"}
    assert all("the red ball" in row["prompt"] for row in page["rows"])


def test_filter_choices_of_the_lists_are_given(gallery: Gallery) -> None:
    filters = json_at(gallery, "data/filters.json")
    assert filters["families"] == ["spheres"]
    assert filters["categories"] == ["ball", "floor", "sky"]
    assert filters["task"] == ["depth", "instance", "normals", "referring", "semantic"]
    assert filters["split"] == ["train"]


@pytest.mark.parametrize("query", [{"from_": "-1"}, {"limit": "many"}, {"from_": "1e3"}, {"from_": "9" * 20}])
def test_numbers_that_do_not_parse_are_refused(gallery: Gallery, query: dict[str, str]) -> None:
    with pytest.raises(NotFound, match="must be a whole number"):
        json_at(gallery, "data/frames.json", **query)


def test_a_job_that_goes_on_is_seen_when_the_page_is_loaded_again(
    tmp_path: Path, fill: Callable[..., None], plain_pairs: Callable[[Frame], tuple[Pair, ...]]
) -> None:
    store = make_set(tmp_path, fill, shards=1, pairs_of=plain_pairs)
    later = make_set(tmp_path / "later", fill, shards=2, pairs_of=plain_pairs, manifest=False)
    gallery = Gallery(store, store)
    assert listed(gallery, "frames") == ALL[:4]
    for name in ("frames/frames-000001.tar", "pairs/pairs-000001.tar"):
        store.put(name, later.read_bytes(name))
    for name in ("receipts/frames-000001.json", "receipts/pairs-000001.json"):
        store.put(name, later.read_bytes(name))
    newer = Gallery(store, store)
    assert json_at(newer, "data/set.json")["finished"] is False
    assert listed(newer, "frames") == ALL[:8]
    assert json_at(newer, "data/pairs.json", task="depth")["total"] == 8
    write_manifest(store)
    assert json_at(newer, "data/set.json")["finished"] is True
    assert listed(newer, "frames") == ALL[:8]


def test_facts_say_what_was_made_and_what_failed(gallery: Gallery) -> None:
    facts = json_at(gallery, "data/facts.json")
    assert facts["families"] == {"spheres": 6}
    assert facts["tasks"] == dict.fromkeys(["depth", "instance", "normals", "referring", "semantic"], 12)
    assert facts["shards"] == {"frames": 3, "pairs": 3}
    assert facts["versions"] == {"verichrome": ["0.1.0"]}
    assert (facts["failures"], facts["failed"], facts["partial"]) == (0, [], False)


def content_of(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = tar.extractfile(member)
    assert stream is not None
    return stream.read()


def test_members_are_those_that_the_tar_holds(whole: Store) -> None:
    tar_index = TarIndex(whole, "pairs")
    with tarfile.open(folder_of(whole) / "pairs/pairs-000001.tar") as tar:
        members = {member.name: content_of(tar, member) for member in tar}
    for name, content in reversed(members.items()):  # from the middle and back: no order is presumed
        key, _, suffix = name.partition(".")
        assert tar_index.read(ShardIndex(1), key, suffix) == content
    assert len(tar_index.keys(ShardIndex(1), "s0000002-v00-")) == 5
    assert tar_index.keys(ShardIndex(1), "s0000009") == []


def test_missing_samples_members_and_shards_are_named(whole: Store) -> None:
    tar_index = TarIndex(whole, "frames")
    with pytest.raises(NotFound, match="has no sample s0000009-v00"):
        tar_index.read(ShardIndex(0), "s0000009-v00", "image.png")
    with pytest.raises(NotFound, match=r"no member albedo\.png, only image\.png, scene\.json, truth\.exr"):
        tar_index.read(ShardIndex(0), "s0000000-v00", "albedo.png")
    with pytest.raises(NotFound, match="there is no shard"):
        tar_index.read(ShardIndex(7), "s0000009-v00", "image.png")


def test_only_headers_and_requested_members_are_read(whole: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    plain = Store.read_range

    def counting(self: Store, name: str, start: int, stop: int) -> bytes:
        content = plain(self, name, start, stop)
        read.append(len(content))
        return content

    monkeypatch.setattr(Store, "read_range", counting)
    prompt = TarIndex(whole, "pairs").read(ShardIndex(2), "s0000004-v00-normals-00", "prompt.txt")
    assert prompt == b"Surface normals."
    assert sum(read) < 0.1 * whole.size("pairs/pairs-000002.tar")


def test_a_damaged_shard_is_reported(tmp_path: Path, fill: Callable[..., None]) -> None:
    store = make_set(tmp_path, fill, shards=1, scenes=1)
    store.put("frames/frames-000000.tar", b"no tar" * 300)
    with pytest.raises(DamagedShard, match="expected a tar that reads"):
        TarIndex(store, "frames").read(ShardIndex(0), "s0000000-v00", "image.png")


def test_a_damaged_manifest_is_reported(tmp_path: Path, fill: Callable[..., None]) -> None:
    store = make_set(tmp_path, fill, shards=1, scenes=1)
    store.put("manifest/frames.parquet", b"PAR1 no parquet PAR1")
    with pytest.raises(ShardError, match=r"frames\.parquet does not read as parquet"):
        json_at(Gallery(store, store), "data/frames.json")


def test_lists_work_with_a_missing_shard(tmp_path: Path, whole: Store) -> None:
    shutil.copytree(folder_of(whole), tmp_path / "set")
    for kind in ("frames", "pairs"):
        (tmp_path / f"set/{kind}/{kind}-000001.tar").unlink()
    gallery, sound = Gallery(Store(tmp_path / "set"), Store(tmp_path / "set")), Gallery(whole, whole)
    assert listed(gallery, "frames") == listed(sound, "frames")
    before, after = (json_at(some, "data/pairs.json", limit="100")["rows"] for some in (sound, gallery))
    assert [row["key"] for row in after] == [row["key"] for row in before]
    for one, other in zip(before, after, strict=True):
        lost = other["prompt"].startswith("(there is no shard") and "pairs-000001.tar" in other["prompt"]
        assert lost if one["shard"] == 1 else other["prompt"] == one["prompt"]
    assert json_at(gallery, "data/filters.json") == json_at(sound, "data/filters.json")
