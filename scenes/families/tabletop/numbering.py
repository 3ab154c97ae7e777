"""From pieces in place to the scene's numbered objects."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scenes.catalog import finished
from scenes.families.tabletop.filling import Cover, Filling
from scenes.families.tabletop.fixture import Fixture
from scenes.families.tabletop.layout import Placed
from scenes.families.tabletop.room import Room
from scenes.furnish.tables import Table
from scenes.scene import SceneObject

__all__ = ["numbered"]

DROP = 0.003  # metres that loose things start above their support, to come to rest by physics
DENSITY = 500.0  # kg/m3 of the solid model: hollow things and wood, near enough for coming to rest


@dataclass
class _Register:
    """Gives out ids from 1 and names like mug-3."""

    entries: list[SceneObject] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, model: Any, location: tuple[float, float, float], yaw: float, **rest: Any) -> int:
        self.counts[model.category] += 1
        number = len(self.entries) + 1
        x, y, z = (round(float(value), 5) for value in location)
        half = yaw / 2
        self.entries.append(
            SceneObject(
                id=number,
                name=f"{model.category.replace(' ', '-')}-{self.counts[model.category]}",
                model=model,
                location=(x, y, z),
                rotation=(round(float(np.cos(half)), 6), 0.0, 0.0, round(float(np.sin(half)), 6)),
                **rest,
            )
        )
        return number


def numbered(room: Room, table: Table, filling: Filling) -> tuple[SceneObject, ...]:
    """Setting first, then the table, its cloth, and the things on it, loose ones just over their support."""
    register = _Register()
    base = _setting(register, room)
    top = register.add(table.model, (0, 0, 0), 0.0, body="passive", supported_by=base)
    cloth = _cover(register, filling.cover, table.height, top) if filling.cover else 0
    ids: list[int] = []
    lifts: list[float] = []
    for entry in filling.placed:
        under = ids[entry.on] if entry.on >= 0 else _under(entry, filling.cover, top, cloth)
        lifts.append((lifts[entry.on] if entry.on >= 0 else 0.0) + (DROP if entry.body == "dynamic" else 0.0))
        ids.append(_thing(register, entry, table.height + lifts[-1], under))
    return tuple(register.entries)


def _setting(register: _Register, room: Room) -> int:
    """All fixtures; the id of the floor or the ground."""
    ids: dict[str, int] = {}
    for entry in room.fixtures:
        under = ids.get(entry.on, 0)
        ids[entry.model.category] = _fixture(register, entry, under)
    return ids.get("floor") or ids["ground"]


def _fixture(register: _Register, entry: Fixture, under: int) -> int:
    return register.add(entry.model, (entry.x, entry.y, entry.z), entry.yaw, supported_by=under)


def _cover(register: _Register, cover: Cover, height: float, top: int) -> int:
    return register.add(
        finished(cover.model), (cover.x, 0, height + cover.z), 0.0, body="passive", collision="hull", supported_by=top
    )


def _under(entry: Placed, cover: Cover | None, top: int, cloth: int) -> int:
    return cloth if cover and cover.holds(entry.spot) else top


def _thing(register: _Register, entry: Placed, height: float, under: int) -> int:
    mass = float(np.clip(DENSITY * entry.thing.volume, 0.01, 5.0))
    return register.add(
        entry.thing.model,
        (entry.spot[0], entry.spot[1], height + entry.z),
        entry.yaw,
        body=entry.body,
        collision=entry.collision,
        mass=round(mass, 4),
        supported_by=under,
    )
