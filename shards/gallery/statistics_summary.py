"""Statistics of some frames, spread evenly over the data set, as figures for JSON and as plots."""

import io
from collections.abc import Iterable
from typing import Any

from encode import Frame, SceneIndex
from shards.gallery.response import NotFound, Response
from shards.layout import ShardIndex
from shards.stats import DatasetStatistics, ViewHash, alike_views

__all__ = ["MOST_COUNTED", "count_frames", "draw_plots", "summarize"]

#: Frames that are counted, spread evenly: enough for shares to a few per cent, in some ten seconds.
MOST_COUNTED = 128
_CATEGORIES_LISTED, _ALIKE_LISTED = 60, 60


def count_frames(frames: Iterable[tuple[Frame, SceneIndex]]) -> DatasetStatistics:
    """Count over (frame, scene index)."""
    statistics = DatasetStatistics()
    for frame, scene in frames:
        statistics.add(frame, scene)
    return statistics


def draw_plots(statistics: DatasetStatistics) -> Response:
    """The page of figures as PNG; raises NotFound, with what to install, where there is no matplotlib."""
    try:
        from shards.stats.figure import draw  # a lazy import: matplotlib is slow to load and may be absent
    except ImportError:
        raise NotFound("The plots need matplotlib, which is not installed: `pip install matplotlib`.") from None
    stream = io.BytesIO()
    title = f"{statistics.frames:,} frames of {len(statistics.scenes):,} scenes"
    draw(statistics, title).savefig(stream, format="png", metadata={"Software": None})
    return Response(stream.getvalue(), "image/png")


def summarize(statistics: DatasetStatistics, shards: dict[str, ShardIndex]) -> dict[str, Any]:
    """The figures for JSON; `shards` says in which shard each counted frame is."""
    pixels = max(1, statistics.pixels)
    alike = sorted(alike_views(statistics.hashes), key=lambda pair: (pair[2], pair[0].key, pair[1].key))
    return {
        "frames": statistics.frames,
        "scenes": len(statistics.scenes),
        "no_surface": statistics.without_surface / pixels,
        "labelled": statistics.labelled / pixels,
        "depth": _quantiles(statistics.depth.quantile),
        "luminance": _quantiles(statistics.light.quantile),
        "things": int(statistics.visible.counts.sum()),
        "categories": _categories(statistics, pixels),
        "alike": [_alike(one, other, apart, shards) for one, other, apart in alike[:_ALIKE_LISTED]],
        "alike_count": len(alike),
    }


def _quantiles(quantile: Any) -> dict[str, float]:
    return {name: quantile(share) for name, share in (("low", 0.01), ("median", 0.5), ("high", 0.99))}


def _categories(statistics: DatasetStatistics, pixels: int) -> list[dict[str, Any]]:
    ordered = sorted(statistics.categories.items(), key=lambda item: (-item[1].pixels, item[0]))
    return [
        {
            "name": name,
            "share": count.pixels / pixels,
            "frames": count.frames,
            "instances": count.instances if name in statistics.things else None,
        }
        for name, count in ordered[:_CATEGORIES_LISTED]
    ]


def _alike(one: ViewHash, other: ViewHash, apart: int, shards: dict[str, ShardIndex]) -> dict[str, Any]:
    views = [{"key": view.key, "shard": shards[view.key]} for view in (one, other)]
    return {"views": views, "apart": apart}
