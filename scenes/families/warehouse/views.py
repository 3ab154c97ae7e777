"""Cameras in a hall: people's eyes, a driver's seat, high on a rack, low on the floor, close to a shelf."""

from scenes.families.warehouse.hall import Hall
from scenes.floor_layout import FloorLayout
from scenes.hall_cameras import CameraKind, CameraRules, HallScenery, hall_scenery

__all__ = ["RULES", "scenery"]

_OPEN = frozenset({"pallet rack", "storage shelving", "roof truss", "air duct", "safety railing", "floor marking"})
_LEVEL = (-0.25, 0.12)
RULES = CameraRules(
    kinds={
        "eye": CameraKind((1.45, 1.8), (20, 35), (3.0, 14.0), pitch=_LEVEL),
        "seat": CameraKind((1.9, 2.6), (20, 35), (4.0, 16.0), pitch=_LEVEL),
        "low": CameraKind((0.25, 0.7), (20, 40), (2.0, 9.0), pitch=_LEVEL),
        "close": CameraKind((0.6, 1.9), (35, 80), (1.3, 4.0), spread=0.048),
        "high": CameraKind((3.0, 5.2), (18, 30), (4.0, 16.0), headroom=0.7),
    },
    order=("eye", "low", "close", "seat", "high", "eye"),
)


def scenery(layout: FloorLayout, hall: Hall) -> HallScenery:
    """What the cameras see: rays pass through racks and girders."""
    return hall_scenery(layout, hall, shown=lambda item: item.category not in _OPEN)
