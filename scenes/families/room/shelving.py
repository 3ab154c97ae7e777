"""Contents of open shelves: rows of books, piles, a vase, a plant, or nothing."""

from dataclasses import dataclass, replace

import numpy as np

from scenes import draw
from scenes.families.room.layout import RoomLayout
from scenes.furnish.books import sample_bindery, shelf_book
from scenes.model import PartRole
from scenes.part_boxes import Body

__all__ = ["fill_shelves", "ornament"]

#: Books of a stretch, at least and at most. Longer rows made a quarter of all things books, specks of the image each.
ROW = (3, 6)

ORNAMENTS = ("vase", "potted plant", "clock", "candle", "jar", "bowl", "box", "camera", "teapot", "gift", "toy block")


def fill_shelves(room: RoomLayout, bookshelf: int, *, books: float = 0.3) -> None:
    """Fill the compartments over its shelves, each in its own way."""
    model = room[bookshelf].own
    boards = [box for part, box in zip(model.model.parts, model.boxes, strict=True) if part.role is PartRole.SHELF]
    boards.sort(key=lambda box: float(box[0, 2]))
    tops = [*(float(box[0, 2]) for box in boards[1:]), float(model.high[2])]
    for board, ceiling in zip(boards, tops, strict=True):
        floor = float(board[1, 2])
        last = ceiling - floor < 0.1
        if last and model.high[2] > 1.75:
            continue
        room_above = 0.35 if last else ceiling - floor - 0.012
        (left, front, _), (right, back, _) = board.tolist()
        compartment = _Compartment(left + 0.025, right - 0.025, front + 0.02, back - 0.012, floor, room_above)
        _fill(room, bookshelf, compartment, books=0.2 if last else books)


@dataclass(frozen=True)
class _Compartment:
    """The space over one shelf in the bookshelf's own axes, metres: x, y, the shelf's z and the height over it."""

    left: float
    right: float
    front: float
    back: float
    z: float
    height: float

    @property
    def depth(self) -> float:
        return self.back - self.front


def _fill(room: RoomLayout, bookshelf: int, compartment: _Compartment, *, books: float) -> None:
    """From left to right: stretches of books, ornaments and gaps."""
    x, right, rng = compartment.left, compartment.right, room.rng
    while x < right - 0.05:
        chance = rng.random()
        if chance < books * (0.4 + 0.6 * room.clutter):
            x = _row(room, bookshelf, replace(compartment, left=x), draw.integer(rng, ROW[0], ROW[1] + 1))
        elif chance < 0.9:
            model = ornament(room, compartment.height, compartment.depth)
            if model is None:
                x += 0.1
                continue
            half_width = float(model.size[0]) / 2
            if x + 2 * half_width > right:
                return
            point = np.array([x + half_width + 0.005, (compartment.front + compartment.back) / 2])
            room.on_top(model, bookshelf, point, 0.0, z=compartment.z)
            x += 2 * half_width + draw.uniform(rng, 0.02, 0.12)
        else:
            x += draw.uniform(rng, 0.08, 0.3)


def ornament(room: RoomLayout, height: float, depth: float) -> Body | None:
    """An object that fits a compartment, or None after a few tries."""
    for _ in range(4):
        model = room.make(draw.choice(room.rng, ORNAMENTS), whole=True)
        if model.size[2] < height - 0.01 and model.size[1] < depth and model.size[0] < 0.4:
            return model
    return None


def _row(room: RoomLayout, bookshelf: int, compartment: _Compartment, count: int) -> float:
    """Books side by side, spines in line. Returns where the row ends."""
    x = compartment.left
    if compartment.height < 0.17:
        return x + 0.2
    books = _books(room)
    for _ in range(count):
        book = draw.choice(room.rng, books)
        width, height = float(book.size[0]), float(book.size[2])
        if height > compartment.height - 0.005 or book.size[1] > compartment.depth:
            continue
        if x + width > compartment.right:
            return compartment.right
        y = compartment.front + float(book.size[1]) / 2 + draw.uniform(room.rng, 0, 0.006)
        room.on_top(book, bookshelf, np.array([x + width / 2, y]), 0.0, z=compartment.z)
        x += width + 0.0015
    return x + draw.uniform(room.rng, 0.0, 0.06)


def _books(room: RoomLayout) -> list[Body]:
    """The books of this room: a few dozen rows are drawn from these."""
    if not room.books:
        bindery = sample_bindery(room.rng, room.style)
        room.books = [room.new(shelf_book(room.rng, bindery, 0.31), whole=True) for _ in range(26)]
    return room.books
