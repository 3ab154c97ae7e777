"""Scores answers to a benchmark's prompts, in many processes, into the same report as those to a data set's pairs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np

from encode import EncodeError, get_task
from shards import ShardError
from shards.errors import BadSample
from shards.scoring import Answers, Missing, PairScore, ScoreReport, open_answers, report_files
from shards.scoring.report import group_scores
from shards.spawned_map import map_spawned
from verichrome.errors import UsageError
from verichrome.evaluation.registry import open_benchmark
from verichrome.evaluation.sample import Benchmark, BenchmarkSample
from verichrome.machine import cores
from verichrome.output_file import write_files

__all__ = ["score_benchmark"]

#: Samples that a process is given at a time.
_SAMPLES_A_PART = 16

#: Parts up to which starting processes takes longer than scoring.
_FEW_PARTS = 4


def score_benchmark(
    name: str,
    predictions: str | Path,
    root: str | Path,
    *,
    missing: Missing = "error",
    resize: bool = False,
    out: str | Path | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ScoreReport:
    """Decode and score a model's answers to a public benchmark, with the benchmark's own crop, cap and masks.

    name: of `BENCHMARKS`. predictions: KEY.png for each key of `write_prompts`, as `score_predictions` takes them.
    root: the folder of the benchmark's official files. The other arguments are those of `score_predictions`. The
    report's splits are the benchmark's parts, such as DIODE's indoors and outdoor.

    Raises UsageError where files or answers are missing, OSError where the report cannot be written. A truth that
    cannot be read is one of the report's problems.
    """
    benchmark = open_benchmark(name, Path(root))
    try:
        samples = list(benchmark.samples())
        answers = open_answers(str(predictions))
    except (ShardError, EncodeError) as error:
        raise UsageError(f"{error}.") from error
    keys = {sample.key for sample in samples}
    _check_answered(samples, answers, missing)
    job = _BenchmarkJob(name, Path(root), answers, missing == "black", resize)
    scores: list[PairScore] = []
    for part in _run(job, benchmark, samples, workers or cores()):
        scores += part
        if progress is not None:
            progress(len(scores), len(samples))
    scores.sort(key=lambda score: score.key)
    report = ScoreReport(
        dataset=str(root),
        answers=answers.url,
        pairs=tuple(scores),
        groups=group_scores(scores),
        unknown=tuple(key for key in answers.places if key not in keys),
        others=answers.others,
        settings={"benchmark": name, "missing": missing, "resize": resize},
    )
    if out is not None:
        write_files(Path(out), report_files(report))
    return report


@dataclass(frozen=True, slots=True)
class _BenchmarkJob:
    """What is the same for all samples."""

    name: str
    root: Path
    answers: Answers
    black: bool
    resize: bool

    def score(self, benchmark: Benchmark, sample: BenchmarkSample) -> PairScore:
        """The scores of one answer, or why there are none."""
        named = (sample.key, 0, sample.task, "", sample.scene, "", sample.part)
        answered = sample.key in self.answers.places
        if not answered and not self.black:
            return PairScore(*named, "missing")
        problem = ""
        try:
            truth = benchmark.truth(sample)
            try:
                answer = self.answers.read(sample.key, truth.shape, resize=self.resize) if answered else None
            except BadSample as error:
                problem = str(error)
                if not self.black:
                    return PairScore(*named, "bad", problem=problem)
                answer = None
            if answer is None:
                answer = np.zeros((*truth.shape, 3), np.uint8)
            meta = sample.meta(truth.shape)
            scores = truth.score(get_task(sample.task).decode(answer, meta), meta)
        except (EncodeError, OSError) as error:
            return PairScore(*named, "bad", problem=f"{sample.key}: {error}")
        return PairScore(*named, "bad" if problem else "scored" if answered else "missing", "frame", problem, scores)


def _check_answered(samples: Sequence[BenchmarkSample], answers: Answers, missing: Missing) -> None:
    without = [sample.key for sample in samples if sample.key not in answers.places]
    if samples and len(without) == len(samples):
        found = ", ".join(islice(answers.keys(), 5))[:300]
        raise UsageError(f"{answers.url}: expected answers named as {without[0]}.png, got {found}.")
    if without and missing == "error":
        more = f" and {len(without) - 5:,} more" if len(without) > 5 else ""
        raise UsageError(
            f"{answers.url}: {len(without):,} of {len(samples):,} samples have no answer:"
            f" {', '.join(without[:5])}{more}. --missing skip leaves them out, --missing black scores them as black."
        )


def _run(
    job: _BenchmarkJob, benchmark: Benchmark, samples: Sequence[BenchmarkSample], workers: int
) -> Iterator[list[PairScore]]:
    parts = [samples[start : start + _SAMPLES_A_PART] for start in range(0, len(samples), _SAMPLES_A_PART)]
    if workers == 1 or len(parts) <= _FEW_PARTS:
        yield from ([job.score(benchmark, sample) for sample in part] for part in parts)
        return
    yield from map_spawned(_score_part, parts, workers, _keep, job)


@cache
def _kept() -> list[tuple[_BenchmarkJob, Benchmark]]:
    """The job of a worker process."""
    return []


def _keep(job: _BenchmarkJob) -> None:
    _kept().append((job, open_benchmark(job.name, job.root)))


def _score_part(part: Sequence[BenchmarkSample]) -> list[PairScore]:
    job, benchmark = _kept()[0]
    return [job.score(benchmark, sample) for sample in part]
