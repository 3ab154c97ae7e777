"""The content of each address of the gallery. The server requests one at a time, the export all of them."""

import re
import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from encode.depth.scale import get_scale
from shards.errors import ShardError
from shards.gallery.answer_source import AnswerSource
from shards.gallery.catalog import Catalog
from shards.gallery.facts import dataset_facts
from shards.gallery.files import page_file
from shards.gallery.frame_page import shown_categories
from shards.gallery.list_query import ListQuery
from shards.gallery.lists import FrameList, PairList
from shards.gallery.response import Response, json_response
from shards.gallery.rows import RowPage
from shards.gallery.sample_reader import SampleReader
from shards.gallery.sample_routes import SampleRoutes
from shards.gallery.statistics_routes import StatisticsRoutes
from shards.gallery.tar_index import TarIndex
from shards.layout import ShardIndex
from shards.store import Store

__all__ = ["Gallery"]

_SAMPLE = re.compile(
    r"data/(?P<kind>frames|pairs)/(?P<shard>\d{6,9})/(?P<key>[A-Za-z0-9_-]{1,64})/(?P<name>[a-z0-9_.]+)"
)

#: Frames in which names of categories are looked up, to be offered as filters.
_LOOKED_INTO = 24


class Gallery:
    """Answers by path, for a data set as it was when `data/set.json` was last requested.

    pairs: where the pairs are. frames: where the frames are, the same store or another. answers: those of a model,
    shown beside the targets. For many threads.
    Raises NotFound for unknown paths, other ShardErrors where the data is damaged.
    """

    def __init__(self, pairs: Store, frames: Store, answers: AnswerSource | None = None) -> None:
        self._stores = pairs, frames
        self._answers = answers
        self._lock = threading.Lock()
        self._samples = SampleReader(TarIndex(frames, "frames"), TarIndex(pairs, "pairs"))
        self._open()

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Response:
        """The file at `path`, relative and without a query; `query` matters to lists alone."""
        if path in self._lists:
            return json_response(self._lists[path](ListQuery.read(query or {})))
        if path in self._single:
            return self._single[path]()
        sample = _SAMPLE.fullmatch(path)
        if sample is not None:
            shard = ShardIndex(int(sample["shard"]))
            return self._sample_routes.get(sample["kind"], shard, sample["key"], sample["name"])
        return page_file(path or "index.html")

    def frame_rows(self, query: ListQuery) -> dict[str, Any]:
        """A page of the list of frames."""
        return self._frame_list.page(query)

    def pair_rows(self, query: ListQuery) -> dict[str, Any]:
        """A page of the list of pairs."""
        return self._pair_list.page(query)

    def categories_of(self, row: Mapping[str, Any]) -> list[str]:
        """What a frame of a list shows, sorted."""
        return sorted(self._frame_list.categories(dict(row)))

    def pairs_of(self, shard: ShardIndex, frame_key: str) -> list[str]:
        """Keys of the pairs of a frame."""
        return self._samples.pairs_of(shard, frame_key)

    @property
    def facts_of_set(self) -> dict[str, Any]:
        """What the page needs at its start."""
        frames, pairs = self._count("frames"), self._count("pairs")
        return {
            "title": self._stores[0].url.rstrip("/").rpartition("/")[2] or self._stores[0].url,
            "url": self._stores[0].url,
            "frames": frames.total,
            "pairs": pairs.total,
            "has_frames": bool(frames.rows),
            "has_pairs": bool(pairs.rows),
            "finished": all(catalog.finished for catalog in self._catalogs.values()),
            "fixed": False,
        }

    @cached_property
    def _lists(self) -> dict[str, Callable[[ListQuery], dict[str, Any]]]:
        return {"data/frames.json": self.frame_rows, "data/pairs.json": self.pair_rows}

    @cached_property
    def _single(self) -> dict[str, Callable[[], Response]]:
        return {
            "data/set.json": self._set,
            "data/facts.json": lambda: json_response(dataset_facts(self._catalogs["frames"], self._catalogs["pairs"])),
            "data/filters.json": lambda: json_response(self._filters()),
            "data/scale.json": lambda: json_response(get_scale("plasma").colors.tolist()),
            "data/stats.json": lambda: self._statistics.report(),
            "data/stats.png": lambda: self._statistics.picture(),
        }

    def _open(self) -> None:
        pairs, frames = self._stores
        opened = Catalog(frames)
        self._catalogs = {"frames": opened, "pairs": opened if pairs.url == frames.url else Catalog(pairs)}
        self._frame_list = FrameList(opened, self._read_categories)
        self._pair_list = PairList(self._catalogs["pairs"], self._samples.pairs, self._frame_list, self._answers)
        self._sample_routes = SampleRoutes(self._samples, self._answers)
        self._statistics = StatisticsRoutes(opened, self._samples)

    def _set(self) -> Response:
        with self._lock:
            if not all(catalog.finished for catalog in self._catalogs.values()):
                self._samples.forget()
                self._open()  # the job may have written more since
        return json_response(self.facts_of_set)

    def _count(self, table: str) -> RowPage:
        return self._catalogs[table].rows(table).page(["key"], 0, 1)

    def _filters(self) -> dict[str, list[str]]:
        """The values that lists can be filtered by; categories are those of a few frames, since no table has them."""
        names = {name for row in self._spread(_LOOKED_INTO) for name in self._frame_list.categories(row)}
        return {
            "families": self._frame_list.families,
            "categories": sorted(names),
            **{name: self._pair_list.values(name) for name in ("task", "codec", "split")},
            "order": ["worst"] if self._answers is not None and self._answers.ranked else [],
        }

    def _spread(self, count: int) -> list[dict[str, Any]]:
        total = self._count("frames").total
        if not total:
            return []
        starts = sorted({number * total // count for number in range(count)})
        pages = (self.frame_rows(ListQuery(start=start, limit=1))["rows"] for start in starts)
        return [row for page in pages for row in page]

    def _read_categories(self, row: dict[str, Any]) -> frozenset[str]:
        try:
            scene = self._samples.scene(row["shard"], row["key"])
        except ShardError:  # the frame's own page shows what is wrong with it
            return frozenset()
        return shown_categories(scene, sky=row["share_no_surface"] > 0)
