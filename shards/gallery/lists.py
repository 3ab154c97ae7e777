"""Lists of frames and of pairs, by page and by filter."""

from collections.abc import Callable
from functools import cached_property, reduce
from operator import and_
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from shards.errors import ShardError
from shards.gallery.answer_source import AnswerSource
from shards.gallery.catalog import RECEIPTS_READ, Catalog
from shards.gallery.list_query import ListQuery
from shards.gallery.lru_cache import LruCache
from shards.gallery.paging import Row, plain_page, searched_page
from shards.gallery.rows import RowFilter
from shards.gallery.tar_index import TarIndex
from shards.prefetch import prefetched

__all__ = ["FrameList", "PairList"]

FRAME_COLUMNS = (
    "key", "shard", "scene_index", "view", "width", "height", "categories", "objects_visible",
    "depth_min", "depth_median", "depth_max", "share_no_surface",
)  # fmt: skip
PAIR_COLUMNS = ("key", "shard", "frame_key", "task", "codec", "template", "split")

#: Frames whose category names are cached.
_KEPT = 50_000


class FrameList:
    """Pages of frames, each with its scene's family. A category is looked for in each `scene.json`, so in stages."""

    def __init__(self, catalog: Catalog, categories: Callable[[Row], frozenset[str]]) -> None:
        self._scenes = catalog.rows("scenes")
        self._frames = catalog.rows("frames")
        self._categories = LruCache[tuple[int, str], frozenset[str]](_KEPT)
        self._read_categories = categories

    @cached_property
    def families(self) -> list[str]:
        """Every family, sorted."""
        return sorted(self._scenes.value_counts("family", RECEIPTS_READ))

    def page(self, query: ListQuery) -> dict[str, Any]:
        """The requested page, as from `plain_page`."""
        where = self._where(query)
        if not query.category:
            return plain_page(self._frames, FRAME_COLUMNS, query, where, self._with_families)
        page = searched_page(
            self._frames, FRAME_COLUMNS, query, where, lambda row: row if self._shows(row, query.category) else None
        )
        return {**page, "rows": self._with_families(page["rows"])}

    def categories(self, row: Row) -> frozenset[str]:
        """Names of the categories that the frame shows."""
        return self._categories.get((row["shard"], row["key"]), lambda: self._read_categories(row))

    def scenes_of(self, family: str) -> pa.Array:
        """Indices of the scenes of a family."""
        scenes = self._scenes.all(["scene_index"], RowFilter(pc.field("family") == family, family))
        return pa.array(scenes["scene_index"].to_pylist(), pa.int64())

    def _shows(self, row: Row, category: str) -> bool:
        return category in self.categories(row)

    def _where(self, query: ListQuery) -> RowFilter:
        expressions = []
        if query.family:
            expressions.append(pc.field("scene_index").isin(self.scenes_of(query.family)))
        if query.text:
            expressions.append(pc.match_substring(pc.field("key"), query.text))
        return joined(expressions, f"{query.family!r} {query.text!r}")

    def _with_families(self, rows: list[Row]) -> list[Row]:
        """The scenes of a page are close together, so only a range of the table is read."""
        if not rows:
            return rows
        low, high = (pick(row["scene_index"] for row in rows) for pick in (min, max))
        near = (pc.field("scene_index") >= low) & (pc.field("scene_index") <= high)
        scenes = self._scenes.all(["scene_index", "family"], RowFilter(near, f"{low} {high}"))
        family = dict(zip(scenes["scene_index"].to_pylist(), scenes["family"].to_pylist(), strict=True))
        return [{**row, "family": family.get(row["scene_index"], "")} for row in rows]


class PairList:
    """Pages of pairs, each with its prompt. Text is looked for in each `prompt.txt`, so in stages."""

    def __init__(
        self, catalog: Catalog, tar_index: TarIndex, frames: FrameList, answers: AnswerSource | None = None
    ) -> None:
        self._answers = answers
        self._pairs = catalog.rows("pairs")
        self._tar_index = tar_index
        self._frames = frames
        self._far = catalog.store.folder is None

    def values(self, column: str) -> list[str]:
        """Every task, codec or split, sorted."""
        return sorted(self._pairs.value_counts(column, RECEIPTS_READ))

    def page(self, query: ListQuery) -> dict[str, Any]:
        """The requested page, as from `plain_page`."""
        if query.order and self._answers is not None:
            return self._worst_page(self._answers.worst_first(query), query)
        where = self._where(query)
        if not query.text:
            return plain_page(self._pairs, PAIR_COLUMNS, query, where, self._with_prompts)
        text = query.text.casefold()

        def with_text(row: Row) -> Row | None:
            prompt = self._prompt(row)
            return {**row, "prompt": prompt} if text in prompt.casefold() or text in row["key"].casefold() else None

        return searched_page(self._pairs, PAIR_COLUMNS, query, where, with_text)

    def _where(self, query: ListQuery) -> RowFilter:
        exact = {"task": query.task, "codec": query.codec, "split": query.split, "frame_key": query.frame}
        expressions = [pc.field(name) == value for name, value in exact.items() if value]
        if query.family:
            # A frame's key holds the index of its scene, as s0000012-v01.
            scene_index = pc.utf8_slice_codeunits(pc.field("frame_key"), start=1, stop=-4).cast(pa.int64())
            expressions.append(scene_index.isin(self._frames.scenes_of(query.family)))
        return joined(expressions, f"{exact} {query.family!r}")

    def _worst_page(self, rows: list[Row], query: ListQuery) -> dict[str, Any]:
        page = rows[query.start : query.start + query.limit]
        following = query.start + query.limit if query.start + query.limit < len(rows) else None
        return {"rows": self._with_prompts(page), "next": following, "total": len(rows), "looked": len(page)}

    def _with_prompts(self, rows: list[Row]) -> list[Row]:
        # An object store answers after tens of milliseconds, so many prompts are read together there.
        prompts = prefetched(self._prompt, rows) if self._far else map(self._prompt, rows)
        return [{**row, "prompt": prompt} for row, prompt in zip(rows, prompts, strict=True)]

    def _prompt(self, row: Row) -> str:
        """The prompt, or why it cannot be read: one missing shard must not make the list fail."""
        try:
            return self._tar_index.read(row["shard"], row["key"], "prompt.txt").decode(errors="replace")
        except ShardError as error:
            return f"({error})"


def joined(expressions: list[pc.Expression], name: str) -> RowFilter:
    """Rows for which all of the expressions hold."""
    if not expressions:
        return RowFilter()
    return RowFilter(reduce(and_, expressions), name)
