"""What a camera at one of one of the free points of a setting would show, from the survey's rays alone."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int64

from scenes.scene import Camera
from scenes.settings import SurveyedSetting, survey_directions
from scenes.taxonomy import Taxonomy

__all__ = ["Shown", "Sight"]

HALF_SENSOR = 18.0  # mm


@dataclass(frozen=True, eq=False)
class Shown:
    """Rays in view: the objects they hit (0 for none), distances in metres, and each one's share of the image."""

    things: Int64[np.ndarray, " n"]
    distances: Float64[np.ndarray, " n"]
    shares: Float64[np.ndarray, " n"]


class Sight:
    """A setting's survey as arrays; `known` has the categories of its objects."""

    def __init__(self, blend: SurveyedSetting, known: Taxonomy) -> None:
        self.points = np.array([point.location for point in blend.spots])
        self.distances = np.array([point.distances for point in blend.spots]) / 1000
        self.things = np.array([point.things for point in blend.spots])
        names = [""] + [fixture.category for fixture in blend.fixtures]
        self.categories = tuple(dict.fromkeys(["", *names]))
        self.category_of = np.array([self.categories.index(name) for name in names])  # by object
        self.is_open = np.array([True] + [fixture.clear for fixture in blend.fixtures])  # by object; 0 is nothing
        self.is_stuff = np.array([bool(name) and known[name].kind == "stuff" for name in self.categories])
        self.is_loose = np.array([known.is_loose(name) for name in self.categories])

    @property
    def openness(self) -> float:
        """The share of all directions that hit nothing or glass: windows, doors, the sky."""
        return float(self.is_open[self.things].mean())

    @property
    def bottomless(self) -> float:
        """The share of directions below the horizon that hit nothing: no sky is seen there."""
        below = survey_directions()[:, 2] < -0.05
        return float((self.things[:, below] == 0).mean())

    def shown(self, point: int, camera: Camera) -> Shown:
        """What a camera at this survey point has in view; the image is taken as square."""
        ahead = np.array(camera.target) - np.array(camera.location)
        ahead /= np.linalg.norm(ahead)
        right = np.cross(ahead, [0.0, 0.0, 1.0])
        right /= max(float(np.linalg.norm(right)), 1e-9)
        up = np.cross(right, ahead)
        directions = survey_directions()
        depth = directions @ ahead
        half_field = HALF_SENSOR / camera.focal_length * np.maximum(depth, 1e-9)
        inside = (depth > 0.05) & (np.abs(directions @ right) < half_field) & (np.abs(directions @ up) < half_field)
        weight = 1 / depth[inside] ** 3  # of a direction's solid angle in the image plane
        return Shown(self.things[point][inside], self.distances[point][inside], weight / max(float(weight.sum()), 1e-9))

    def by_category(self, shown: Shown) -> Float64[np.ndarray, " k"]:
        """The share of the view that each of `categories` fills; first the unlabelled; rays without hits ignored."""
        there = shown.things > 0
        owners = self.category_of[shown.things[there]]
        return np.bincount(owners, weights=shown.shares[there], minlength=len(self.categories))
