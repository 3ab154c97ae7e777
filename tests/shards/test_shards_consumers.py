"""What trainers use reads the shards: webdataset's own reader and Hugging Face datasets, offline."""

import gc
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import webdataset as wds
import yaml

from encode import make_pairs
from shards import CardText, ShardError, Store, write_card, write_manifest

TASKS = {"depth", "instance", "normals", "referring", "semantic"}
COLUMNS = {"source.png", "target.png", "prompt.txt", "meta.json"}


@pytest.fixture
def folder(tmp_path: Path, fill: Callable[..., None]) -> Path:
    store = Store(tmp_path / "data")
    fill(store)
    write_manifest(store)
    write_card(store)
    return tmp_path / "data"


def _read(urls: Path) -> list[dict[str, Any]]:
    samples = list(wds.WebDataset(str(urls), shardshuffle=False).decode("pil"))
    gc.collect()  # webdataset leaves its files to the collector, whose warning must come while it is ignored
    return samples


leaks = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@leaks
def test_webdataset_reads_every_column_of_every_task(folder: Path) -> None:
    samples = _read(folder / "pairs/pairs-{000000..000001}.tar")
    assert len(samples) == 40
    assert {sample["meta.json"]["task"] for sample in samples} == TASKS
    for sample in samples:
        assert set(sample) >= COLUMNS
        assert sample["target.png"].size == sample["source.png"].size == (128, 96)
        assert isinstance(sample["prompt.txt"], str)


@leaks
def test_webdataset_reads_frames(folder: Path) -> None:
    samples = _read(folder / "frames/frames-000000.tar")
    assert [sample["__key__"] for sample in samples] == [sample["scene.json"]["key"] for sample in samples]
    assert isinstance(samples[0]["truth.exr"], bytes)


def _offline(monkeypatch: pytest.MonkeyPatch, cache: Path) -> Any:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(cache))
    return pytest.importorskip("datasets")


@pytest.mark.filterwarnings("default")  # of a third party and its dependencies
def test_datasets_reads_the_folder_as_its_card_says(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    datasets = _offline(monkeypatch, tmp_path / "cache")
    loaded = datasets.load_dataset(str(folder), split="train", cache_dir=str(tmp_path / "cache"))
    assert set(loaded.column_names) == COLUMNS | {"__key__", "__url__"}
    assert len(loaded) == 40
    assert {row["meta.json"]["task"] for row in loaded} == TASKS
    assert loaded.features["source.png"] == datasets.Image()
    assert loaded[0]["source.png"].size == (128, 96)


@pytest.mark.filterwarnings("default")
def test_the_cards_features_are_those_that_datasets_infers(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five samples decide the schema without a card, so it must not hang on which tasks come first."""
    datasets = _offline(monkeypatch, tmp_path / "cache")
    cache = str(tmp_path / "cache")
    by_card = datasets.load_dataset(str(folder), split="train", cache_dir=cache)
    inferred = datasets.load_dataset(
        "webdataset", data_files=str(folder / "pairs/*.tar"), split="train", cache_dir=cache
    )
    assert by_card.features == inferred.features
    streamed = next(iter(datasets.load_dataset(str(folder), split="train", streaming=True)))
    assert streamed["meta.json"]["codec_parameters"] == [{"name": "tolerance", "value": 1.0}]


def test_the_card_counts_and_explains(folder: Path) -> None:
    text = (folder / "README.md").read_text()
    front = yaml.safe_load(text.split("---")[1])
    assert front["configs"][0]["data_files"] == [{"split": "train", "path": "pairs/pairs-*.tar"}]
    assert front["license"] == "cc0-1.0"
    assert "**40** training samples from **8** rendered views" in text
    assert "| `depth` | planar metric depth |" in text
    assert "pairs-{000000..000001}.tar" in text
    assert "{" + "source" not in text


def test_the_card_says_how_sources_are_stored(tmp_path: Path, fill: Callable[..., None]) -> None:
    store = Store(tmp_path)
    fill(store, source_format="jpg")
    text = write_card(store, CardText(title="Rooms", licence="cc-by-4.0", image_policy="64 samples, AgX."))
    assert "# Rooms" in text
    assert "64 samples, AgX." in text
    assert "stored as `.jpg`, with loss" in text
    assert 'sample["source.jpg"]' in text
    with pytest.raises(ShardError, match="no pair is committed"):
        write_card(Store(tmp_path / "empty"))


@leaks
def test_the_cards_examples_run(tmp_path: Path, fill: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    fill(store, shards=2, scenes=1, views=1, pairs_of=lambda frame: make_pairs(frame, ["depth", "semantic"], seed=1))
    blocks = re.findall(r"```python\n(.*?)```", write_card(store), flags=re.DOTALL)
    assert len(blocks) == 3
    monkeypatch.chdir(tmp_path)
    for block in blocks:
        if "load_dataset" not in block:  # the tests above load the folder with datasets
            exec(block.replace("path/to/this/folder", "."), {})
    gc.collect()
