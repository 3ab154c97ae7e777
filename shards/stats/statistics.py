"""Statistics of frames: what they show, counted."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float, Float64, UInt8
from PIL import Image

from encode import Frame, SceneIndex
from encode.colors.distance import srgb_to_lab
from shards.stats.alike import ViewHash, hash_view
from shards.stats.asked import AskedStatistics
from shards.stats.histogram import Histogram
from shards.stats.image_figures import FIGURE_SIDE, FIGURES, reduced
from shards.stats.legends import LegendStatistics
from shards.stats.moments import Moments
from shards.stats.shapes import ShapeStatistics

__all__ = ["CategoryCount", "DatasetStatistics"]

#: Every so many pixels along each side are looked at for colours: a 16th of all is plenty for a histogram.
_STEP = 4
_NORMAL_BINS = 61
_CHROMA_BINS, _CHROMA = 64, 100.0


@dataclass(slots=True)
class CategoryCount:
    """How often a category is seen: in frames, as instances (for things), in pixels."""

    frames: int = 0
    instances: int = 0
    pixels: int = 0

    def merge(self, other: "CategoryCount") -> None:
        """Add another's counts."""
        self.frames += other.frames
        self.instances += other.instances
        self.pixels += other.pixels


def _depths() -> Histogram:
    return Histogram(np.geomspace(0.1, 1000, 81))


def _shares() -> Histogram:
    return Histogram(np.linspace(0, 1, 41))


def _sizes() -> Histogram:
    return Histogram(np.geomspace(1e-5, 1, 51))


@dataclass(slots=True)
class DatasetStatistics:
    """Counts over frames.

    depth: of pixels with a surface, metres. normal: 61x61 over x (columns, right) and y (rows, up) in camera axes.
    chroma: 64x64 over Lab's a* (columns) and b* (rows) in [-100, 100]. light: the median luminance of each frame (1 is
    white), clipped: its share of pixels with a channel at 0 or 255. visible: of each seen thing the share that is not
    hidden; area: its share of the image. colors: colour names of seen things. asked: by task, what its pairs ask for.
    legends: of the semantic pairs. image: by name, the figures of the images (`shards.stats.image_figures`), at most
    FIGURE_SIDE pixels on the shorter side; full_size: frames of that side or more, for which bands of photographs
    hold. shapes: where visible things are, how large, and how far from convex.
    """

    frames: int = 0
    scenes: set[SceneIndex] = field(default_factory=set)
    pixels: int = 0
    labelled: int = 0
    without_surface: int = 0
    categories: dict[str, CategoryCount] = field(default_factory=dict)
    things: set[str] = field(default_factory=set)
    colors: Counter[str] = field(default_factory=Counter)
    per_frame: Counter[int] = field(default_factory=Counter)
    depth: Histogram = field(default_factory=_depths)
    visible: Histogram = field(default_factory=_shares)
    area: Histogram = field(default_factory=_sizes)
    light: Histogram = field(default_factory=_shares)
    clipped: Histogram = field(default_factory=_shares)
    normal: Float64[np.ndarray, "61 61"] = field(default_factory=lambda: np.zeros((_NORMAL_BINS, _NORMAL_BINS)))
    chroma: Float64[np.ndarray, "64 64"] = field(default_factory=lambda: np.zeros((_CHROMA_BINS, _CHROMA_BINS)))
    hashes: list[ViewHash] = field(default_factory=list)
    asked: dict[str, AskedStatistics] = field(default_factory=dict)
    legends: LegendStatistics = field(default_factory=LegendStatistics)
    image: dict[str, Moments] = field(default_factory=dict)
    full_size: int = 0
    shapes: ShapeStatistics = field(default_factory=ShapeStatistics)

    def add(self, frame: Frame, scene: SceneIndex) -> None:
        """Count one frame of the scene with this index."""
        surface = np.isfinite(frame.truth.depth)
        self.frames += 1
        self.scenes.add(scene)
        self.pixels += surface.size
        self.labelled += int(np.count_nonzero(frame.truth.category))
        self.without_surface += int(np.count_nonzero(~surface))
        self.depth.add(frame.truth.depth[surface])
        self._add_categories(frame)
        self._add_things(frame)
        self._add_normals(frame.truth.normal[surface])
        self._add_colors(frame.image)
        self._add_figures(frame.image)
        self.hashes.append(hash_view(frame, scene))

    def merge(self, other: "DatasetStatistics") -> None:
        """Add what was counted over other frames."""
        self.frames += other.frames
        self.scenes |= other.scenes
        self.pixels += other.pixels
        self.labelled += other.labelled
        self.without_surface += other.without_surface
        for name, count in other.categories.items():
            self.categories.setdefault(name, CategoryCount()).merge(count)
        self.things |= other.things
        self.colors += other.colors
        self.per_frame += other.per_frame
        for histogram, others in zip(self._histograms(), other._histograms(), strict=True):
            histogram.merge(others)
        self.normal += other.normal
        self.chroma += other.chroma
        self.hashes += other.hashes
        for task, asked in other.asked.items():
            self.asked.setdefault(task, AskedStatistics()).merge(asked)
        self.legends.merge(other.legends)
        self.full_size += other.full_size
        self.shapes.merge(other.shapes)
        for figure, moments in other.image.items():
            self.image.setdefault(figure, Moments()).merge(moments)

    def _histograms(self) -> tuple[Histogram, ...]:
        return self.depth, self.visible, self.area, self.light, self.clipped

    def _add_figures(self, image: UInt8[np.ndarray, "h w 3"]) -> None:
        self.full_size += min(image.shape[:2]) >= FIGURE_SIDE
        small = reduced(Image.fromarray(image), FIGURE_SIDE)
        for name, figure in FIGURES.items():
            self.image.setdefault(name, Moments()).add(figure(small))

    def _add_categories(self, frame: Frame) -> None:
        names = {category.id: category.name for category in frame.categories}
        for id_, pixels in zip(*np.unique(frame.truth.category, return_counts=True), strict=True):
            if int(id_) in names:
                self.categories.setdefault(names[int(id_)], CategoryCount()).merge(
                    CategoryCount(frames=1, pixels=int(pixels))
                )

    def _add_things(self, frame: Frame) -> None:
        kinds = {category.name: category.kind for category in frame.categories}
        seen_objects = [
            record for record in frame.objects if record.visible_pixels and kinds.get(record.category) == "thing"
        ]
        self.things |= {record.category for record in seen_objects}
        self.shapes.add(frame, seen_objects)
        self.per_frame[len(seen_objects)] += 1
        self.colors.update(record.color for record in seen_objects if record.color)
        for record in seen_objects:
            self.categories.setdefault(record.category, CategoryCount()).instances += 1
        self.visible.add(np.array([record.visible_fraction for record in seen_objects]))
        self.area.add(np.array([record.visible_pixels for record in seen_objects]) / frame.truth.depth.size)

    def _add_normals(self, normals: Float[np.ndarray, "n 3"]) -> None:
        edges = np.linspace(-1, 1, _NORMAL_BINS + 1)
        self.normal += np.histogram2d(normals[:, 1], normals[:, 0], (edges, edges))[0]

    def _add_colors(self, image: UInt8[np.ndarray, "h w 3"]) -> None:
        lab = srgb_to_lab(image[::_STEP, ::_STEP]).reshape(-1, 3)
        edges = np.linspace(-_CHROMA, _CHROMA, _CHROMA_BINS + 1)
        self.chroma += np.histogram2d(lab[:, 2], lab[:, 1], (edges, edges))[0]
        self.light.add(((np.median(lab[:, :1], 0) + 16) / 116) ** 3)
        self.clipped.add(np.array([((image == 0) | (image == 255)).any(-1).mean()]))
