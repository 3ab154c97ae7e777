"""The job's progress as Ray metrics: what the bar shows, for Ray's dashboard and for Prometheus."""

import time
from typing import Any
from urllib.parse import quote

from verichrome.driver.totals import Pace, Totals

__all__ = ["METRICS", "JobMetrics"]

#: Ray puts `ray_` before each name. All are gauges, tagged with `out`: counts of a lost shard are subtracted again.
METRICS = {
    "verichrome_scenes_wanted": "Scenes that the output is to have in the end",
    "verichrome_scenes_done": "Scenes that are committed or in an open shard, those of earlier runs too",
    "verichrome_scenes_failed": "Scenes that failed and are left out",
    "verichrome_frames": "Frames of this run",
    "verichrome_frames_per_second": "Pace of this run",
    "verichrome_pairs": "Pairs of this run",
    "verichrome_rejected": "Camera candidates that checks rejected in this run",
    "verichrome_retries": "Shards given to another worker after a crash, a hang or a lost machine",
    "verichrome_workers": "Workers that are at work",
    "verichrome_seconds_left": "Time left at this pace",
    "verichrome_stage_seconds": "Worker time of this run's committed shards, by the tag stage",
}
#: Characters that a tag may have.
TAG_LENGTH = 255
#: Seconds between updates; Ray sends them on every ten.
INTERVAL = 2.0


class JobMetrics:
    """Gauges of one job, which writes to `out` until it has `total` scenes. Ray must be running."""

    def __init__(self, out: str, total: int, pace: Pace) -> None:
        from ray.util.metrics import Gauge

        self._total = total
        self._pace = pace
        self._tags = {"out": _tag(out)}
        self._gauges: dict[str, Any] = {
            name: Gauge(name, text, ("out", "stage") if name == "verichrome_stage_seconds" else ("out",))
            for name, text in METRICS.items()
        }
        self._shown_at: float | None = None

    def show(self, totals: Totals, workers: int) -> None:
        """Set every gauge, unless they were set just now; `workers` are at work."""
        if self._shown_at is not None and time.monotonic() - self._shown_at < INTERVAL:
            return
        self._shown_at = time.monotonic()
        self._set(totals, workers)

    def end(self, totals: Totals) -> None:
        """Set every gauge to its final value; no worker is running any more."""
        self._set(totals, 0)

    def _set(self, totals: Totals, workers: int) -> None:
        left = self._pace.seconds_left(totals)
        values = {
            "scenes_wanted": self._total,
            "scenes_done": totals.done,
            "scenes_failed": totals.failed,
            "frames": totals.frames_so_far,
            "frames_per_second": self._pace.frames_per_second(totals),
            "pairs": totals.pairs_so_far,
            "rejected": totals.rejected_so_far,
            "retries": totals.retries,
            "workers": workers,
            **({} if left is None else {"seconds_left": left}),
        }
        for name, value in values.items():
            self._gauges[f"verichrome_{name}"].set(value, self._tags)
        for stage, seconds in totals.seconds.items():
            self._gauges["verichrome_stage_seconds"].set(seconds, {**self._tags, "stage": stage})


def _tag(text: str) -> str:
    """`text` as a tag's value, for which Ray takes at most 255 printable ASCII characters: the rest as in a URL."""
    ascii_alone = quote(text, safe="".join(map(chr, range(ord(" "), ord("~") + 1))))
    return ascii_alone if len(ascii_alone) <= TAG_LENGTH else f"...{ascii_alone[3 - TAG_LENGTH :]}"
