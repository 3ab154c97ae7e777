"""Puts the user's assets into a sampled scene of any family: meshes, environment maps and texture sets."""

import numpy as np

from scenes.draw import stream
from scenes.library.assets import AssetLibrary
from scenes.library.light import relit
from scenes.library.surfaces import resurfaced
from scenes.library.things import replaced
from scenes.scene import SceneSpec

__all__ = ["dressed"]


def dressed(spec: SceneSpec, library: AssetLibrary, share: float) -> SceneSpec:
    """`spec` with about `share` of its replaceable contents taken from the library; cameras stay where they are.

    Each of the three has its own stream, so a folder of environment maps does not change which mug is replaced.
    """

    def chance(what: str) -> np.random.Generator:
        return stream(spec.seed, spec.family, spec.index, spec.attempt, "library", what)

    spec = replaced(chance("assets"), spec, library, share)
    spec = relit(chance("hdris"), spec, library.probes, share)
    return resurfaced(chance("materials"), spec, library.surfaces, share)
