"""Cameras in a shop: at eye level along an aisle, close to goods, from a basket's height."""

from scenes.families.shop.premises import Premises
from scenes.floor_layout import FloorLayout
from scenes.hall_cameras import CameraKind, CameraRules, HallScenery, ScoreWeights, hall_scenery

__all__ = ["RULES", "scenery"]

_BACKDROP = frozenset({"building", "street tree", "street lamp", "park bench", "litter bin", "bollard", "bicycle"})
_LEVEL = (-0.2, 0.0)
RULES = CameraRules(
    kinds={
        "aisle": CameraKind((1.45, 1.75), (20, 32), (3.0, 12.0), pitch=_LEVEL),
        "eye": CameraKind((1.35, 1.75), (24, 40), (1.8, 7.0), pitch=_LEVEL),
        "close": CameraKind((0.9, 1.65), (28, 50), (0.9, 2.2), spread=0.08, pitch=_LEVEL),
        "low": CameraKind((0.7, 1.1), (22, 35), (1.5, 6.0), pitch=_LEVEL),
    },
    order=("aisle", "close", "eye", "aisle", "close", "low"),
    scored=20,
    clearance=0.35,
    nearest=0.45,
    weights=ScoreWeights(
        goods=16, most_goods=0.6, most_of_one=0.12, depth=0.9, dominant=-12, dominant_from=0.2, bare=-9
    ),
)


def scenery(layout: FloorLayout, premises: Premises) -> HallScenery:
    """What the cameras see: crates stand for their contents."""
    crates = {*layout.of("crate", "basket")}
    return hall_scenery(
        layout,
        premises,
        shown=lambda item: item.support not in crates and item.category != "ceiling lamp",
        backdrop=_BACKDROP,
        bare={"wall", "ceiling"},
    )
