"""examples/decode_and_score.py on shards and on a folder of answers."""

import re
import runpy
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import encode
from encode import Frame, Pair, make_pairs, write_png
from shards import Store, iter_pairs

SCRIPT = Path(encode.__file__).parents[1] / "examples" / "decode_and_score.py"
TASKS = ("depth", "instance", "normals", "referring", "semantic")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Path:
    folder = tmp_path_factory.mktemp("dataset")

    def pairs_of(frame: Frame) -> tuple[Pair, ...]:
        pairs = [*make_pairs(frame, TASKS, seed=1), *make_pairs(frame, ["depth"], seed=2, prompts_per_task=4)[1:]]
        return tuple(sorted(pairs, key=lambda pair: pair.key))

    fill(Store(folder), pairs_of=pairs_of)
    return folder


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object
) -> tuple[int | str | None, list[str]]:
    monkeypatch.setattr("sys.argv", [str(SCRIPT), *map(str, arguments)])
    with pytest.raises(SystemExit) as exit_:
        runpy.run_path(str(SCRIPT), run_name="__main__")
    return exit_.value.code, capsys.readouterr().out.splitlines()


def scores_in(line: str) -> dict[str, float]:
    return {name: float(value) for name, value in re.findall(r"(\S+) (-?\d+\.\d+|nan)", line)}


def test_targets_score_perfectly(
    dataset: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = run(monkeypatch, capsys, dataset)
    assert code == 0
    rows = {tuple(line.split()[:3]): scores_in(line) for line in lines[1:]}
    assert {row[0] for row in rows} == set(TASKS)
    assert rows["depth", "cube-walk", "train"]["delta1"] == 1
    assert rows["normals", "camera-normals", "train"]["mean"] < 0.3
    assert rows["semantic", "flat-colors", "train"] == {"miou": 1, "pixel_accuracy": 1}
    assert rows["instance", "flat-colors", "train"]["pmf1"] == 1
    assert rows["referring", "flat-colors", "train"] == {"ciou": 1, "giou": 1}


def test_answers_are_read_resized_and_missing_ones_counted(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = [pair.pair for pair in iter_pairs(Store(dataset))]
    semantic = [pair for pair in stored if pair.meta.task == "semantic"]
    for pair in semantic[:-1]:
        write_png(tmp_path / f"{pair.key}.png", pair.target.repeat(2, 0).repeat(2, 1))
    code, lines = run(monkeypatch, capsys, dataset, "--answers", tmp_path)
    assert code == 0
    row = next(line for line in lines if line.startswith("semantic"))
    assert row.split()[3:5] == [str(len(semantic) - 1), "1"]
    assert scores_in(row)["miou"] == 1
    assert any(line.startswith("normals") and line.split()[3] == "0" for line in lines)


def test_errors_are_one_sentence(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, capsys, tmp_path / "nothing")[0] in (1, f"error: {tmp_path / 'nothing'}")
    key = next(iter_pairs(Store(dataset))).pair.key
    (tmp_path / f"{key}.png").write_bytes(b"no image")
    code, _ = run(monkeypatch, capsys, dataset, "--answers", tmp_path)
    assert re.match(rf"error: image .*{key}\.png: expected an image file .*, got", str(code))
    code, _ = run(monkeypatch, capsys, dataset, "--frames", tmp_path)
    assert re.search(r"error: .*(no frame s0000000-v00|receipt|frames)", str(code))


def test_every_score_and_a_limit_on_request(
    dataset: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, lines = run(monkeypatch, capsys, dataset, "--all", "--limit", 3)
    assert sum(int(line.split()[3]) for line in lines[1:]) == 3
    assert "scaled_abs_rel" in "".join(lines) or "aligned_silog" in "".join(lines)
    assert np.isfinite(list(scores_in(lines[1]).values())).any()
