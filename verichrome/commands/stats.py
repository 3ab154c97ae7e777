"""`verichrome stats`: counts what the frames of a data set show."""

import io
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from encode import EncodeError
from shards import ShardError, Store, StoreError
from shards.layout import PLOTS
from shards.stats import (
    FIGURE_SIDE,
    LARGE_AREA,
    SMALL_AREA,
    AskedStatistics,
    DatasetStatistics,
    LegendStatistics,
    alike_views,
    collect_statistics,
    load_bands,
)
from shards.stats.likeness import Likeness
from verichrome.console import progress_bar, say, say_line
from verichrome.dataset import open_frames
from verichrome.errors import UsageError
from verichrome.machine import cores
from verichrome.output_file import check_png, refusal_reason, write_whole
from verichrome.photographs import check_photographs, compare_with_photographs
from verichrome.versions import installed

__all__ = ["run"]

#: Categories and pairs of views that are listed; the rest is counted.
LISTED, ALIKE_LISTED = 20, 10


def run(url: str, out: Path | None, photos: Path | None = None) -> int:
    """Print the figures and draw them, and compare frames with photographs; 0 unless the frames do not read."""
    if not installed("matplotlib"):
        raise UsageError("stats draws with matplotlib, which is not installed: `pip install matplotlib`.")
    if out is not None:
        check_png(out)
    photographs = [] if photos is None else check_photographs(photos)
    store = open_frames(url)
    if out is None and store.folder is not None and (refusal := refusal_reason(store.folder)):
        raise UsageError(f"{store.url} takes no files ({refusal}): name one for the plots by --out PNG.")
    console = Console(stderr=True)
    try:
        with progress_bar(console, "counting", "shards") as progress:
            statistics = collect_statistics(store, cores(), progress)
        compared = _likeness(compare_with_photographs(store, photographs)) if photographs else ()
        where = _draw(statistics, store, out)
    except (EncodeError, ShardError, StoreError, OSError) as error:
        say(console, f"Counting failed: {error}")
        return 1
    for line in (*_lines(statistics), *compared, f"Plots: {where}"):
        say_line(Console(), line)
    return 0


def _draw(statistics: DatasetStatistics, store: Store, out: Path | None) -> str:
    from shards.stats.figure import draw  # lazy: matplotlib takes a while, and only this needs it

    stream = io.BytesIO()
    title = f"{len(statistics.scenes):,} scenes, {statistics.frames:,} frames"
    draw(statistics, title).savefig(stream, format="png", metadata={"Software": None})
    if out is None:
        store.put(PLOTS, stream.getvalue())
        return store.where(PLOTS)
    write_whole(out, stream.getvalue())
    return str(out)


def _lines(statistics: DatasetStatistics) -> Iterator[str]:
    yield f"{statistics.frames:,} frames of {len(statistics.scenes):,} scenes"
    yield f"  no surface    {statistics.without_surface / statistics.pixels:.1%} of pixels"
    yield f"  labelled      {statistics.labelled / statistics.pixels:.1%} of pixels"
    quantiles = (statistics.depth.quantile(share) for share in (0.01, 0.5, 0.99))
    yield "  depth         {:.2f} m (1 %), {:.2f} m (median), {:.2f} m (99 %)".format(*quantiles)
    seen = statistics.visible
    objects = int(seen.counts.sum())
    hidden = int(seen.counts[: len(seen.counts) // 2].sum()) / max(1, objects)
    yield f"  things        {objects:,} visible, {hidden:.0%} of them more than half hidden"
    low, high = statistics.light.quantile(0.05), statistics.light.quantile(0.95)
    yield f"  luminance     {low:.2f} to {high:.2f} (median of an image, 5 % to 95 % of images)"
    yield f"  clipped       {statistics.clipped.quantile(0.95):.1%} of pixels at most, in 95 % of images"
    yield f"  categories    {len(statistics.categories)}, of which {len(statistics.things)} are things"
    yield from _things(statistics)
    yield from _images(statistics)
    yield from _asked(statistics)
    yield from _legends(statistics.legends)
    yield from _categories(statistics)
    yield from _alike(statistics)


def _likeness(found: Likeness) -> Iterator[str]:
    """How like the photographs of a folder the frames are."""
    yield "  photographs   by features of EfficientNet-Lite0"
    yield f"    KID         {found.kid:.4f} ± {found.kid_error:.4f} (0: one distribution)"
    yield f"    density     {found.density:.2f} (1: frames lie where photographs do)"
    yield f"    coverage    {found.coverage:.2f} (1: every photograph has a frame near it)"


def _things(statistics: DatasetStatistics) -> Iterator[str]:
    """How many things a frame shows and how large they are, beside published figures."""
    sizes = statistics.area
    seen = int(sizes.counts.sum())
    if not seen:
        return
    each = seen / statistics.frames
    small, large = sizes.share_below(SMALL_AREA), 1 - sizes.share_below(LARGE_AREA)
    yield f"  a frame       {each:.1f} things {_beside('things of a frame', each)}"
    yield f"    small       {small:.0%} of the things {_beside('small things', small)}"
    yield f"    large       {large:.0%} {_beside('large things', large)}"
    shapes = statistics.shapes
    yield f"    centres     {shapes.middle_ninth:.0%} in the middle ninth of the image (11 %: evenly spread)"
    yield f"    size        {shapes.relative_size.quantile(0.5):.3f} (median of the square root of the area's share)"
    yield f"    concavity   {shapes.concavity.quantile(0.5):.2f} (median share of the convex hull that is not the mask)"


def _images(statistics: DatasetStatistics) -> Iterator[str]:
    """What images look like, mean and spread; beside photographs where frames are as large as those were."""
    whole = statistics.full_size == statistics.frames
    note = "beside photographs" if whole else f"no photographs to compare with under {FIGURE_SIDE} pixels"
    yield f"  images        mean ± spread over frames, {note}"
    for name, moments in statistics.image.items():
        mean, spread = moments.mean, moments.spread
        beside = f"{_beside(name, mean)}, spread {_beside(f'{name}, spread', spread)}" if whole else ""
        yield f"    {name:18}{mean:8.3f} ± {spread:.3f}  {beside}".rstrip()


def _beside(figure: str, value: float) -> str:
    return load_bands()[figure].note(value)


def _asked(statistics: DatasetStatistics) -> Iterator[str]:
    """What pairs ask for, beside published figures (docs/asked.md has the sources)."""
    for task, asked in sorted(statistics.asked.items()):
        filled = max(1, asked.pairs - asked.empty)
        entries = max(1, int(asked.entry.counts.sum()))
        yield f"  {task:13} {asked.pairs:,} pairs, {asked.empty / asked.pairs:.1%} with an empty target"
        yield f"    target      {asked.target.quantile(0.5):.1%} of the image (median), {_over(asked):.0%} over 5 %"
        yield f"    background  over 95 % of the image in {asked.background / filled:.0%} of the targets"
        small, each = asked.small / entries, entries / filled
        beside = f" {_beside('entries of an instance target', each)}" if task == "instance" else ""
        yield f"    entries     {each:.1f} a target{beside}, {small:.0%} small {_beside('small entries', small)}"
        if asked.unscored:
            yield f"    unscored    {asked.unscored / entries:.0%} of the entries, too small or too thin"
        if task == "referring":
            alone = asked.alone[0] / max(1, asked.alone[1])
            yield f"    class alone {alone:.2f} cIoU of all objects of the named class {_beside('class alone', alone)}"


def _legends(legends: LegendStatistics) -> Iterator[str]:
    """What semantic pairs ask for."""
    if not legends.pairs:
        return
    low, middle, high = (legends.size_quantile(share) for share in (0.05, 0.5, 0.95))
    yield f"  semantic      {legends.pairs:,} pairs, {legends.full / legends.pairs:.0%} over all of the image"
    yield f"    classes     {middle} (median), {low} to {high} (5 % to 95 %; Cityscapes' one prompt 19)"
    yield f"    absent      {legends.absent / max(1, legends.classes):.0%} of the classes"
    yield f"    specks      {legends.specks / legends.pairs:.1%} of the pairs ask for under 1 % of the image"
    sets = ", ".join(f"{name} {pairs / legends.pairs:.0%}" for name, pairs in sorted(legends.sets.items()) if name)
    yield f"    label sets  {sets or 'none'}"


def _over(asked: AskedStatistics, area: float = 0.05) -> float:
    """Share of the targets that are not empty of at least `area` of the image."""
    counts = asked.target.counts
    return int(counts[asked.target.edges[:-1] >= area].sum()) / max(1, int(counts.sum()))


def _categories(statistics: DatasetStatistics) -> Iterator[str]:
    ordered = sorted(statistics.categories.items(), key=lambda entry: (-entry[1].pixels, entry[0]))
    yield f"    {'':24}{'pixels':>9}{'frames':>9}{'instances':>11}"
    for name, category in ordered[:LISTED]:
        instances = f"{category.instances:,}" if name in statistics.things else ""
        yield f"    {name:24}{category.pixels / statistics.pixels:>9.2%}{category.frames:>9,}{instances:>11}"
    if len(ordered) > LISTED:
        rest = sum(category.pixels for _, category in ordered[LISTED:]) / statistics.pixels
        yield f"    {f'{len(ordered) - LISTED} more':24}{rest:>9.2%}"


def _alike(statistics: DatasetStatistics) -> Iterator[str]:
    pairs = sorted(alike_views(statistics.hashes), key=lambda pair: (pair[2], pair[0].key, pair[1].key))
    yield f"  near-duplicates {len(pairs)}"
    yield from (f"    {one.key} and {other.key}" for one, other, _ in pairs[:ALIKE_LISTED])
    if len(pairs) > ALIKE_LISTED:
        yield f"    and {len(pairs) - ALIKE_LISTED} more"
