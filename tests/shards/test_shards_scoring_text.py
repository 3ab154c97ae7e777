"""Answers with a text: read beside the image from folders and tars, and bad without it."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from encode import Frame, Pair, make_pairs
from shards import Store, encode_image, iter_pairs
from shards.scoring import open_answers, score_answers
from shards.scoring.worst import worst_sheet


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Store:
    def pairs_of(frame: Frame) -> tuple[Pair, ...]:
        return tuple(make_pairs(frame, ["panoptic"], seed=3, prompts_per_task=4))

    store = Store(tmp_path_factory.mktemp("scored"))
    fill(store, 1, 1, 2, pairs_of=pairs_of, extra_members=frozenset(("answer.txt",)))
    return store


@pytest.fixture(scope="module")
def files(dataset: Store) -> dict[str, bytes]:
    pairs = [stored.pair for stored in iter_pairs(dataset)]
    assert {bool(pair.answer) for pair in pairs} == {True, False}
    texts = {f"{pair.key}.txt": pair.answer.encode() for pair in pairs if pair.answer}
    return {**{f"{pair.key}.png": encode_image(pair.target) for pair in pairs}, **texts}


def write(folder: Path, files: dict[str, bytes]) -> str:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return str(folder)


def test_texts_are_read_from_folders_and_tars(dataset: Store, files: dict[str, bytes], tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "answers.tar", "w") as tar:
        for name, content in sorted(files.items()):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    for url in (write(tmp_path / "answers", files), str(tmp_path / "answers.tar")):
        report = score_answers(open_answers(url), dataset)
        assert report.problems == ()
        assert report.summary("panoptic")["pq"].value == 1
    without_frames = Store(tmp_path / "nothing")
    report = score_answers(open_answers(str(tmp_path / "answers")), dataset, frames=without_frames)
    assert report.summary("panoptic")["pq"].value == 1
    wrong = {**files, **{name: b"no legend" for name in files if name.endswith(".txt")}}
    answers = open_answers(write(tmp_path / "wrong", wrong))
    report = score_answers(answers, dataset)
    assert 0 < report.summary("panoptic")["pq"].value < 1
    assert worst_sheet(report, answers, dataset, dataset) is not None


def test_an_answer_without_its_text_is_bad(dataset: Store, files: dict[str, bytes], tmp_path: Path) -> None:
    images = {name: content for name, content in files.items() if name.endswith(".png")}
    report = score_answers(open_answers(write(tmp_path / "answers", images)), dataset)
    texts = [name.removesuffix(".txt") for name in files if name.endswith(".txt")]
    assert len(report.problems) == len(texts)
    assert all(f"expected its text in {key}.txt too" in str(report.problems) for key in texts)
    assert np.isfinite(report.summary("panoptic")["pq"].value)
