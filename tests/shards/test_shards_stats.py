"""Statistics of a data set: counts are right, parts add up, near-duplicates are found."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encode import Frame, SceneIndex, make_pairs
from shards import ShardError, Store
from shards.stats import (
    AskedStatistics,
    DatasetStatistics,
    LegendStatistics,
    ViewHash,
    alike_views,
    collect_statistics,
    hash_view,
)
from shards.stats.histogram import Histogram
from shards.stats.shapes import ShapeStatistics, concavity


def counted(*frames: tuple[int, Frame]) -> DatasetStatistics:
    statistics = DatasetStatistics()
    for scene, frame in frames:
        statistics.add(frame, SceneIndex(scene))
    return statistics


def test_pixels_instances_and_depths_are_those_of_the_frame(make_frame: Callable[..., Frame]) -> None:
    frame = make_frame(0)
    statistics = counted((0, frame))
    ball = statistics.categories["ball"]
    assert (ball.frames, ball.instances, ball.pixels) == (1, 3, int((frame.truth.instance > 1).sum()))
    assert statistics.categories["sky"].pixels == statistics.without_surface == int(np.isinf(frame.truth.depth).sum())
    assert statistics.things == {"ball"}
    assert statistics.colors == {"red": 1, "blue": 1, "green": 1}
    surface = frame.truth.depth[np.isfinite(frame.truth.depth)]
    assert statistics.depth.counts.sum() == surface.size
    assert statistics.depth.quantile(0.5) == pytest.approx(float(np.median(surface)), rel=0.13)  # a bin is 12 % wide
    assert statistics.normal.sum() == surface.size
    assert divmod(int(statistics.normal.argmax()), 61) == (60, 30)  # the floor: straight up


def test_what_pairs_ask_for_is_counted(make_frame: Callable[..., Frame]) -> None:
    frame = make_frame(0)
    asked = AskedStatistics()
    pairs = make_pairs(frame, ["referring"], seed=0, prompts_per_task=4)
    for pair in pairs:
        asked.add(frame, pair.meta)
    ids = [[i for entry in pair.meta.foreground for i in entry.ids] for pair in pairs]
    areas = [int(np.isin(frame.truth.instance, of_pair).sum()) for of_pair in ids]
    assert asked.pairs == len(pairs) > 0
    assert asked.alone[0] == sum(areas) <= asked.alone[1]
    assert asked.target.counts.sum() == sum(map(bool, ids))
    twice = AskedStatistics()
    twice.merge(asked)
    twice.merge(asked)
    assert (twice.pairs, twice.alone[1]) == (2 * asked.pairs, 2 * asked.alone[1])


def test_legends_are_counted(make_frame: Callable[..., Frame]) -> None:
    frame = make_frame(0)
    legends, twice = LegendStatistics(), LegendStatistics()
    pairs = make_pairs(frame, ["semantic"], seed=0, prompts_per_task=6)
    for pair in pairs:
        legends.add(frame, pair.meta)
    covered = [[bool(np.isin(frame.truth.category, e.ids).any()) for e in pair.meta.foreground] for pair in pairs]
    assert (legends.pairs, legends.classes) == (6, sum(map(len, covered)))
    assert legends.absent == sum(not seen for of_pair in covered for seen in of_pair)
    assert legends.full == sum((pair.target != pair.meta.background).any(-1).mean() > 0.99 for pair in pairs)
    assert legends.size_quantile(1) == max(map(len, covered))
    twice.merge(legends)
    twice.merge(legends)
    assert (twice.pairs, twice.sets[""], twice.absent) == (12, 12, 2 * legends.absent)


def test_parts_add_up_to_the_whole(make_frame: Callable[..., Frame]) -> None:
    frames = [(index, make_frame(index, view)) for index in range(3) for view in range(2)]
    whole, first, rest = counted(*frames), counted(*frames[:2]), counted(*frames[2:])
    first.merge(rest)
    assert (first.frames, first.scenes, first.pixels) == (whole.frames, {0, 1, 2}, whole.pixels)
    assert first.categories == whole.categories
    assert first.colors == whole.colors
    assert first.per_frame == whole.per_frame == {3: 6}
    assert np.array_equal(first.depth.counts, whole.depth.counts)
    assert np.array_equal(first.chroma, whole.chroma)
    assert first.hashes == whole.hashes


def test_a_store_is_counted_in_processes(tmp_path: Path, fill: Callable[..., None]) -> None:
    store = Store(tmp_path)
    fill(store, shards=2, scenes=2, views=1)
    progress: list[tuple[int, int]] = []
    statistics = collect_statistics(store, workers=2, progress=lambda done, total: progress.append((done, total)))
    assert (statistics.frames, len(statistics.scenes)) == (4, 4)
    assert progress == [(1, 2), (2, 2)]
    with pytest.raises(ShardError, match="no frame is committed"):
        collect_statistics(Store(tmp_path / "empty"))


def test_near_duplicates_are_recognised_and_other_scenes_are_not(
    make_frame: Callable[..., Frame],
) -> None:
    frame, other = make_frame(0), make_frame(3)
    rng = np.random.default_rng(0)
    noisy = np.clip(0.9 * frame.image + rng.normal(0, 8, frame.image.shape), 0, 255).astype(np.uint8)
    same = replace(frame, image=noisy, key="again")
    mirrored = replace(frame, image=np.ascontiguousarray(frame.image[:, ::-1]), key="mirrored")
    views = enumerate((frame, same, mirrored, other))
    hashes = [hash_view(view, SceneIndex(scene)) for scene, view in views]
    pairs = {(one.key, two.key) for one, two, _ in alike_views(hashes)}
    assert (frame.key, "again") in pairs
    assert all("mirrored" not in pair for pair in pairs)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 2**63 - 1), min_size=2, max_size=12), st.data())
def test_hash_bands_find_every_near_duplicate(values: list[int], data: st.DataObject) -> None:
    flips = data.draw(st.lists(st.integers(0, 62), max_size=8))
    near = values[0]
    for bit in flips:
        near ^= 1 << bit
    hashes = [ViewHash(str(k), SceneIndex(k), value, value) for k, value in enumerate([*values, near])]
    expected = {(a.key, b.key) for a, b in combinations(hashes, 2) if (a.image ^ b.image).bit_count() <= 6}
    assert {(a.key, b.key) for a, b, _ in alike_views(hashes)} == expected


def test_a_histogram_counts_values_outside_its_range() -> None:
    histogram = Histogram(np.linspace(0, 1, 5))
    assert np.isnan(histogram.quantile(0.5))
    histogram.add(np.array([-3.0, 0.1, 0.6, 0.61, 7.0]))
    assert histogram.counts.tolist() == [2, 0, 2, 1]
    assert histogram.quantile(0.8) == pytest.approx(0.75)


def test_everything_fits_on_one_page(make_frame: Callable[..., Frame], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    from shards.stats.figure import draw

    page = draw(counted((0, make_frame(0)), (1, make_frame(1))), "two scenes")
    page.savefig(tmp_path / "page.png")
    bars = page.axes[0].patches
    shares = [bar.get_width() for bar in bars]  # type: ignore[attr-defined]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(100)
    assert {label.get_text() for label in page.axes[0].get_yticklabels()} == {"sky", "floor", "ball"}


@pytest.mark.parametrize("task", ["boxes", "points", "panoptic", "reasoning"])
def test_every_task_that_asks_for_objects_is_counted(make_frame: Callable[..., Frame], task: str) -> None:
    frame, asked = make_frame(0), AskedStatistics()
    pairs = make_pairs(frame, [task], seed=0, prompts_per_task=4)
    for pair in pairs:
        asked.add(frame, pair.meta)
    assert pairs
    assert asked.pairs == len(pairs)
    ids = [{i for entry in pair.meta.foreground for i in entry.ids} for pair in pairs]
    if task in ("boxes", "points"):
        assert asked.entry.counts.sum() == sum(map(len, ids))
    areas = [np.isin(frame.truth.instance, list(of_pair)).mean() for of_pair in ids if of_pair]
    last = np.flatnonzero(asked.target.counts)[-1]
    assert asked.target.edges[last] <= max(areas) <= asked.target.edges[last + 1]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("##", "##"), 0.0),
        (("#.", "##"), 1 / 7),  # 3 of the 3.5 pixels of the hull
        (("###", "#.#", "###"), 1 / 9),
        (("#..", ".#.", "..#"), 1 - 3 / 5),
    ],
)
def test_concavity_is_what_the_mask_leaves_of_its_hull(rows: tuple[str, ...], expected: float) -> None:
    mask = np.array([[pixel == "#" for pixel in row] for row in rows])
    assert concavity(mask) == pytest.approx(expected)


def test_centres_and_sizes_are_those_of_visible_boxes(make_frame: Callable[..., Frame]) -> None:
    frame = make_frame(0)
    things = [record for record in frame.objects if record.visible_pixels]
    shapes = ShapeStatistics()
    shapes.add(frame, things)
    assert shapes.centers.sum() == shapes.relative_size.counts.sum() == len(things)
    box = things[0].box_2d
    height, width = frame.truth.shape
    row, column = int((box.top + box.bottom) / 2 / height * 9), int((box.left + box.right) / 2 / width * 9)
    assert shapes.centers[row, column] >= 1
    assert np.isnan(ShapeStatistics().middle_ninth)
