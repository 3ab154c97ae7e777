"""Objects of a street, and the ground that each of them takes."""

import numpy as np

from scenes.families.street.plan import KERB, StreetPlan
from scenes.layout import NOTHING, Layout, Placement
from scenes.measure import model_bounds
from scenes.mesh import Floats
from scenes.model import ObjectSpec

__all__ = ["StreetLayout", "standing"]


def standing(
    model: ObjectSpec, x: float, y: float, z: float = 0.0, yaw: float = 0.0, *, support: int = NOTHING
) -> Placement:
    """A model whose own z = 0 lies at `z` (metres), turned by `yaw`; its box encloses its own, turned box."""
    return Placement(
        model=model, location=np.array([x, y, z]), yaw=yaw, support=support, boxes=_box(model, x, y, z, yaw)[None]
    )


def _box(model: ObjectSpec, x: float, y: float, z: float, yaw: float) -> Floats:
    own = model_bounds(model)
    corners = np.array([(u, v) for u in (own.low[0], own.high[0]) for v in (own.low[1], own.high[1])])
    cosine, sine = np.cos(yaw), np.sin(yaw)
    turned = corners @ np.array([[cosine, sine], [-sine, cosine]]) + (x, y)
    low, high = turned.min(0), turned.max(0)
    return np.array([(*low, own.low[2] + z), (*high, own.high[2] + z)])


class StreetLayout(Layout[Placement]):
    """Objects of a street; those that keep apart do so on the ground, by their boxes seen from above."""

    def stand(self, model: ObjectSpec, x: float, y: float, z: float = 0.0, yaw: float = 0.0, *, on: str = "") -> int:
        """Add an object as it is, carried by the first one of the category `on`; its number."""
        return self.add(self.standing_on(on, model, x, y, z, yaw))

    def standing_on(
        self, category: str, model: ObjectSpec, x: float, y: float, z: float = 0.0, yaw: float = 0.0
    ) -> Placement:
        """A placement that the first object of the category carries; it is not added."""
        return standing(model, x, y, z, yaw, support=self.first(category))

    def on_pavement(
        self, model: ObjectSpec, plan: StreetPlan, side: int, y: float, inset: float, yaw: float
    ) -> Placement:
        """A placement on the pavement of a side, `inset` metres from the kerb; it is not added."""
        return self.standing_on("pavement", model, side * (plan.kerb(side) + inset), y, KERB, yaw)

    def claim_ground(self, placement: Placement, margin: float) -> bool:
        """Claim the ground of a placement if it is at least `margin` metres from all others."""
        return self.claim(placement.boxes[..., :2], clearance=margin)

    def add_free(self, placement: Placement, margin: float) -> int | None:
        """Add a placement if the ground is free for `margin` metres around it; its index, or None."""
        return self.place(placement, placement.boxes[..., :2], clearance=margin)
