"""Contact sheets: what a data set looks like."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from encode import Frame, Pair
from shards.errors import ShardError
from shards.layout import ShardIndex
from shards.pairs import StoredPair, read_pair
from shards.reader import iter_shard
from shards.receipt import Receipt
from shards.receipts import read_receipt, receipt_indices
from shards.store import Store
from shards.summary.canvas import BODY, CAPTION, GUTTER, HEADING, MARGIN, MUTED, Canvas, line_height, wrap

__all__ = ["SheetView", "contact_sheet", "sheet_of_images", "sheet_of_views", "view_of"]

Pixels = UInt8[np.ndarray, "_ _ 3"]

_COLUMNS = (
    ("Image", ""),
    ("Depth", "depth"),
    ("Normals", "normals"),
    ("Semantic", "semantic"),
    ("Instance", "instance"),
    ("Referring", "referring"),
)
_CELL = 248
_PROMPT_WIDTH = 290
_ROW_GAP = 26
_PREFERRED_CODEC = "cube-walk"


@dataclass(frozen=True, slots=True)
class SheetView:
    """A rendered image and the pairs made from it."""

    image: Pixels
    pairs: Sequence[Pair]


def view_of(frame: Frame, pairs: Sequence[Pair]) -> SheetView:
    """Join a frame and its pairs, as `encode.make_pairs` returns them."""
    return SheetView(frame.image, pairs)


def contact_sheet(store: Store, rows: int = 6) -> Image.Image:
    """Draw `rows` views spread evenly over the committed pairs: image, one target a task, and the referring prompt.

    Only the shards that hold those views are opened. Raises ShardError when there are no pairs.
    """
    views = list(_spread(store, rows))
    if not views:
        raise ShardError(f"{store.url}: no pair is committed, so there is nothing to draw")
    return sheet_of_views(views)


def sheet_of_views(views: Sequence[SheetView]) -> Image.Image:
    """Draw one row a view: image | depth | normals | semantic | instance | referring | its prompt."""
    cell_height = _cell_height([view.image for view in views], _CELL)
    row = cell_height + line_height(CAPTION) + 6 + _ROW_GAP
    top = MARGIN + line_height(HEADING) + 22
    right = MARGIN + len(_COLUMNS) * (_CELL + GUTTER) + 8
    canvas = Canvas(right + _PROMPT_WIDTH + MARGIN, top + len(views) * row - _ROW_GAP + MARGIN)
    for column, (heading, _) in enumerate((*_COLUMNS, ("Referring prompt", ""))):
        x = MARGIN + column * (_CELL + GUTTER) if column < len(_COLUMNS) else right
        canvas.text(x, MARGIN - 4, heading, HEADING)
    canvas.rule(top - 16, MARGIN, right + _PROMPT_WIDTH)
    for index, view in enumerate(views):
        _draw_view(canvas, view, top + index * row, cell_height, right)
    return canvas.image


def sheet_of_images(images: Sequence[Pixels], labels: Sequence[str], columns: int = 4) -> Image.Image:
    """Draw images of any sizes in a grid, each with its label beneath; raises ShardError when the counts differ."""
    if not images or len(images) != len(labels) or columns < 1:
        raise ShardError(f"a sheet needs as many labels as images, got {len(labels)} for {len(images)}")
    columns = min(columns, len(images))
    height = _cell_height(images, _CELL)
    wrapped = [wrap(label, _CELL, CAPTION, 3) for label in labels]
    row = height + max(map(len, wrapped)) * line_height(CAPTION) + 8 + _ROW_GAP
    canvas = Canvas(
        2 * MARGIN + columns * _CELL + (columns - 1) * GUTTER,
        2 * MARGIN + ceil(len(images) / columns) * row - _ROW_GAP,
    )
    for index, (image, lines) in enumerate(zip(images, wrapped, strict=True)):
        x = MARGIN + index % columns * (_CELL + GUTTER)
        y = MARGIN + index // columns * row
        canvas.picture(x, y, _CELL, height, image, exact=False)
        canvas.paragraph(x, y + height + 8, lines, CAPTION, MUTED)
    return canvas.image


def _draw_view(canvas: Canvas, view: SheetView, y: int, height: int, right: int) -> None:
    for column, (_, task) in enumerate(_COLUMNS):
        x = MARGIN + column * (_CELL + GUTTER)
        pair = _pick(view.pairs, task) if task else None
        pixels = (pair.target if pair else None) if task else view.image
        canvas.picture(x, y, _CELL, height, pixels, exact=bool(task))
        caption = _caption(view, task, pair)
        canvas.paragraph(x, y + height + 6, wrap(caption, _CELL, CAPTION, 1), CAPTION, MUTED)
    referring = _pick(view.pairs, "referring")
    if referring is not None:
        lines = wrap(referring.prompt, _PROMPT_WIDTH, BODY, max(1, height // line_height(BODY)))
        canvas.paragraph(right, y - 2, lines, BODY)


def _caption(view: SheetView, task: str, pair: Pair | None) -> str:
    if not task:
        return view.pairs[0].meta.frame_key if view.pairs else ""
    if pair is None:
        return "none in this view"
    labels = [entry.label for entry in pair.meta.foreground]
    match task:
        case "depth" | "normals":
            return pair.meta.codec
        case "semantic":
            return ", ".join(labels)
        case "instance":
            return f"{len(labels)} instances" if len(labels) > 1 else "1 instance"
        case _:
            return pair.key.rpartition("-")[2] if not labels else ", ".join(dict.fromkeys(labels))


def _pick(pairs: Sequence[Pair], task: str) -> Pair | None:
    of_task = [pair for pair in pairs if pair.meta.task == task]
    preferred = [pair for pair in of_task if pair.meta.codec == _PREFERRED_CODEC]
    return next(iter(preferred or of_task), None)


def _cell_height(images: Sequence[Pixels], width: int) -> int:
    """Height at which the tallest image fills the cell's width, at most square."""
    return min(width, max(int(width * image.shape[0] / image.shape[1]) for image in images))


def _spread(store: Store, rows: int) -> Iterator[SheetView]:
    """Yield `rows` views spread evenly over the shards; a shard without views is replaced by the next that has some."""
    indices = sorted(receipt_indices(store, "pairs"))
    positions = [divmod(row * len(indices), rows) for row in range(rows)]
    starts = sorted({shard for shard, _ in positions})
    for start, stop in pairwise([*starts, len(indices)]):
        receipt = _first_with_pairs(store, indices[start:stop])
        if receipt is not None:
            keys = _frame_keys(receipt)
            chosen = dict.fromkeys(keys[part * len(keys) // rows] for shard, part in positions if shard == start)
            yield from _views(store, receipt, list(chosen))


def _first_with_pairs(store: Store, indices: Sequence[ShardIndex]) -> Receipt | None:
    receipts = (read_receipt(store, "pairs", index) for index in indices)
    return next((receipt for receipt in receipts if receipt.pairs), None)


def _views(store: Store, receipt: Receipt, frame_keys: Sequence[str]) -> Iterator[SheetView]:
    owner = {row.key: row.frame_key for row in receipt.pairs if row.frame_key in frame_keys}
    pairs_of: dict[str, list[StoredPair]] = {key: [] for key in frame_keys}
    for key, members in iter_shard(store, receipt.file, receipt):
        if key in owner:
            pairs_of[owner[key]].append(read_pair(key, members))
    for stored_pairs in pairs_of.values():
        yield SheetView(stored_pairs[0].source, [stored.pair for stored in stored_pairs])


def _frame_keys(receipt: Receipt) -> list[str]:
    return list(dict.fromkeys(row.frame_key for row in receipt.pairs))
