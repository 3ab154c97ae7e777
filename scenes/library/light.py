"""The user's light probes in place of a scene's own."""

import numpy as np

from scenes import draw
from scenes.library.assets import EnvironmentMap
from scenes.scene import Hdri, SceneSpec, Sky

__all__ = ["relit"]


def relit(rng: np.random.Generator, spec: SceneSpec, probes: tuple[EnvironmentMap, ...], share: float) -> SceneSpec:
    """The scene under one of `probes`, with the chance `share`; a sky gives way only to a probe of the sky."""
    fitting = [probe for probe in probes if probe.sky or not isinstance(spec.world, Sky)]
    take, number, heading = rng.random(), rng.random(), draw.uniform(rng, 0, 2 * np.pi)
    if not fitting or take >= share:
        return spec
    probe = fitting[int(number * len(fitting))]
    world = probe.world(float(heading))
    if isinstance(spec.world, Hdri):
        world = world.model_copy(update={"strength": round(world.strength * spec.world.strength, 6)})
    return spec.model_copy(update={"world": world})
