"""`verichrome score` at the command line: what it prints, what it writes, and how it ends."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import verichrome as package
from encode import Frame, Pair, make_pairs, write_png
from shards import Store, iter_pairs
from tests.job.conftest import Answer
from tests.shards.conftest import fill, make_view, plain_pairs

CommandLine = Callable[..., Answer]

__all__ = ["fill", "make_view", "plain_pairs"]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Path:
    """Normals and classes of two scenes."""

    def pairs_of(frame: Frame) -> tuple[Pair, ...]:
        return tuple(make_pairs(frame, ("normals", "semantic"), seed=3))

    folder = tmp_path_factory.mktemp("scored")
    fill(Store(folder), scenes=1, views=1, pairs_of=pairs_of)
    return folder


@pytest.fixture
def answers(dataset: Path, tmp_path: Path) -> Path:
    """Targets with some noise."""
    rng = np.random.default_rng(1)
    folder = tmp_path / "answers"
    folder.mkdir()
    for stored in iter_pairs(Store(dataset)):
        noisy = np.clip(stored.pair.target + rng.normal(0, 6, stored.pair.target.shape), 0, 255).astype(np.uint8)
        write_png(folder / f"{stored.pair.key}.png", noisy)
    return folder


def test_the_table_and_the_report(verichrome: CommandLine, dataset: Path, answers: Path, tmp_path: Path) -> None:
    out = tmp_path / "report"
    done = verichrome("score", str(answers), str(dataset), "--out", str(out))
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert lines[0].split() == ["task", "answers", "score", "value", "95", "%", "interval"]
    assert lines[1].split()[:3] == ["normals", "2", "mean"]
    assert any(line.split()[:3] == ["semantic", "2", "miou"] for line in lines)
    assert {path.name for path in out.iterdir()} == {"scores.parquet", "summary.json", "worst.png"}
    summary = json.loads((out / "summary.json").read_text())
    assert summary["tasks"]["normals"]["scores"]["mean"]["value"] > 1
    with Image.open(out / "worst.png") as sheet:
        assert sheet.width > sheet.height / 2 > 100
    again = package.score_predictions(answers, dataset, workers=1)
    assert again.summary("normals")["mean"].value == summary["tasks"]["normals"]["scores"]["mean"]["value"]


def test_bad_answers_are_named_and_end_in_1(verichrome: CommandLine, dataset: Path, answers: Path) -> None:
    broken = sorted(answers.iterdir())[0]
    broken.write_bytes(b"no image")
    (answers / "s0000077-v00-depth-00.png").write_bytes(b"")
    done = verichrome("score", str(answers), str(dataset))
    assert done.code == 1
    assert "1 answer that cannot be used, left out:" in done.out
    assert f"{broken}: expected an image file (PNG, JPEG or WebP), got another format" in done.out
    assert "1 answer to no pair of this data set: s0000077-v00-depth-00" in done.out


def test_without_frames_the_output_says_what_is_compared(
    verichrome: CommandLine, dataset: Path, answers: Path, tmp_path: Path
) -> None:
    pairs_alone = tmp_path / "pairs-alone"
    for name in ("pairs", "receipts"):
        (pairs_alone / name).mkdir(parents=True)
        for path in (dataset / name).glob("pairs-*"):
            (pairs_alone / name / path.name).write_bytes(path.read_bytes())
    done = verichrome("score", str(answers), str(pairs_alone))
    assert done.code == 0, done.err
    assert "All answers are compared with what the stored targets decode to (8 bits)" in done.out
    exact = verichrome("score", str(answers), str(pairs_alone), "--frames", str(dataset))
    assert "stored targets" not in exact.out


def test_bad_input_is_one_sentence(verichrome: CommandLine, dataset: Path, answers: Path, tmp_path: Path) -> None:
    first = sorted(answers.iterdir())[0]
    first.unlink()
    (tmp_path / "file").touch()
    for arguments, message in (
        ((answers, dataset), f"1 of 4 pairs have no answer: {first.stem}. --missing skip leaves them out, --missing"),
        ((answers, tmp_path), f"{tmp_path} is not a data set"),
        ((tmp_path / "absent", dataset), f"{tmp_path / 'absent'} is neither a folder nor a .tar."),
        ((answers, dataset, "--tasks", "deep"), "--tasks must be some of depth, normals"),
        ((answers, dataset, "--tasks", "depth"), "no pair is of that task and split; there are the tasks normals, sem"),
        ((answers, dataset, "--split", "dev"), "--split must be one of train, heldout, got 'dev'."),
        ((answers, dataset, "--missing", "zero"), "--missing must be one of error, skip, black, got 'zero'."),
        ((answers, dataset, "--out", tmp_path / "file"), "--out must name a folder, and"),
    ):
        done = verichrome("score", *map(str, arguments))
        assert (done.code, done.out) == (2, "")
        assert message in done.err
        assert done.err.count("\n") == 1
