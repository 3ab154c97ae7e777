"""The page of statistics, counted once, at the first request."""

import importlib.util
import threading
from collections.abc import Iterator
from typing import Any

from encode import Frame, SceneIndex
from shards.gallery.catalog import Catalog
from shards.gallery.response import NotFound, Response, json_response
from shards.gallery.sample_reader import SampleReader
from shards.gallery.statistics_summary import MOST_COUNTED, count_frames, draw_plots, summarize
from shards.layout import PLOTS, ShardIndex
from shards.stats import DatasetStatistics

__all__ = ["StatisticsRoutes"]

Row = dict[str, Any]


class StatisticsRoutes:
    """Figures of some frames, and the plots that `verichrome stats` drew of all, where it did."""

    def __init__(self, catalog: Catalog, samples: SampleReader) -> None:
        self._catalog = catalog
        self._samples = samples
        self._lock = threading.Lock()  # two simultaneous requests wait for one count
        self._counted: tuple[DatasetStatistics, dict[str, ShardIndex]] | None = None

    def report(self) -> Response:
        """Figures and near-duplicates of the counted frames; `plots` in it is `all`, `sample` or `none`."""
        statistics, shards = self._count()
        plotted = "all" if self._drawn() else "sample" if importlib.util.find_spec("matplotlib") else "none"
        return json_response({**summarize(statistics, shards), "plots": plotted})

    def picture(self) -> Response:
        """The plots as PNG. Raises NotFound."""
        if self._drawn():
            return Response(self._catalog.store.read_bytes(PLOTS), "image/png")
        return draw_plots(self._count()[0])

    def _drawn(self) -> bool:
        return self._catalog.store.exists(PLOTS)

    def _count(self) -> tuple[DatasetStatistics, dict[str, ShardIndex]]:
        with self._lock:
            if self._counted is None:
                rows = list(self._rows())
                if not rows:
                    raise NotFound("there are no frames here to count")
                statistics = count_frames(self._frames(rows))
                self._counted = statistics, {row["key"]: row["shard"] for row in rows}
            return self._counted

    def _rows(self) -> Iterator[Row]:
        frames = self._catalog.rows("frames")
        total = frames.page(["key"], 0, 1).total or MOST_COUNTED
        for start in sorted({number * total // MOST_COUNTED for number in range(MOST_COUNTED)}):
            yield from frames.page(["key", "shard", "scene_index"], start, 1).rows

    def _frames(self, rows: list[Row]) -> Iterator[tuple[Frame, SceneIndex]]:
        for row in rows:
            yield self._samples.frame(row["shard"], row["key"]), row["scene_index"]
