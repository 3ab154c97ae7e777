"""Cameras in a shop: at a shopper's eyes along an aisle, close to a shelf, from a basket's height."""

import numpy as np

from scenes.families.shop.premises import Premises
from scenes.families.warehouse.hall import Hall
from scenes.families.warehouse.site import Site
from scenes.families.warehouse.views import sample_view as hall_view
from scenes.scene import View

__all__ = ["KINDS", "sample_view"]

KINDS = ("eye", "close", "eye", "eye", "close", "low")


def sample_view(rng: np.random.Generator, site: Site, place: Premises, kind: str, heading: float) -> View:
    return hall_view(rng, site, Hall(place.x, place.y, place.z, (), False), kind, heading)
