"""The figures drawn on one page. Needs matplotlib, which the extra `stats` brings."""

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float64
from matplotlib.colors import is_color_like
from matplotlib.figure import Figure

from encode.reading.short_text import printable
from shards.stats.histogram import Histogram
from shards.stats.shapes import ShapeStatistics
from shards.stats.statistics import DatasetStatistics

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw"]

_INK, _BAR, _SECOND = "#222428", "#3f6fb0", "#c5703f"
_MOST = 40  # categories that fit


def draw(statistics: DatasetStatistics, title: str) -> Figure:
    """All figures on one page, which `Figure.savefig` writes."""
    figure = Figure(figsize=(16, 15), dpi=100, layout="constrained", facecolor="#fcfcfa")
    figure.suptitle(title, fontsize=15, color=_INK, x=0.01, ha="left")
    spots = figure.subplot_mosaic(
        [
            ["categories", "depth", "normals"],
            ["categories", "area", "colors"],
            ["categories", "visible", "words"],
            ["categories", "concavity", "centers"],
            ["categories", "light", "count"],
        ],
        width_ratios=[1.25, 1, 0.8],
    )
    _categories(spots["categories"], statistics)
    _histogram(spots["depth"], statistics.depth, "Depth of pixels (m)", log=True)
    _histogram(spots["area"], statistics.area, "Visible area of a thing (share of the image)", log=True)
    _histogram(spots["visible"], statistics.visible, "Visible fraction of a thing")
    _histogram(spots["light"], statistics.light, "Median luminance of an image (1 is white)")
    _histogram(spots["concavity"], statistics.shapes.concavity, "Concavity of a thing's visible mask")
    _centers(spots["centers"], statistics.shapes)
    _normals(spots["normals"], statistics.normal)
    _chroma(spots["colors"], statistics.chroma)
    _words(spots["words"], statistics)
    _per_frame(spots["count"], statistics)
    for axes in spots.values():
        axes.tick_params(labelsize=8, colors=_INK)
    return figure


def _categories(axes: "Axes", statistics: DatasetStatistics) -> None:
    ordered = sorted(statistics.categories.items(), key=lambda item: -item[1].pixels)[:_MOST]
    rows = np.arange(len(ordered))
    axes.barh(rows, [100 * count.pixels / statistics.pixels for _, count in ordered], color=_BAR)
    axes.set_xscale("log")
    axes.set_xlim(left=axes.get_xlim()[0] / 4)  # room for the figures in the shortest bar
    left = axes.get_xlim()[0]
    for row, (name, count) in enumerate(ordered):
        label = f"{count.instances:,} in {count.frames:,}" if name in statistics.things else f"in {count.frames:,}"
        axes.text(left * 1.1, row, label, va="center", fontsize=7, color="white")
    axes.set_yticks(rows, [_label(name) for name, _ in ordered])
    axes.set_ylim(len(ordered) - 0.4, -0.6)
    rest = len(statistics.categories) - len(ordered)
    more = f"; {rest} smaller ones not shown" if rest > 0 else ""
    axes.set_title(f"Categories: % of pixels; instances in frames{more}", loc="left", fontsize=10, color=_INK)


def _histogram(axes: "Axes", histogram: Histogram, title: str, log: bool = False) -> None:
    total = max(1, int(histogram.counts.sum()))
    axes.stairs(100 * histogram.counts / total, histogram.edges, fill=True, color=_BAR)
    middle = histogram.quantile(0.5)
    axes.axvline(middle, color=_SECOND, linewidth=1)
    if log:
        axes.set_xscale("log")
    axes.set_ylabel("%", fontsize=8)
    axes.set_title(f"{title}, median {middle:.3g}", loc="left", fontsize=10, color=_INK)


def _normals(axes: "Axes", counts: Float64[np.ndarray, "n n"]) -> None:
    _density(axes, counts, 1.0)
    axes.set_title("Normals, camera axes", loc="left", fontsize=10, color=_INK)


def _centers(axes: "Axes", shapes: ShapeStatistics) -> None:
    counts = 100 * shapes.centers / max(1, int(shapes.centers.sum()))
    axes.imshow(counts, cmap="magma", extent=(0, 1, 1, 0), vmin=0)
    axes.set_title(
        f"Centres of things, {shapes.middle_ninth:.0%} in the middle ninth", loc="left", fontsize=10, color=_INK
    )


def _chroma(axes: "Axes", counts: Float64[np.ndarray, "n n"]) -> None:
    _density(axes, counts, 100.0)
    axes.set_title("Colours of images: a* right, b* up", loc="left", fontsize=10, color=_INK)


def _density(axes: "Axes", counts: Float64[np.ndarray, "n n"], reach: float) -> None:
    shares = counts / max(1.0, counts.sum())
    axes.imshow(
        np.log10(np.maximum(shares, 1e-6)), origin="lower", extent=(-reach, reach, -reach, reach), cmap="magma", vmin=-6
    )


def _words(axes: "Axes", statistics: DatasetStatistics) -> None:
    words = statistics.colors.most_common(_MOST)
    paints = [word if is_color_like(word) else "lightgray" for word, _ in words]
    axes.bar(
        [_label(word) for word, _ in words], [count for _, count in words], color=paints, edgecolor=_INK, linewidth=0.4
    )
    axes.tick_params(axis="x", rotation=60)
    axes.set_title("Colour words of seen things", loc="left", fontsize=10, color=_INK)


def _per_frame(axes: "Axes", statistics: DatasetStatistics) -> None:
    most = max(statistics.per_frame, default=0)
    axes.bar(range(most + 1), [statistics.per_frame[number] for number in range(most + 1)], color=_BAR)
    axes.set_title("Visible things, frames", loc="left", fontsize=10, color=_INK)


def _label(name: str) -> str:
    """A name from the data, escaped so that Matplotlib does not read it as a formula."""
    return printable(name, 40).replace("$", r"\$")
