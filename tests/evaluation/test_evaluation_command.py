"""`verichrome score --benchmark` at the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from encode import write_png
from encode.depth.codec import depth_codec
from tests.evaluation.benchmark_cases import photograph
from tests.job.conftest import Answer
from verichrome.evaluation import score_benchmark

CommandLine = Callable[..., Answer]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """ETH3D with 20 photographs of two scenes, all two metres away."""
    for number in range(20):
        scene = tmp_path / "eth3d" / ("pipes" if number % 2 else "office")
        photograph(scene / f"images/dslr_images/DSC_{number}.JPG", 4, 6)
        depth = scene / f"ground_truth_depth/dslr_images/DSC_{number}.JPG"
        depth.parent.mkdir(parents=True, exist_ok=True)
        depth.write_bytes(np.full((4, 6), 2, "<f4").tobytes())
    return tmp_path / "eth3d"


@pytest.fixture
def answers(root: Path, tmp_path: Path) -> Path:
    """Perfect ones."""
    folder = tmp_path / "answers"
    folder.mkdir()
    painted = depth_codec("cube-walk").encode(np.full((4, 6), 2, np.float32))
    for number in range(20):
        write_png(folder / f"{'pipes' if number % 2 else 'office'}-DSC_{number}.png", painted)
    return folder


def test_prompts_then_scores(verichrome: CommandLine, root: Path, answers: Path, tmp_path: Path) -> None:
    done = verichrome("score", str(root), "--benchmark", "eth3d", "--prompts", str(tmp_path / "run"))
    assert (done.code, done.out) == (
        0, f"Wrote 20 prompts to {tmp_path}/run/prompts.jsonl; answer each as KEY.png.\n",
    )  # fmt: skip
    row = json.loads((tmp_path / "run/prompts.jsonl").read_text().splitlines()[0])
    assert sorted(row) == ["image", "key", "legend", "prompt", "task"]
    done = verichrome("score", str(answers), str(root), "--benchmark", "eth3d", "--out", str(tmp_path / "report"))
    assert done.code == 0, done.err
    assert done.out.splitlines()[1].split()[:4] == ["depth", "20", "delta1", "1.0000"]
    summary = json.loads((tmp_path / "report/summary.json").read_text())
    assert summary["tasks"]["depth"]["scenes"] == 2
    assert summary["settings"]["benchmark"] == "eth3d"


def test_many_processes_give_the_same_scores_as_one(root: Path, answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verichrome.evaluation.scorer._SAMPLES_A_PART", 4)
    assert score_benchmark("eth3d", answers, root, workers=2) == score_benchmark("eth3d", answers, root, workers=1)


def test_missing_and_bad_answers_are_said(verichrome: CommandLine, root: Path, answers: Path) -> None:
    (answers / "office-DSC_0.png").unlink()
    done = verichrome("score", str(answers), str(root), "--benchmark", "eth3d")
    assert done.code == 2
    assert "1 of 20 samples have no answer: office-DSC_0. --missing skip" in done.err
    write_png(answers / "office-DSC_2.png", np.zeros((8, 12, 3), np.uint8))
    done = verichrome("score", str(answers), str(root), "--benchmark", "eth3d", "--missing", "skip")
    assert done.code == 1
    assert "1 answer that cannot be used, left out" in done.out
    done = verichrome("score", str(answers), str(root), "--benchmark", "eth3d", "--missing", "black", "--resize")
    assert done.code == 0
    assert done.out.splitlines()[1].split()[:4] == ["depth", "20", "delta1", "0.9000"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["answers"], "Name the folder of the pairs"),
        (["answers", "--benchmark", "eth3d"], "Name the answers, then the benchmark's folder"),
        (["answers", "here", "--benchmark", "nyu"], "--benchmark must be one of nyuv2, kitti"),
        (["answers", "nowhere", "--benchmark", "kitti"], "nowhere is not a folder"),
        (["answers", "here", "--benchmark", "kitti", "--tasks", "depth"], "--tasks is for data sets"),
        (["answers", "--prompts", "out"], "--prompts belongs to --benchmark"),
        (["here", "there", "--benchmark", "kitti", "--prompts", "out"], "--prompts takes the benchmark's folder alone"),
    ],
)
def test_a_wrong_command_is_one_sentence(verichrome: CommandLine, arguments: list[str], sentence: str) -> None:
    done = verichrome("score", *arguments)
    assert done.code == 2
    assert sentence in done.err
    assert done.err.count("\n") <= 2
