"""Statistics of a data set: categories, depths, normals, colours, sizes, light, and nearly equal views.

Everything is counted from frames, one in memory at a time, and from the meta of the pairs beside them. Counts of two
parts add up to those of the whole.
"""

from shards.stats.alike import ViewHash, alike_views, hash_view
from shards.stats.asked import LARGE_AREA, SMALL_AREA, AskedStatistics
from shards.stats.bands import Band, load_bands
from shards.stats.collect import collect_statistics
from shards.stats.image_figures import FIGURE_SIDE
from shards.stats.legends import LegendStatistics
from shards.stats.statistics import CategoryCount, DatasetStatistics

__all__ = [
    "FIGURE_SIDE",
    "LARGE_AREA",
    "SMALL_AREA",
    "AskedStatistics",
    "Band",
    "CategoryCount",
    "DatasetStatistics",
    "LegendStatistics",
    "ViewHash",
    "alike_views",
    "collect_statistics",
    "hash_view",
    "load_bands",
]
