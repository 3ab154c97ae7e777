"""`verichrome export` at the command line: what it says, what it refuses, and an audit that stays green."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.job.conftest import Answer, Ran
from tests.shards.export_reading import read_export
from verichrome.dataset import open_dataset

CommandLine = Callable[..., Answer]


def test_what_is_written_is_said_with_the_next_step(verichrome: CommandLine, whole: Ran, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = (
        "export",
        str(whole.folder),
        "--format",
        "sensenova",
        "--out",
        str(out),
        "--tasks",
        "depth",
        "--root",
        "/x",
    )
    result = verichrome(*command)
    count = len(read_export("sensenova", out))
    assert count
    assert (result.code, result.out) == (0, "")
    assert result.err.startswith(f"{out} has {count} pairs in the format sensenova:\n  train: depth {count}\n")
    assert f"\nIn SenseNova-Vision: add {out}/dataset_info.json" in result.err
    info = json.loads((out / "dataset_info.json").read_text())
    assert info["verichrome_train"] == {"data_dir": "/x", "jsonl_path": "/x/train.jsonl", "num_total_samples": count}
    again = verichrome(*command)
    assert "parts were there already):" in again.err
    assert sorted(path.name for path in out.iterdir() if path.name.startswith(".")) == [".export"]


def test_refusals_are_one_sentence(verichrome: CommandLine, whole: Ran, tmp_path: Path) -> None:
    folder, out = str(whole.folder), str(tmp_path / "out")
    for arguments, sentence in (
        (("--format", "arrow"), "Cannot export: format: expected one of ai-toolkit, bagel"),
        (("--format", "mds", "--split", "val"), "--split must be train or heldout, got val."),
        (("--format", "mds", "--split", "heldout"), "Cannot export: split: the data set has no pair of heldout"),
        (("--format", "mds", "--tasks", "colour"), "Cannot export: tasks: the data set has no pair of 'colour'"),
    ):
        result = verichrome("export", folder, "--out", out, *arguments)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith(sentence)
        assert result.err.count("\n") == 1
        assert not Path(out).exists()
    result = verichrome("export", str(tmp_path), "--format", "mds", "--out", out)
    assert result.code == 2
    assert "is not a data set" in result.err


def test_the_audit_finds_nothing_more_beside_energons_files(verichrome: CommandLine, copy: Ran) -> None:
    """The fake engine's frames have problems of their own."""
    before = open_dataset(copy.folder).audit()
    result = verichrome("export", str(copy.folder), "--format", "energon", "--out", str(copy.folder))
    assert result.code == 0, result.err
    assert (copy.folder / ".nv-meta/index.sqlite").is_file()
    assert len(list(copy.folder.glob("pairs/*.tar.idx"))) == len(list(copy.folder.glob("pairs/*.tar")))
    assert open_dataset(copy.folder).audit().counts == before.counts
