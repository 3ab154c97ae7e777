"""Bathrooms: a tub or a shower, a toilet, a washbasin under a mirror, towels."""

import numpy as np

from scenes import draw
from scenes.families.room.hangings import ceiling_lamp, pictures, wall_shelf
from scenes.families.room.layout import RoomLayout
from scenes.families.room.plan import Wall
from scenes.families.room.shell import dress_windows
from scenes.families.room.standing import along_wall, corner
from scenes.families.room.tops import put_at_points
from scenes.objects.bathtub import of_length
from scenes.objects.mirror import of_size as mirror_of_size
from scenes.objects.rug import mat
from scenes.objects.tap import basin_tap

__all__ = ["furnish_bathroom"]


def furnish_bathroom(room: RoomLayout) -> None:
    """Furnish a bathroom: basin, tub or shower, toilet, mirror, mats and towels."""
    dress_windows(room, curtain_share=0.0, blind_share=0.4)
    if room.chance(0.65):
        _tub(room)
    if room.chance(0.55) or not any(piece.category == "bathtub" for piece in room.placements):
        _shower(room)
    _basin(room)
    _toilet(room)
    if room.chance(0.55):
        _washer(room)
    _cloths(room)
    for category, share in (("basket", 0.6), ("floor plant", 0.3), ("waste bin", 0.4), ("stool", 0.3)):
        if room.chance(share):
            corner(room, room.make(category))
    if room.chance(0.5):
        wall = room.plan.walls[draw.integer(room.rng, 4)]
        wall_shelf(
            room, wall, float(draw.uniform(room.rng, -0.25, 0.25) * wall.length), draw.uniform(room.rng, 1.3, 1.6)
        )
    pictures(room, draw.integer(room.rng, 0, 3))
    ceiling_lamp(room, np.zeros(2), flat=True)


def _tub(room: RoomLayout) -> None:
    """Built in along a wall long enough for it, mostly in a corner."""
    rng = room.rng
    for k in rng.permutation(4):
        wall = room.plan.walls[int(k)]
        length = min(wall.length - 0.06, 1.8)
        if length < 1.45 or wall.doors:
            continue
        bathtub = room.new(of_length(rng, draw.uniform(rng, 1.45, length), built_in=draw.chance(rng, 0.75)))
        side = draw.choice(rng, [-1.0, 1.0])
        near = side * (wall.length / 2 - float(bathtub.size[0]) / 2 - 0.02)
        if room.against(bathtub, wall, near=near, clear=0.4, gap=0.018) is not None:
            return


def _shower(room: RoomLayout) -> None:
    """In a corner: its open sides are its front and its right, walls behind and at its left."""
    shower = room.make("shower")
    for k in room.rng.permutation(4):
        wall = room.plan.walls[int(k)]
        near = -(wall.length / 2 - float(shower.size[0]) / 2 - 0.02)
        if room.against(shower, wall, near=near, clear=0.35, gap=0.018) is not None:
            return


def _basin(room: RoomLayout) -> None:
    """A washbasin with its tap, a mirror over it, soap on it."""
    rng = room.rng
    basin = room.make("washbasin")
    for wall in sorted(room.plan.walls, key=lambda wall: (len(wall.windows), rng.random())):
        support = room.against(basin, wall, clear=0.55)
        if support is None:
            continue
        tap = room.new(basin_tap(rng, room.style))
        back = float(basin.high[1])
        room.on_top(tap, support, np.array([0.0, back - 0.025 - float(tap.high[1])]), 0.0)
        for category, side in (("soap dispenser", 1), ("drinking glass", -1)):
            if room.chance(0.65):
                toiletry = room.make(category, whole=True)
                x = side * min(float(basin.size[0]) / 2 - 0.07, 0.3)
                room.on_top(toiletry, support, np.array([x, back - 0.055]), draw.uniform(rng, -0.5, 0.5))
        s = along_wall(room, support, wall)
        width = max(0.45, float(basin.size[0]) * draw.uniform(rng, 0.75, 1.0))
        model = mirror_of_size(rng, room.style, width, draw.uniform(rng, 0.6, 0.9))
        room.hang(room.new(model, whole=True), wall, s, 1.12)
        return


def _toilet(room: RoomLayout) -> None:
    toilet = room.make("toilet")
    for k in room.rng.permutation(4):
        wall = room.plan.walls[int(k)]
        added = room.against(toilet, wall, clear=0.5)
        if added is not None:
            _paper(room, wall, along_wall(room, added, wall))
            return


def _paper(room: RoomLayout, wall: Wall, s: float) -> None:
    """A roll on the wall at one side of the toilet."""
    roll = room.make("toilet paper", whole=True)
    for side in room.rng.permutation([-1.0, 1.0]):
        for away in (0.36, 0.42, 0.3):
            if room.hang(roll, wall, s + float(side) * away, draw.uniform(room.rng, 0.58, 0.7)) is not None:
                return


def _washer(room: RoomLayout) -> None:
    washer = room.make("washing machine")
    support = room.anywhere(washer, clear=0.4)
    if support is not None:
        points = np.array([(x, draw.normal(room.rng, 0.05, 0.03)) for x in (-0.18, 0.0, 0.18)])
        keep = room.rng.random(3) < 0.2 + 0.4 * room.clutter
        put_at_points(room, support, ("soap dispenser", "jar", "potted plant", "candle", "vase", "box"), points[keep])


def _cloths(room: RoomLayout) -> None:
    """Towels on the walls, a mat before the basin or the tub."""
    rng = room.rng
    seed = draw.integer(rng, 2**31)
    for _ in range(draw.integer(rng, 2, 5)):
        towel = room.same("towel", seed) if room.chance(0.5) else room.make("towel")
        for _ in range(10):
            wall = room.plan.walls[draw.integer(rng, 4)]
            s = draw.uniform(rng, -0.5, 0.5) * (wall.length - 0.7)
            if room.hang(towel, wall, s, draw.uniform(rng, 0.75, 0.95)) is not None:
                break
    for piece in [piece for piece in room.placements if piece.category in ("bathtub", "shower", "washbasin")]:
        if room.chance(0.5):
            bath_mat = room.new(mat(rng, room.style))
            out = float(piece.own.size[1]) / 2 + float(bath_mat.size[1]) / 2 + 0.06
            point = piece.location + piece.matrix @ np.array([0.0, -out, 0.0])
            yaw = float(np.arctan2(piece.matrix[1, 0], piece.matrix[0, 0]))
            if room.stand(bath_mat, point[:2], yaw, reserved=False) is not None:
                return
