"""From pieces in place to the scene's numbered objects."""

from collections import Counter

from scenes.families.room.room import Piece, Room
from scenes.quaternions import matrix_quaternion
from scenes.scene import SceneObject

__all__ = ["numbered"]


def numbered(room: Room) -> tuple[SceneObject, ...]:
    """Ids from 1 in the order of placing, names like mug-3; what stands on the floor is carried by it."""
    counts: Counter[str] = Counter()
    floor = next(k for k, piece in enumerate(room.pieces) if piece.category == "floor") + 1
    found = []
    for number, piece in enumerate(room.pieces, 1):
        counts[piece.category] += 1
        x, y, z = (round(float(value), 5) for value in piece.location)
        found.append(
            SceneObject(
                id=number,
                name=f"{piece.category.replace(' ', '-')}-{counts[piece.category]}",
                model=piece.body.model,
                location=(x, y, z),
                rotation=matrix_quaternion(piece.rotation),
                supported_by=_carrier(room, piece, floor) if number > room.shell else 0,
            )
        )
    return tuple(found)


def _carrier(room: Room, piece: Piece, floor: int) -> int:
    if piece.on >= 0:
        return piece.on + 1
    if piece.low[2] < 0.002:
        return floor
    rugs = (k for k, other in enumerate(room.pieces, 1) if other.category == "rug" and other is not piece)
    return next((k for k in rugs if abs(float(room.pieces[k - 1].high[2]) - float(piece.low[2])) < 0.002), 0)
