"""The contact sheet of the worst answers of each task."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from encode import Pair, asks_for_text, meta_of_answer
from shards.gallery.sample_reader import SampleReader
from shards.gallery.tar_index import TarIndex
from shards.layout import ShardIndex
from shards.pairs import read_pair
from shards.scoring.answers import Answers
from shards.scoring.errors import error_picture
from shards.scoring.headlines import headline, ranked
from shards.scoring.pair_score import PairScore
from shards.scoring.report import ScoreReport
from shards.store import Store
from shards.summary.canvas import BODY, CAPTION, GUTTER, HEADING, MARGIN, MUTED, Canvas, line_height, wrap

__all__ = ["worst_sheet"]

_COLUMNS = ("Source", "Answer", "Target", "Error")
_CELL, _PROMPT_WIDTH, _ROW_GAP = 248, 290, 26

Row = tuple[float, PairScore]


def worst_sheet(
    report: ScoreReport, answers: Answers, pairs: Store, frames: Store, rows: int = 3
) -> Image.Image | None:
    """Draw the `rows` worst answers of each task: source, answer, target, where it is wrong, and prompt and score.

    Ranked by abs_rel, mean angle, IoU, pmF1 or delta E. None where there is no answer to rank. Raises ShardError.
    """
    chosen = [row for task in report.tasks for row in ranked(_of(report, task))[:rows]]
    if not chosen:
        return None
    samples = SampleReader(TarIndex(frames, "frames"), TarIndex(pairs, "pairs"))
    drawn = []
    for value, score in chosen:
        shard = ShardIndex(score.shard)
        stored = read_pair(score.key, samples.pairs.sample(shard, score.key))
        answer = answers.read(score.key, stored.pair.meta.shape, resize=bool(report.settings["resize"]))
        meta = stored.pair.meta
        text = answers.text(score.key) if asks_for_text(meta) else ""
        answered = replace(stored.pair, target=answer, meta=meta_of_answer(meta, text))
        errors = error_picture(answered, stored.pair, samples.frame_of(shard, stored.pair))
        pictures = (stored.source, answer, stored.pair.target, errors)
        drawn.append(_WorstAnswer(stored.pair, pictures, f"{_ranking(score)} {value:.4g}"))
    return _draw(drawn)


@dataclass(frozen=True, slots=True)
class _WorstAnswer:
    """A row of the sheet: a pair, its four pictures, and its score."""

    pair: Pair
    pictures: tuple[UInt8[np.ndarray, "h w 3"] | None, ...]
    score: str


def _of(report: ScoreReport, task: str) -> Iterator[PairScore]:
    return (pair for pair in report.pairs if pair.task == task)


def _ranking(score: PairScore) -> str:
    return next(name for name in headline(score.task).ranking if name in score.scores)


def _draw(answers: list[_WorstAnswer]) -> Image.Image:
    height = min(_CELL, max(_CELL * each.pair.meta.height // each.pair.meta.width for each in answers))
    top, row = MARGIN + line_height(HEADING) + 22, height + line_height(CAPTION) + 6 + _ROW_GAP
    columns = [MARGIN + column * (_CELL + GUTTER) for column in range(len(_COLUMNS))]
    right = columns[-1] + _CELL + GUTTER + 8
    canvas = Canvas(right + _PROMPT_WIDTH + MARGIN, top + len(answers) * row - _ROW_GAP + MARGIN)
    for x, heading in zip(columns, _COLUMNS, strict=True):
        canvas.text(x, MARGIN - 4, heading, HEADING)
    canvas.rule(top - 16, MARGIN, right + _PROMPT_WIDTH)
    for number, each in enumerate(answers):
        y = top + number * row
        for x, pixels in zip(columns, each.pictures, strict=True):
            canvas.picture(x, y, _CELL, height, pixels, exact=x > columns[0])
        for x, caption in zip(columns, (each.pair.key, each.score), strict=False):
            canvas.paragraph(x, y + height + 6, wrap(caption, _CELL, CAPTION, 1), CAPTION, MUTED)
        lines = wrap(each.pair.prompt, _PROMPT_WIDTH, BODY, max(1, height // line_height(BODY)))
        canvas.paragraph(right, y - 2, lines, BODY)
    return canvas.image
