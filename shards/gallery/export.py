"""The gallery as files, for any web server: some frames with their pairs, and all that the page requests of them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from shards.gallery.export_folder import ExportFolder
from shards.gallery.files import page_names
from shards.gallery.gallery import Gallery
from shards.gallery.list_query import ListQuery
from shards.gallery.response import NotFound, Response, json_response

__all__ = ["export_gallery"]

_FRAME_FILES = (
    "thumb.webp", "image.png", "scene.json", "depth.bin", "normal.bin", "instance.bin", "category.bin",
)  # fmt: skip
_SURFACE_FILES = ("part.bin", "material.bin")
_PAIR_FILES = ("thumb.webp", "target.png")
_PAIR_ROW = ("key", "shard", "frame_key", "task", "codec", "template", "split", "prompt")
#: Truth maps that every frame has; for other kinds a pair has its own.
_SHARED_KINDS = ("metres", "directions")

Row = dict[str, Any]
Files = Iterator[tuple[str, Response]]
Progress = Callable[[int, int], None]


def export_gallery(gallery: Gallery, folder: Path, frames: int, progress: Progress | None = None) -> int:
    """Write the gallery of at most `frames` frames, spread evenly over the set; return how many there are.

    `progress` is called with (frames written, frames in all). Raises WriteRefused for a folder that holds something
    else, ShardError where the data does not read, OSError where the folder takes no files.
    """
    target, lists = ExportFolder(folder), _Lists()
    chosen = _choose(gallery, frames)
    with target:
        target.write("data/set.json", json_response({**gallery.facts_of_set, "fixed": True, "chosen": len(chosen)}))
        for done, row in enumerate(chosen, start=1):
            for name, response in _files_of(gallery, row, lists):
                target.write(name, response)
            if progress is not None:
                progress(done, len(chosen))
        for name, response in _files_of_set(gallery, lists):
            target.write(name, response)
    return len(chosen)


class _Lists:
    """The rows of what was written, from which the page makes its lists."""

    def __init__(self) -> None:
        self.frames: list[Row] = []
        self.pairs: list[Row] = []

    def filters(self) -> dict[str, list[str]]:
        """The values that lists can be filtered by."""
        return {
            "families": sorted({row["family"] for row in self.frames}),
            "categories": sorted({name for row in self.frames for name in row["shows"]}),
            **{name: sorted({row[name] for row in self.pairs}) for name in ("task", "codec", "split")},
            "order": [],
        }


def _choose(gallery: Gallery, count: int) -> list[Row]:
    """Rows of frames, or of pairs where there are no frames, at most one a frame."""
    facts = gallery.facts_of_set
    rows_of, total = (
        (gallery.frame_rows, facts["frames"]) if facts["has_frames"] else (gallery.pair_rows, facts["pairs"])
    )
    total = total or count
    starts = sorted({number * total // count for number in range(count)})
    rows = [row for start in starts for row in rows_of(ListQuery(start=start, limit=1))["rows"]]
    return list({row.get("frame_key", row["key"]): row for row in rows}.values())


def _files_of(gallery: Gallery, row: Row, lists: _Lists) -> Files:
    frame_key: str = row.get("frame_key") or row["key"]
    family = row.get("family", "")
    if "frame_key" not in row:
        yield from _frame_files(gallery, row)
        lists.frames.append({**row, "shows": gallery.categories_of(row)})
    for key in gallery.pairs_of(row["shard"], frame_key):
        base = f"data/pairs/{row['shard']:06d}/{key}"
        response = gallery.get(f"{base}/pair.json")
        page = json.loads(response.content)
        yield f"{base}/pair.json", response
        yield from ((f"{base}/{name}", gallery.get(f"{base}/{name}")) for name in _pair_files(page))
        lists.pairs.append({**{name: page[name] for name in _PAIR_ROW}, "family": family})


def _frame_files(gallery: Gallery, row: Row) -> Files:
    base = f"data/frames/{row['shard']:06d}/{row['key']}"
    response = gallery.get(f"{base}/frame.json")
    yield f"{base}/frame.json", response
    page = json.loads(response.content)
    pictures = tuple(f"{name}.png" for name in ("albedo", "shading") if page[name])
    extra = (*pictures, *(_SURFACE_FILES if page["surface"] else ()))
    yield from ((f"{base}/{name}", gallery.get(f"{base}/{name}")) for name in (*_FRAME_FILES, *extra))


def _pair_files(page: Row) -> Iterator[str]:
    yield from _PAIR_FILES
    if not page["source_is_image"]:
        yield page["source"]
    if page["source2"]:
        yield "source2.png"
    if page["reading"]:
        yield "decoded.bin"
    if page["truth"] and page["truth"]["kind"] not in _SHARED_KINDS:
        yield "expected.bin"
    if page["frame"]:
        yield "verdict.json"
    if page["answer"]:
        yield "answer.json"
    if page["answer"] and not page["answer"]["problem"]:
        yield "answer.png"
    if page["answer"] and page["answer"]["reading"]:
        yield "answer.bin"


def _files_of_set(gallery: Gallery, lists: _Lists) -> Files:
    yield from ((name, gallery.get(name)) for name in page_names())
    yield from ((name, gallery.get(name)) for name in ("data/facts.json", "data/scale.json"))
    yield from _statistics_files(gallery)
    yield "data/filters.json", json_response(lists.filters())
    yield "data/frames.json", json_response({"rows": lists.frames})
    yield "data/pairs.json", json_response({"rows": lists.pairs})


def _statistics_files(gallery: Gallery) -> Files:
    try:
        response = gallery.get("data/stats.json")
    except NotFound:  # pairs alone
        return
    yield "data/stats.json", response
    figures = json.loads(response.content)
    if figures["plots"] != "none":
        yield "data/stats.png", gallery.get("data/stats.png")
    for view in (view for duplicate in figures["alike"] for view in duplicate["views"]):
        name = f"data/frames/{view['shard']:06d}/{view['key']}/thumb.webp"
        yield name, gallery.get(name)
