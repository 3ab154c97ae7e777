"""Contents of open shelves: rows of books, piles, a vase, a plant, or nothing."""

import numpy as np

from scenes import draw
from scenes.families.room.layout import RoomLayout
from scenes.furnish.books import sample_bindery, shelf_book
from scenes.model import PartRole
from scenes.part_boxes import Body

__all__ = ["fill_shelves", "ornament"]

ORNAMENTS = ("vase", "potted plant", "clock", "candle", "jar", "bowl", "box", "camera", "teapot", "gift", "toy block")


def fill_shelves(room: RoomLayout, bookshelf: int, *, books: float = 0.75) -> None:
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
        inner = (float(board[0, 0]) + 0.025, float(board[1, 0]) - 0.025)
        span = (inner[0], inner[1], float(board[0, 1]) + 0.02, float(board[1, 1]) - 0.012)
        _compartment(room, bookshelf, span, (floor, room_above), books=0.2 if last else books)


def _compartment(
    room: RoomLayout,
    bookshelf: int,
    span: tuple[float, float, float, float],
    level: tuple[float, float],
    *,
    books: float,
) -> None:
    """From left to right: stretches of books, ornaments and gaps."""
    x, right, front, back = span
    floor, height = level
    rng = room.rng
    while x < right - 0.05:
        chance = rng.random()
        if chance < books * (0.4 + 0.6 * room.clutter):
            x = _row(room, bookshelf, (x, right, front, back), level, draw.integer(rng, 3, 13))
        elif chance < 0.9:
            model = ornament(room, height, back - front)
            if model is None:
                x += 0.1
                continue
            half = float(model.size[0]) / 2
            if x + 2 * half > right:
                return
            room.on_top(model, bookshelf, np.array([x + half + 0.005, (front + back) / 2]), 0.0, z=floor)
            x += 2 * half + draw.uniform(rng, 0.02, 0.12)
        else:
            x += draw.uniform(rng, 0.08, 0.3)


def ornament(room: RoomLayout, height: float, depth: float) -> Body | None:
    """An object that fits a compartment, or None after a few tries."""
    for _ in range(4):
        model = room.thing(draw.choice(room.rng, ORNAMENTS), whole=True)
        if model.size[2] < height - 0.01 and model.size[1] < depth and model.size[0] < 0.4:
            return model
    return None


def _row(
    room: RoomLayout, bookshelf: int, span: tuple[float, float, float, float], level: tuple[float, float], count: int
) -> float:
    """Books side by side, spines in line. Returns where the row ends."""
    x, right, front, back = span
    floor, height = level
    if height < 0.17:
        return x + 0.2
    library = _library(room)
    for _ in range(count):
        book = draw.choice(room.rng, library)
        width, high = float(book.size[0]), float(book.size[2])
        if high > height - 0.005 or book.size[1] > back - front:
            continue
        if x + width > right:
            return right
        at = np.array([x + width / 2, front + float(book.size[1]) / 2 + draw.uniform(room.rng, 0, 0.006)])
        room.on_top(book, bookshelf, at, 0.0, z=floor)
        x += width + 0.0015
    return x + draw.uniform(room.rng, 0.0, 0.06)


def _library(room: RoomLayout) -> list[Body]:
    """The books of this room: a few dozen rows are drawn from these."""
    if not room.books:
        bindery = sample_bindery(room.rng, room.style)
        room.books = [room.new(shelf_book(room.rng, bindery, 0.31), whole=True) for _ in range(26)]
    return room.books
