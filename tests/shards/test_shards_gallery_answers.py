"""The gallery shows a model's answers beside the targets, scores them, and lists the worst first."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from encode import write_png
from shards import Store, iter_pairs
from shards.gallery import Gallery, NotFound, export_gallery
from shards.scoring import PairSelection, ShownAnswers, open_answers, report_files, score_answers
from tests.shards.gallery_sets import json_at, listed, make_set, numbers, pair_path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Store:
    return make_set(tmp_path_factory.mktemp("set"), fill, shards=1, scenes=1)


@pytest.fixture(scope="module")
def answers(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Targets; the first normals are turned round, the last ones are no image, and depth has no answer."""
    folder = tmp_path_factory.mktemp("answers")
    pairs = [stored.pair for stored in iter_pairs(store) if stored.pair.meta.task != "depth"]
    for pair in pairs:
        write_png(folder / f"{pair.key}.png", pair.target)
    first, *_, last = [pair for pair in pairs if pair.meta.task == "normals"]
    write_png(folder / f"{first.key}.png", 255 - first.target)
    (folder / f"{last.key}.png").write_bytes(b"no image")
    return folder


@pytest.fixture(scope="module")
def gallery(store: Store, answers: Path, tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    found = open_answers(str(answers))
    chosen = PairSelection(frozenset({"instance", "normals", "semantic"}))
    report = Store(tmp_path_factory.mktemp("report"))
    for name, content in report_files(score_answers(found, store, selection=chosen)).items():
        report.put(name, content)
    return Gallery(store, store, ShownAnswers(found, report))


def keys(store: Store, task: str) -> list[str]:
    return [stored.pair.key for stored in iter_pairs(store) if stored.pair.meta.task == task]


def test_a_pair_shows_its_answer(gallery: Gallery, store: Store) -> None:
    key = keys(store, "normals")[0]
    page = json_at(gallery, pair_path(key, "pair.json"))
    assert page["answer"] == {"reading": page["reading"], "problem": ""}
    with Image.open(io.BytesIO(gallery.get(pair_path(key, "answer.png")).content)) as image:
        target = np.asarray(Image.open(io.BytesIO(gallery.get(pair_path(key, "target.png")).content)))
        np.testing.assert_array_equal(np.asarray(image), 255 - target)
    decoded = numbers(gallery.get(pair_path(key, "answer.bin")).content, "f32", (96, 128, 3))
    assert np.isfinite(decoded).all()
    scores = json_at(gallery, pair_path(key, "answer.json"))
    assert scores["against"] == "the frame's truth"
    assert scores["scores"]["mean"] > 100


def test_bad_and_missing_answers(gallery: Gallery, store: Store) -> None:
    bad = keys(store, "normals")[-1]
    page = json_at(gallery, pair_path(bad, "pair.json"))
    assert "expected an image file (PNG, JPEG or WebP)" in page["answer"]["problem"]
    assert "expected an image file" in json_at(gallery, pair_path(bad, "answer.json"))["problem"]
    missing = keys(store, "depth")[0]
    assert json_at(gallery, pair_path(missing, "pair.json"))["answer"] is None
    with pytest.raises(NotFound, match="there is no answer to"):
        gallery.get(pair_path(missing, "answer.png"))


def test_the_worst_answers_come_first(gallery: Gallery, store: Store) -> None:
    assert json_at(gallery, "data/filters.json")["order"] == ["worst"]
    page = json_at(gallery, "data/pairs.json", order="worst", task="normals")
    assert page["rows"][0]["key"] == keys(store, "normals")[0]
    assert page["rows"][0]["score"].startswith("mean 1")
    assert page["total"] == len(keys(store, "normals")) - 1
    assert page["rows"][0]["prompt"]
    # A rightly empty answer to a class that is absent has no pmF1, and no rank.
    ranked = [
        p.pair for p in iter_pairs(store) if p.pair.meta.task in ("instance", "semantic") and p.pair.meta.foreground
    ]
    assert len(listed(gallery, "pairs", order="worst")) == page["total"] + len(ranked)


def test_a_gallery_without_answers_is_as_before(store: Store) -> None:
    plain = Gallery(store, store)
    key = keys(store, "normals")[0]
    assert json_at(plain, pair_path(key, "pair.json"))["answer"] is None
    assert json_at(plain, "data/filters.json")["order"] == []
    assert listed(plain, "pairs", order="worst") == listed(plain, "pairs")


def test_the_export_holds_the_answers(gallery: Gallery, store: Store, tmp_path: Path) -> None:
    export_gallery(gallery, tmp_path / "gallery", 2)
    folder = tmp_path / "gallery" / pair_path(keys(store, "normals")[0], "")
    assert {"answer.png", "answer.bin", "answer.json"} <= {path.name for path in folder.iterdir()}
    assert not (tmp_path / "gallery" / pair_path(keys(store, "depth")[0], "answer.png")).exists()
