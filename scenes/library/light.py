"""The user's environment maps in place of a scene's own light."""

import numpy as np

from scenes import draw
from scenes.library.assets import EnvironmentMap
from scenes.scene import Hdri, SceneSpec, Sky

__all__ = ["relit"]


def relit(rng: np.random.Generator, spec: SceneSpec, maps: tuple[EnvironmentMap, ...], share: float) -> SceneSpec:
    """The scene under one of `maps`, with the probability `share`; a sky is only replaced by a map of the sky."""
    fitting = [candidate for candidate in maps if candidate.sky or not isinstance(spec.world, Sky)]
    chance, pick, heading = rng.random(), rng.random(), draw.uniform(rng, 0, 2 * np.pi)
    if not fitting or chance >= share:
        return spec
    world = fitting[int(pick * len(fitting))].world(heading)
    if isinstance(spec.world, Hdri):
        world = world.model_copy(update={"strength": round(world.strength * spec.world.strength, 6)})
    return spec.model_copy(update={"world": world})
