"""Plain solids in plain colours on a ground plane, after CLEVR: cheap scenes for tests and for learning relations."""

import numpy as np

from encode.formulas.indices import SceneIndex
from scenes import draw
from scenes.cameras import OrbitRanges, orbit_view
from scenes.catalog import finished
from scenes.colors import color_name_of, sample_color
from scenes.craft.finishes import WOODS, finish, wood
from scenes.craft.solids import SOLIDS, solid
from scenes.draw import stream
from scenes.families.shapes.parameters import ShapesParameters
from scenes.families.studio import ground, ground_layout, light
from scenes.layout import Placement, circle
from scenes.material import Material
from scenes.measure import footprint_radius
from scenes.model import ObjectSpec, Part
from scenes.scene import SceneObject, SceneSpec, View

__all__ = ["sample"]

_SIZES = {"small": (0.24, 0.3), "medium": (0.42, 0.5), "large": (0.68, 0.8)}
_ORBITS = OrbitRanges(radius=(0.8, 1.05), growth=0.05, spread=0.15, elevation=(0.3, 0.75), focal_length=(30, 55))
_WORDS = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "brown", "black", "gray", "white")


def sample(seed: int, index: SceneIndex, attempt: int, views: int, parameters: ShapesParameters) -> SceneSpec:
    """A scene of solids; the views change nothing but the cameras."""
    rng = stream(seed, "shapes", index, attempt, "objects")
    solids = _solids(rng, draw.integer(rng, parameters.min_objects, parameters.max_objects + 1))
    world, lamps = light(stream(seed, "shapes", index, attempt, "light"), parameters.sky_share)
    first = stream(seed, "shapes", index, attempt, "azimuth").uniform(0, 2 * np.pi)
    return SceneSpec(
        family="shapes",
        seed=seed,
        index=index,
        attempt=attempt,
        objects=(ground(rng, world), *solids),
        world=world,
        lamps=lamps,
        views=tuple(
            _view(stream(seed, "shapes", index, attempt, "view", k), first + 0.8 * k, solids) for k in range(views)
        ),
    )


def _material(rng: np.random.Generator, kind: str, color_name: str) -> tuple[Material, str]:
    """A material of the kind and its colour name: `word`, except for wood, whose grain decides."""
    if kind == "wood":
        timber = wood(rng, draw.choice(rng, list(WOODS)), scale=0.2, wear=draw.uniform(rng, 0, 0.4))
        return timber, color_name_of(timber.color)
    color = sample_color(rng, color_name)
    match kind:
        case "metal":
            return finish(rng, "polished_metal", "metal", color, roughness=draw.uniform(rng, 0.05, 0.25)), color_name
        case "glass":
            return finish(rng, "glass", "glass", color), color_name
        case _:
            return finish(rng, "rubber", "rubber", color), color_name


def _solids(rng: np.random.Generator, count: int) -> tuple[SceneObject, ...]:
    """Solids of random kind, size, colour and material that stand apart; fewer than requested if the ground is full."""
    layout = ground_layout()
    reach = 0.5 + 0.1 * count
    for _ in range(count):
        model = _model(rng)
        radius = footprint_radius(model) + 0.04
        points = (rng.uniform(-reach, reach, 2) for _ in range(200))
        free = next((point for point in points if layout.claim(circle(point, radius))), None)
        if free is None:
            layout.skip_number()
            continue
        yaw = 2 * draw.uniform(rng, 0, np.pi)
        layout.add(Placement(model=model, location=np.array([*free, 0.0]), yaw=yaw))
    return layout.objects()


def _model(rng: np.random.Generator) -> ObjectSpec:
    kind = draw.choice(rng, SOLIDS)
    size = draw.choice(rng, list(_SIZES))
    substance = draw.choice(rng, ["rubber", "metal", "wood", "glass"], p=[0.4, 0.3, 0.22, 0.08])
    material, color_name = _material(rng, substance, draw.choice(rng, _WORDS))
    part = Part(name=kind, material=material, **solid(kind, draw.uniform(rng, *_SIZES[size])))
    return finished(ObjectSpec(category=kind, parts=(part,), color=color_name, material=substance, size=size))


def _view(rng: np.random.Generator, azimuth: float, solids: tuple[SceneObject, ...]) -> View:
    """Six cameras around the solids, the later ones farther away."""
    middles = np.array([item.location for item in solids])
    center = (middles.min(0) + middles.max(0)) / 2 + np.array([0, 0, 0.15])
    reach = float(np.linalg.norm(middles - center, axis=1).max()) + 0.35
    return orbit_view(rng, center, reach, azimuth, _ORBITS)
