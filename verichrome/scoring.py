"""Scoring the answers of a model to the pairs of a data set: what `verichrome score` does, from Python."""

import io
from collections.abc import Callable, Collection
from pathlib import Path

from PIL import Image

from shards import ShardError
from shards.scoring import (
    Answers,
    CannotScore,
    Missing,
    MissingAnswers,
    PairSelection,
    ScoreReport,
    open_answers,
    report_files,
    score_answers,
    worst_sheet,
)
from verichrome.dataset import open_dataset
from verichrome.errors import UsageError
from verichrome.machine import cores
from verichrome.output_file import write_files

__all__ = ["score_predictions"]


def score_predictions(
    predictions: str | Path,
    dataset: str | Path,
    *,
    frames: str | Path | None = None,
    tasks: Collection[str] = (),
    split: str = "",
    missing: Missing = "error",
    resize: bool = False,
    out: str | Path | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ScoreReport:
    """Decode and score every answer of a model, and summarise them as each task's benchmarks do.

    predictions: a folder, a tar or a folder of tars, local or a URL, of images named by the keys of the pairs (KEY.png,
    .jpg or .webp). dataset: folder or URL of the pairs; frames: where the frames are, if elsewhere. Without frames the
    answers are compared with what the stored targets decode to.
    tasks, split: what to score, everything where they are empty. missing: `error` refuses to score while a pair has no
    answer, `skip` leaves it out, `black` scores a black picture in its place. resize: scale answers of another size.
    out: a folder for scores.parquet, summary.json and worst.png. workers: processes, by default one a core.

    Raises UsageError where there is nothing to score as asked, shards.ShardError for a damaged data set, OSError where
    the report cannot be written.
    """
    opened = open_dataset(dataset, frames)
    answers = _open_answers(str(predictions))
    try:
        report = score_answers(
            answers,
            opened.store,
            opened.frames_store,
            selection=PairSelection(frozenset(tasks), split),
            missing=missing,
            resize=resize,
            workers=workers or cores(),
            progress=progress,
        )
    except MissingAnswers as error:
        raise UsageError(f"{error}. --missing skip leaves them out, --missing black scores them as black.") from error
    except CannotScore as error:
        raise UsageError(f"{error}.") from error
    if out is not None:
        sheet = worst_sheet(report, answers, opened.store, opened.frames_store)
        write_files(Path(out), {**report_files(report), **({"worst.png": _png(sheet)} if sheet else {})})
    return report


def _png(sheet: Image.Image) -> bytes:
    stream = io.BytesIO()
    sheet.save(stream, "PNG")
    return stream.getvalue()


def _open_answers(url: str) -> Answers:
    try:
        return open_answers(url)
    except ShardError as error:
        raise UsageError(f"{error}.") from error
