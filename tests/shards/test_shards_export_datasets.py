"""Hugging Face datasets reads the exports that its users load with it, offline."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from encode import Frame, Pair
from shards import Store
from shards.export import FORMATS, export_dataset
from tests.export_readers.pixels import pixel_digest
from tests.shards.export_sets import export_set, pairs_of_set

pytestmark = pytest.mark.filterwarnings("default")  # of a third party and its dependencies


@pytest.fixture
def datasets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    return pytest.importorskip("datasets")


@pytest.fixture(scope="module")
def store(
    tmp_path_factory: pytest.TempPathFactory,
    fill: Callable[..., None],
    plain_pairs: Callable[[Frame], tuple[Pair, ...]],
) -> Store:
    return export_set(tmp_path_factory.mktemp("export") / "set", fill, plain_pairs)


@pytest.mark.parametrize(
    ("name", "source", "target", "prompt"),
    [
        ("diffusers", "cond_image", "image", "caption"),
        ("instruct-pix2pix", "input_image", "edited_image", "edit_prompt"),
    ],
)
def test_load_dataset_gives_images_by_split(
    name: str, source: str, target: str, prompt: str, datasets: Any, store: Store, tmp_path: Path
) -> None:
    export_dataset(store, Store(tmp_path / "out"), FORMATS[name])
    loaded = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    assert set(loaded) == {"train", "heldout"}
    assert loaded["train"].features[target] == loaded["train"].features[source] == datasets.Image()
    got = {
        row["key"]: (split, row[prompt], pixel_digest(row[source]), pixel_digest(row[target]))
        for split, rows in loaded.items()
        for row in rows
    }
    assert got == {
        key: (read.split, read.prompt, pixel_digest(read.source), pixel_digest(read.target))
        for key, read in pairs_of_set(store).items()
    }


def test_omnigen2_loads_its_lines(datasets: Any, store: Store, tmp_path: Path) -> None:
    """As OmniGen2TrainDataset does; its images are opened by the paths that the rows hold."""
    export_dataset(store, Store(tmp_path / "out"), FORMATS["omnigen2"])
    rows = datasets.load_dataset(
        "json", data_files=str(tmp_path / "out/train.jsonl"), cache_dir=str(tmp_path / "cache")
    )["train"]
    pairs = pairs_of_set(store)
    assert len(rows) == 8
    for row in rows:
        read = pairs[Path(row["output_image"]).stem]
        assert (row["task_type"], row["instruction"]) == ("edit", read.prompt)
        assert Path(row["output_image"]).read_bytes() == read.target
        assert [Path(path).read_bytes() for path in row["input_images"]] == [read.source]
