"""Cameras at the free points of a setting: many are drawn, the survey says which show most."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import SceneError
from scenes.camera_search import CHANCE, ScoredCamera, search_cameras
from scenes.cameras import rounded_vec3
from scenes.families.blend.parameters import BlendParameters
from scenes.families.blend.sight import Sight
from scenes.mesh import Floats
from scenes.scene import Camera, View
from scenes.settings import survey_directions

__all__ = ["sample_view"]

CANDIDATES = 8
POINTS = 24  # survey points that a view chooses from, so that the best one does not win every time
AIMS = 6  # tries at each
CLEAR = 0.75  # metres: nearer objects obstruct the view
SEEN = 0.012  # share of a view from which a category counts as shown


@dataclass(frozen=True, eq=False)
class _SurveyCamera:
    """A camera at a survey point, by its number, and the random term of its score."""

    point: int
    camera: Camera
    chance: float


@dataclass(frozen=True, eq=False)
class _ScoredSurveyCamera(ScoredCamera):
    """A scored camera, and how many categories it shows."""

    categories: int


def sample_view(rng: np.random.Generator, sight: Sight, parameters: BlendParameters) -> tuple[View, int]:
    """The best of many cameras first, and how many categories the best shows; raises SceneError if none passes."""
    points = rng.permutation(len(sight.points))[:POINTS].tolist()

    def propose(trial: int) -> _SurveyCamera | None:
        point = points[trial // AIMS]
        camera = _draw(rng, sight, point, parameters)
        # Drawn for every camera, so that the next ones do not depend on which were refused.
        chance = draw.normal(rng, 0, 0.8)
        return _SurveyCamera(point, camera, chance) if camera else None

    ranked = search_cameras(
        rng, propose, lambda proposal: _scored(sight, proposal, parameters), tries=len(points) * AIMS
    )
    if not ranked:
        raise SceneError(
            f"None of {POINTS * AIMS} cameras shows a labelled thing with at most {parameters.max_unlabelled:.0%} "
            "of the view unlabelled (max_unlabelled)."
        )
    best = ranked[:CANDIDATES]
    return View(candidates=tuple(rated.camera for rated in best)), max(rated.categories for rated in best)


def _draw(rng: np.random.Generator, sight: Sight, point: int, parameters: BlendParameters) -> Camera | None:
    """A camera at the survey point that looks toward a labelled object; all categories are equally likely."""
    fixtures, distances = sight.things[point], sight.distances[point]
    categories = sight.category_of[fixtures]
    aims = np.flatnonzero((categories > 0) & (distances > CLEAR))
    # Walls and floors are aimed at only where nothing else is.
    solid = aims[~sight.is_stuff[categories[aims]]]
    aims = solid if len(solid) else aims
    pick, choice, stretch, drop, roll, lens = rng.random(6)
    jitter = rng.normal(0, 0.06, 3)
    if not len(aims):
        return None
    wanted = np.unique(categories[aims])
    mine = aims[categories[aims] == wanted[int(pick * len(wanted))]]
    aim = int(mine[int(choice * len(mine))])
    toward = survey_directions()[aim] + jitter
    flat = float(np.hypot(toward[0], toward[1]))
    slope = float(np.clip(toward[2] / max(flat, 1e-6), -0.9, 0.35)) * (0.35 + 0.65 * stretch)
    toward = np.array([*toward[:2] / max(flat, 1e-6), slope])
    location = sight.points[point]
    return Camera(
        location=rounded_vec3(location),
        target=rounded_vec3(location + 2.0 * toward),
        roll=round((roll - 0.5) * 0.05, 4),
        focal_length=round(_focal(lens, float(distances[aim]), parameters), 2),
        shift=(0.0, round((drop - 0.5) * 0.06, 4)),
    )


def _focal(share: float, distance: float, parameters: BlendParameters) -> float:
    """Short focal lengths more often; long ones only toward distant objects, with their surroundings."""
    longest = float(np.clip(14.0 * distance, parameters.min_focal, parameters.max_focal))
    return float(parameters.min_focal * (longest / parameters.min_focal) ** (share**1.5))


def _scored(sight: Sight, proposal: _SurveyCamera, parameters: BlendParameters) -> _ScoredSurveyCamera | None:
    """Categories in view and depth, less penalties for bare walls, near objects, emptiness and unlabelled objects."""
    shown = sight.shown(proposal.point, proposal.camera)
    there = shown.things > 0
    if there.sum() < 3:
        return None
    by_category = sight.by_category(shown)
    unlabelled = float(by_category[0])
    if unlabelled > parameters.max_unlabelled or not by_category[1:].any():
        return None
    worth = np.where(sight.is_stuff, 0.4, 1.0)[1:] * np.minimum(1.0, by_category[1:] / 0.02)
    near = float(shown.shares[there & (shown.distances < CLEAR)].sum())
    largest = np.bincount(shown.things, weights=shown.shares)[1:].max(initial=0.0)
    empty = float(shown.shares[~there].sum())
    terms = {
        "categories shown": float(worth.sum()),
        "spread in depth": _spread(shown.distances[there]),
        "too near": -14 * near,
        "filled by one thing": -8 * max(0.0, float(largest) - 0.4),
        "empty": -6 * max(0.0, empty - 0.45),
        "unlabelled": -6 * unlabelled,
        CHANCE: proposal.chance,
    }
    return _ScoredSurveyCamera(proposal.camera, terms, int((by_category[1:] >= SEEN).sum()))


def _spread(distances: Floats) -> float:
    """A view into depth rather than onto one wall: the log of far over near, up to 2."""
    ordered = np.sort(distances)
    near, middle, far = (float(ordered[int(share * len(ordered))]) for share in (0.15, 0.5, 0.85))
    return float(np.clip(np.log(far / max(near, 1e-3)), 0, 2)) + 0.3 * min(middle, 5.0)
