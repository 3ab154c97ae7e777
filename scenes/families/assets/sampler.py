"""The user's own meshes on the ground or in a studio: to look at them, and to train on nothing else."""

from collections.abc import Iterator

import numpy as np

from encode.formulas.indices import SceneIndex
from scenes import draw
from scenes.base import SceneError
from scenes.cameras import OrbitRanges, orbit_view
from scenes.draw import stream
from scenes.families.assets.parameters import AssetsParameters
from scenes.families.studio import ground, ground_layout, light
from scenes.layout import Placement, circle
from scenes.library.assets import Asset, AssetLibrary
from scenes.library.light import relit
from scenes.measure import bounds, footprint_radius
from scenes.mesh import Floats
from scenes.scene import SceneObject, SceneSpec
from scenes.taxonomy import Category

__all__ = ["sample"]

SPAN = 3.5  # largest object of a scene over the smallest, at most
ORBITS = OrbitRanges(
    radius=(0.55, 0.85), growth=0.1, spread=0.2, elevation=(0.15, 0.95), focal_length=(28, 70), shift=0.1
)


def sample(
    seed: int, index: SceneIndex, attempt: int, views: int, parameters: AssetsParameters, library: AssetLibrary
) -> SceneSpec:
    """A scene of the library's meshes, at their real sizes; the views change nothing but the cameras."""

    def chance(*names: str | int) -> np.random.Generator:
        return stream(seed, "assets", index, attempt, *names)

    objects = _things(chance("objects"), _allowed(library, parameters), library.categories, parameters)
    center, radius = _extent(objects)
    scale = round(radius / 1.2, 4)
    world, lamps = light(chance("light"), parameters.sky_share, scale)
    first = draw.uniform(chance("azimuth"), 0, 2 * np.pi)
    spec = SceneSpec(
        family="assets",
        seed=seed,
        index=index,
        attempt=attempt,
        objects=(ground(chance("ground"), world, scale), *objects),
        world=world,
        lamps=lamps,
        views=tuple(orbit_view(chance("view", k), center, radius, first + 0.8 * k, ORBITS) for k in range(views)),
    )
    return relit(chance("hdris"), spec, library.probes, 1.0)


def _allowed(library: AssetLibrary, parameters: AssetsParameters) -> tuple[Asset, ...]:
    wanted = parameters.categories
    allowed = tuple(asset for asset in library.assets if not wanted or asset.category in wanted)
    if not allowed:
        limit = f" of the categories {', '.join(wanted)}" if wanted else ""
        raise SceneError(f"The family assets has no usable asset{limit} to show.")
    return allowed


def _things(
    rng: np.random.Generator, assets: tuple[Asset, ...], own: tuple[Category, ...], parameters: AssetsParameters
) -> tuple[SceneObject, ...]:
    """Objects of similar size that keep apart, drawn category by category so that a large folder does not dominate."""
    anchor = float(_pick(rng, assets).size.max())
    alike = tuple(asset for asset in assets if 1 / SPAN**0.5 <= asset.size.max() / anchor <= SPAN**0.5)
    count = draw.integer(rng, parameters.min_objects, parameters.max_objects + 1)
    layout = ground_layout(decimals=5)
    for _ in range(count):
        model = _pick(rng, alike).model(rng, own)
        radius = footprint_radius(model) + 0.03 * anchor
        free = next(point for point in _points(rng, anchor * 0.4) if layout.claim(circle(point, radius)))
        yaw = 2 * draw.uniform(rng, 0, np.pi)
        layout.add(Placement(model=model, location=np.array([*free, 0.0]), yaw=yaw))
    return layout.objects()


def _pick(rng: np.random.Generator, assets: tuple[Asset, ...]) -> Asset:
    categories = sorted({asset.category for asset in assets})
    category = draw.choice(rng, categories)
    mine = [asset for asset in assets if asset.category == category]
    return draw.choice(rng, mine)


def _points(rng: np.random.Generator, radius: float) -> Iterator[Floats]:
    """An endless sequence of points at increasing distance from the centre."""
    while True:
        yield rng.normal(0, radius, 2)
        radius *= 1.04


def _extent(objects: tuple[SceneObject, ...]) -> tuple[Floats, float]:
    """The centre of all objects, and the radius of the sphere around it that contains them."""
    locations = np.array([item.location for item in objects])
    sizes = [bounds(item.model) for item in objects]
    radii = np.array([footprint_radius(item.model) for item in objects])
    heights = np.array([box.high[2] for box in sizes])
    center = (locations.min(0) + locations.max(0)) / 2 + np.array([0, 0, 0.4 * float(heights.max())])
    away = np.linalg.norm(locations[:, :2] - center[:2], axis=1) + radii
    return center, float(np.hypot(away, np.maximum(heights - center[2], center[2])).max())
