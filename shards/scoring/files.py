"""The files of a report: `scores.parquet`, one row a pair, and `summary.json`."""

import io
import json
import math
from dataclasses import asdict
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from shards.scoring.pair_score import PairScore
from shards.scoring.report import Estimate, ScoreReport

__all__ = ["COLUMNS", "SCORES", "SUMMARY", "report_files", "scores_table"]

SCORES, SUMMARY = "scores.parquet", "summary.json"

#: The columns of text in `scores.parquet`; a number `shard` and the scores follow.
COLUMNS = ("key", "task", "codec", "scene", "frame_key", "template", "split", "truth", "status", "problem")

_LISTED = 1000


def report_files(report: ScoreReport) -> dict[str, bytes]:
    """The content of each file by name; the same report gives the same bytes."""
    stream = io.BytesIO()
    pq.write_table(scores_table(report.pairs), stream, compression="zstd")
    text = json.dumps(summary_json(report), indent=2, sort_keys=True, allow_nan=False, ensure_ascii=False)
    return {SCORES: stream.getvalue(), SUMMARY: f"{text}\n".encode(errors="replace")}


def scores_table(pairs: tuple[PairScore, ...]) -> pa.Table:
    """One row a pair; every score of any task is a column, null where a pair does not have it."""
    names = sorted({name for pair in pairs for name in pair.scores})
    texts = {name: pa.array([getattr(pair, name) for pair in pairs], pa.string()) for name in COLUMNS}
    scores = {name: pa.array([pair.scores.get(name) for pair in pairs], pa.float64()) for name in names}
    shards = {"shard": pa.array([pair.shard for pair in pairs], pa.int32())}
    return pa.table({**texts, **shards, **scores})


def summary_json(report: ScoreReport) -> dict[str, Any]:
    """The report without its rows; a score that is not a number is null."""
    return {
        "dataset": report.dataset,
        "answers": report.answers,
        "settings": report.settings,
        "counts": {
            "pairs": len(report.pairs),
            "scored": sum(pair.status == "scored" for pair in report.pairs),
            "missing": len(report.missing),
            "bad": len(report.problems),
            "unknown": len(report.unknown),
            "other_files": report.others,
            "against_targets": report.against_targets,
        },
        "tasks": {task: _task_json(report, task) for task in report.tasks},
        "missing": report.missing[:_LISTED],
        "bad": report.problems[:_LISTED],
        "unknown": report.unknown[:_LISTED],
    }


def _task_json(report: ScoreReport, task: str) -> dict[str, Any]:
    found: dict[str, Any] = {"pairs": 0, "scenes": 0, "scores": {}}
    for group in (group for group in report.groups if group.task == task):
        scores = {name: _estimate_json(estimate) for name, estimate in group.scores.items()}
        part = {"pairs": group.pairs, "scenes": group.scenes, "scores": scores}
        if group.column:
            found.setdefault(f"by_{group.column}", {})[group.value] = part
        else:
            found.update(part)
    return found


def _estimate_json(estimate: Estimate) -> dict[str, float | None]:
    return {name: value if math.isfinite(value) else None for name, value in asdict(estimate).items()}
