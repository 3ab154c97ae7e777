"""Statistics of a data set: categories, depths, normals, colours, sizes, light, and nearly equal views.

Everything is counted from frames, one in memory at a time, and from the meta of the pairs beside them. Counts of two
parts add up to those of the whole.
"""

from shards.stats.alike import ViewHash, alike_views, hash_view
from shards.stats.asked import SMALL_AREA, AskedStatistics
from shards.stats.collect import collect_statistics
from shards.stats.statistics import CategoryCount, DatasetStatistics

__all__ = [
    "SMALL_AREA",
    "AskedStatistics",
    "CategoryCount",
    "DatasetStatistics",
    "ViewHash",
    "alike_views",
    "collect_statistics",
    "hash_view",
]
