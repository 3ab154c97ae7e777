"""Scores of answers in folders and tars: perfect ones, noisy ones, and all that can be wrong with them."""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from PIL import Image

from encode import Frame, Pair, make_pairs
from shards import Store, iter_pairs
from shards.scoring import (
    CannotScore,
    MissingAnswers,
    PairSelection,
    ScoreReport,
    open_answers,
    report_files,
    score_answers,
)
from tests.shards.gallery_sets import folder_of

TASKS = ("amodal", "depth", "instance", "normals", "referring", "semantic")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Store:
    """Two shards of one scene with two views each; some prompts are held out."""

    def pairs_of(frame: Frame) -> tuple[Pair, ...]:
        number = int(frame.key[1:8])
        return tuple(make_pairs(frame, TASKS, seed=number, split="heldout" if number else "train"))

    store = Store(tmp_path_factory.mktemp("scored"))
    fill(store, scenes=1, pairs_of=pairs_of)
    return store


@pytest.fixture(scope="module")
def pairs(dataset: Store) -> list[Pair]:
    return [stored.pair for stored in iter_pairs(dataset)]


def png(pixels: np.ndarray, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", **options)
    return stream.getvalue()


def answer_all(folder: Path, pairs: list[Pair]) -> Path:
    """The targets themselves as answers."""
    folder.mkdir(exist_ok=True)
    for pair in pairs:
        (folder / f"{pair.key}.png").write_bytes(png(pair.target))
    return folder


def scored(folder: Path, dataset: Store, **options: object) -> ScoreReport:
    return score_answers(open_answers(str(folder)), dataset, **options)  # type: ignore[arg-type]


def test_perfect_answers_score_perfectly(dataset: Store, pairs: list[Pair], tmp_path: Path) -> None:
    report = scored(answer_all(tmp_path / "answers", pairs), dataset)
    assert report.tasks == tuple(sorted({pair.meta.task for pair in pairs}))
    assert [pair.key for pair in report.pairs] == sorted(pair.key for pair in pairs)
    assert (report.missing, report.problems, report.unknown, report.against_targets) == ((), (), (), 0)
    assert report.summary("normals")["mean"].value < 0.3
    assert report.summary("normals")["saee_3"].value < 0.3
    assert report.summary("semantic")["miou"].value == 1
    assert report.summary("referring")["ciou"].value == 1
    assert report.summary("instance")["pmf1"].value == 1
    assert report.summary("depth")["aligned_delta1"].value > 0.99
    assert report.summary("depth")["aligned_see_3"].value < 0.05
    assert {pair.truth for pair in report.pairs} == {"frame"}


def test_noise_scores_worse_and_intervals_hold_the_value(dataset: Store, pairs: list[Pair], tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    folder = answer_all(tmp_path / "noisy", pairs)
    for pair in pairs:
        noise = rng.normal(0, 20 if "s0000000" in pair.key else 5, pair.target.shape)
        noisy = np.clip(pair.target + noise, 0, 255).astype(np.uint8)
        (folder / f"{pair.key}.png").write_bytes(png(noisy))
    report = scored(folder, dataset)
    mean = report.summary("normals")["mean"]
    assert mean.value > 3
    assert mean.low < mean.value < mean.high
    by_split = {group.value: group for group in report.groups if (group.task, group.column) == ("normals", "split")}
    assert by_split["train"].scores["mean"].value > by_split["heldout"].scores["mean"].value
    assert np.isnan(by_split["train"].scores["mean"].low)  # one scene alone has no interval


def test_processes_give_the_same_scores(
    dataset: Store, pairs: list[Pair], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shards.scoring.score._PAIRS_A_PART", 8)
    folder = answer_all(tmp_path / "answers", pairs)
    seen: list[tuple[int, int]] = []
    parallel = scored(folder, dataset, workers=2, progress=lambda done, total: seen.append((done, total)))
    assert report_files(parallel) == report_files(scored(folder, dataset))
    assert seen[-1] == (len(pairs), len(pairs))


def test_without_frames_the_stored_targets_are_the_truth(
    dataset: Store, pairs: list[Pair], tmp_path: Path, fill: Callable[..., None]
) -> None:
    nothing = Store(tmp_path / "nothing")
    report = scored(answer_all(tmp_path / "answers", pairs), dataset, frames=nothing)
    assert report.against_targets == len(pairs)
    assert report.summary("depth")["aligned_abs_rel"].value == pytest.approx(0, abs=1e-6)
    assert report.summary("normals")["mean"].value == pytest.approx(0, abs=1e-3)
    assert report.summary("semantic")["miou"].value == 1
    assert report.summary("instance")["pmf1"].value == 1
    assert report.summary("referring")["ciou"].value == 1
    if "amodal" in report.tasks:
        assert set(report.summary("amodal")) == {"iou"}
        assert report.summary("amodal")["iou"].value == 1


def tar_of(path: Path, pairs: list[Pair], prefix: str = "", format: int = tarfile.PAX_FORMAT) -> Path:
    with tarfile.open(path, "w", format=format) as tar:
        for pair in pairs:
            content = png(pair.target)
            info = tarfile.TarInfo(f"{prefix}{pair.key}.png")
            info.size = len(content)
            info.mtime = 1.5  # which gives an extended header
            tar.addfile(info, io.BytesIO(content))
    return path


@pytest.mark.parametrize("format", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_answers_in_tars(dataset: Store, pairs: list[Pair], tmp_path: Path, format: int) -> None:
    deep = "a-long-folder-name/" * 6 if format != tarfile.USTAR_FORMAT else "./answers/"
    one = tar_of(tmp_path / "one.tar", pairs, deep, format)
    assert set(open_answers(str(one)).keys()) == {pair.key for pair in pairs}
    assert scored(one, dataset, selection=PairSelection(frozenset({"semantic"}))).summary("semantic")["miou"].value == 1
    several = tmp_path / "several"
    several.mkdir()
    half = len(pairs) // 2
    tar_of(several / "0.tar", pairs[:half], format=format)
    tar_of(several / "1.tar", pairs[half:], format=format)
    assert set(open_answers(str(several)).keys()) == {pair.key for pair in pairs}


def test_a_cut_or_foreign_tar_is_one_sentence(pairs: list[Pair], tmp_path: Path) -> None:
    whole = tar_of(tmp_path / "whole.tar", pairs).read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: len(png(pairs[0].target))])
    with pytest.raises(Exception, match=r"cut.tar ends in the middle of a file"):
        open_answers(str(tmp_path / "cut.tar"))
    (tmp_path / "text.tar").write_bytes(b"not a tar at all " * 100)
    with pytest.raises(Exception, match=r"text.tar does not read as a tar"):
        open_answers(str(tmp_path / "text.tar"))


def test_what_can_be_wrong_with_an_answer(dataset: Store, pairs: list[Pair], tmp_path: Path) -> None:
    folder = answer_all(tmp_path / "answers", pairs)
    normals = [pair for pair in pairs if pair.meta.task == "normals"]
    semantic = [pair for pair in pairs if pair.meta.task == "semantic"]
    depth = [pair for pair in pairs if pair.meta.task == "depth"]
    alpha = np.dstack([normals[0].target, np.full(normals[0].target.shape[:2], 128, np.uint8)])
    (folder / f"{normals[0].key}.png").write_bytes(png(alpha))
    (folder / f"{normals[1].key}.png").write_bytes(png(np.zeros(normals[1].target.shape[:2], np.uint16)))
    (folder / f"{normals[2].key}.png").write_bytes(png(normals[2].target)[:-200])
    (folder / f"{semantic[0].key}.png").write_bytes(png(semantic[0].target.repeat(2, 0).repeat(2, 1)))
    (folder / f"{semantic[1].key}.png").write_bytes(b"no image")
    (folder / f"{depth[0].key}.jpg").write_bytes((folder / f"{depth[0].key}.png").read_bytes())
    (folder / "s9999999-v00-depth-00.png").write_bytes(b"")
    (folder / "notes.txt").write_text("notes")
    report = scored(folder, dataset)
    assert len(report.problems) == 6
    said = "\n".join(report.problems)
    assert f"{semantic[0].key}.png: expected height and width (96, 128), got (192, 256); --resize scales it" in said
    assert f"{semantic[1].key}.png: expected an image file (PNG, JPEG or WebP), got another format" in said
    assert f"{normals[0].key}.png: expected an opaque image, got transparent pixels" in said
    assert f"{normals[1].key}.png: expected 8 bits a channel, got 16" in said
    assert f"{normals[2].key}.png: expected an image file (PNG, JPEG or WebP), got" in said
    assert f"expected one answer for {depth[0].key}, got {depth[0].key}.png too" in said
    assert (report.unknown, report.others) == (("s9999999-v00-depth-00",), 1)
    resized = scored(folder, dataset, resize=True, selection=PairSelection(frozenset({"semantic"})))
    assert len(resized.problems) == 1
    assert resized.summary("semantic")["miou"].value == 1
    black = scored(folder, dataset, missing="black")
    assert len(black.problems) == 6
    assert black.summary("normals")["mean"].value > 40 > report.summary("normals")["mean"].value


def test_jpeg_and_other_names_of_formats(dataset: Store, pairs: list[Pair], tmp_path: Path) -> None:
    for number, pair in enumerate(pair for pair in pairs if pair.meta.task == "normals"):
        suffix = ("jpg", "jpeg", "webp", "PNG")[number % 4]
        options = {"jpg": ("JPEG", 95), "jpeg": ("JPEG", 95), "webp": ("WEBP", 90), "PNG": ("PNG", 95)}[suffix]
        Image.fromarray(pair.target).save(tmp_path / f"{pair.key}.{suffix}", options[0], quality=options[1])
    report = scored(tmp_path, dataset, selection=PairSelection(frozenset({"normals"})))
    assert (report.problems, report.missing) == ((), ())
    assert 0.2 < report.summary("normals")["mean"].value < 8


def test_missing_answers(dataset: Store, pairs: list[Pair], tmp_path: Path) -> None:
    normals = [pair for pair in pairs if pair.meta.task == "normals"]
    folder = answer_all(tmp_path / "some", normals[1:])
    chosen = PairSelection(frozenset({"normals"}))
    with pytest.raises(MissingAnswers, match=f"1 of {len(normals)} pairs have no answer: {normals[0].key}$"):
        scored(folder, dataset, selection=chosen)
    skipped = scored(folder, dataset, selection=chosen, missing="skip")
    assert skipped.missing == (normals[0].key,)
    assert skipped.summary("normals")["mean"].value < 0.3
    black = scored(folder, dataset, selection=chosen, missing="black")
    assert black.missing == (normals[0].key,)
    assert black.summary("normals")["mean"].value == pytest.approx(90 / len(normals), abs=1)


def test_nothing_to_score_is_one_sentence(dataset: Store, pairs: list[Pair], tmp_path: Path) -> None:
    folder = answer_all(tmp_path / "answers", pairs[:1])
    with pytest.raises(CannotScore, match=r"no pair is of that task and split; there are the tasks (amodal, )?depth"):
        scored(folder, dataset, selection=PairSelection(frozenset({"albedo"})))
    (tmp_path / "other").mkdir()
    with pytest.raises(Exception, match=r"expected answers named KEY.png, .jpg or .webp, .* got no file"):
        open_answers(str(tmp_path / "other"))
    with pytest.raises(Exception, match=r"neither a folder nor a .tar"):
        open_answers(str(tmp_path / "absent"))
    (tmp_path / "other/mine-7.png").write_bytes(b"")
    with pytest.raises(CannotScore, match=rf"expected names such as {pairs[0].key}.png, got mine-7"):
        scored(tmp_path / "other", dataset)


def test_the_files_hold_every_score(dataset: Store, pairs: list[Pair], tmp_path: Path) -> None:
    report = scored(answer_all(tmp_path / "answers", pairs), dataset)
    files = report_files(report)
    table = pq.read_table(io.BytesIO(files["scores.parquet"]))
    rows = {row["key"]: row for row in table.to_pylist()}
    assert list(rows) == sorted(pair.key for pair in pairs)
    normals = next(pair for pair in pairs if pair.meta.task == "normals")
    row = rows[normals.key]
    assert (row["scene"], row["split"], row["template"]) == ("s0000000", "train", normals.meta.template)
    assert (row["status"], row["truth"], row["problem"]) == ("scored", "frame", "")
    assert row["mean"] < 0.3
    assert row["miou"] is None
    summary = json.loads(files["summary.json"])
    assert summary["counts"]["scored"] == len(pairs)
    assert summary["tasks"]["normals"]["scores"]["mean"]["value"] == report.summary("normals")["mean"].value
    assert set(summary["tasks"]["normals"]["by_split"]) == {"heldout", "train"}
    assert folder_of(dataset).is_dir()
