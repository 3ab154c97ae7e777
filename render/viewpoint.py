"""Checks of a camera before any render, by rays cast into the built scene."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from encode.formulas.projection import rays_through
from render.camera import camera_to_world, intrinsics
from scenes.scene import Camera, SceneSpec

if TYPE_CHECKING:
    from render.stage import Stage

__all__ = ["check_viewpoint"]

GRID = 20  # rays along each side of the image
NEAR_SHARE = 0.05  # at most this share of rays may end nearer than NEAR times the median distance, NEAREST at most
NEAR = 0.12
NEAREST = 0.6  # metres: outdoors the ground below the camera is much nearer than most of the view, and blocks nothing
FILLED = 0.45  # share of the view that one movable object may cover
SUBJECT_FILLED = 0.6  # the same of the object that a camera frames
SUBJECT_SHOWN = 0.03  # share of the view that it must cover; a fisheye, which is wider than its framing, may show less
BEFORE_SUBJECT = 0.5  # of the distance to the nearest point of it that is seen: only what is nearer blocks its view
INSIDE = 0.5  # share of back faces among the first hits all round: more means inside a solid


def check_viewpoint(stage: "Stage", camera: Camera, width: int, height: int) -> Iterator[tuple[str, str]]:
    """Failed checks as (name, sentence): inside geometry, something right before the lens, a poor composition."""
    pose = camera_to_world(camera)
    if _inside(stage, pose[:3, 3]):
        yield "inside", "the camera is inside geometry"
        return
    k = intrinsics(camera, width, height)
    if not np.isfinite(rays_through(*np.meshgrid([0.0, width], [0.0, height]), k, camera.lens)).all():
        yield "lens", f"the {camera.lens.model} lens shows nothing, or some points twice, in the corners of the image"
        return
    hits = _image_hits(stage, k, camera, pose, width, height)
    if not hits:
        yield "empty", "the camera sees no object"
        return
    distances = np.array([distance for _, distance in hits])
    near = float((distances < _nearest_allowed(camera, hits)).sum()) / GRID**2
    if near > NEAR_SHARE:
        yield "blocked", f"{near:.0%} of the view is blocked by something right before the camera"
    yield from _composition(stage.spec, camera, Counter(object_id for object_id, _ in hits))


def _nearest_allowed(camera: Camera, hits: list[tuple[int, float]]) -> float:
    """Metres nearer than which something is right before the camera."""
    limit = min(NEAR * float(np.median([distance for _, distance in hits])), NEAREST)
    subject = [distance for object_id, distance in hits if object_id == camera.subject]
    return min(limit, BEFORE_SUBJECT * min(subject)) if subject else limit


def _composition(spec: SceneSpec, camera: Camera, rays: Counter[int]) -> Iterator[tuple[str, str]]:
    """Enough categories, no object that fills the image, and objects that together are more than specks.

    Where the camera frames a subject, this is seen.
    """
    shown = {item.id: item for item in spec.objects if rays[item.id]}
    categories = {item.model.category for item in shown.values()} - {""}
    if len(categories) < (wanted := spec.categories_wanted(camera)):
        yield "categories", f"{len(categories)} categories in view, at least {wanted} wanted"
    known = spec.taxonomy
    loose = {i: rays[i] / GRID**2 for i, item in shown.items() if known.is_loose(item.model.category)}
    largest = max(loose, key=loose.__getitem__, default=0)
    most = SUBJECT_FILLED if largest == camera.subject else FILLED
    if loose and loose[largest] > most:
        yield "filled", f"{shown[largest].name} covers {loose[largest]:.0%} of the view, at most {most:.0%} wanted"
    framed = rays[camera.subject] / GRID**2
    if camera.subject and camera.lens.model != "fisheye" and framed < SUBJECT_SHOWN:
        yield "subject", f"the subject covers {framed:.1%} of the view, at least {SUBJECT_SHOWN:.0%} wanted"
    together = sum(loose.values())
    if together < spec.min_things and not camera.subject:
        yield "sparse", f"things cover {together:.1%} of the view, at least {spec.min_things:.0%} wanted"


def _inside(stage: "Stage", origin: np.ndarray) -> bool:
    """Whether most directions meet a back face first, as from inside a closed mesh."""
    directions = np.array(
        [(x, y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1) if (x, y, z) != (0, 0, 0)]
    )
    hits = stage.hits(origin, directions + 0.013)  # off the axes, off shared edges
    met = [hit for hit in hits if hit]
    return len(met) > 0 and sum(hit.cosine > 0 for hit in met) > INSIDE * len(directions)


def _image_hits(
    stage: "Stage", k: np.ndarray, camera: Camera, pose: np.ndarray, width: int, height: int
) -> list[tuple[int, float]]:
    u = (np.arange(GRID) + 0.5) * width / GRID
    v = (np.arange(GRID) + 0.5) * height / GRID
    rays = rays_through(*np.meshgrid(u, v), k, camera.lens).reshape(-1, 3) @ pose[:3, :3].T
    return [(hit.pass_index, hit.distance) for hit in stage.hits(pose[:3, 3], rays) if hit]
