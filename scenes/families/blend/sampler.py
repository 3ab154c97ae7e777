"""A finished .blend of the user's as the setting of every scene: cameras in free space, its own light or another."""

import numpy as np

from encode.formulas.indices import SceneIndex
from scenes import draw
from scenes.base import SceneError
from scenes.draw import stream
from scenes.families.blend.light import light_setting
from scenes.families.blend.parameters import BlendParameters
from scenes.families.blend.sight import Sight
from scenes.families.blend.things import setting_objects
from scenes.families.blend.views import sample_view
from scenes.library.assets import AssetLibrary
from scenes.library.light import relit
from scenes.scene import SceneSpec
from scenes.settings.spec import OwnWorld

__all__ = ["sample"]


def sample(
    seed: int, index: SceneIndex, attempt: int, views: int, parameters: BlendParameters, library: AssetLibrary
) -> SceneSpec:
    """A scene in one of the library's settings; the views change nothing but the cameras. Raises SceneError."""

    def chance(*names: str | int) -> np.random.Generator:
        return stream(seed, "blend", index, attempt, *names)

    if not library.blends:
        raise SceneError("The family blend has no usable .blend to render in.")
    blend = draw.choice(chance("place"), library.blends)
    sight = Sight(blend, library.taxonomy)
    sampled = [sample_view(chance("view", k), sight, parameters) for k in range(views)]
    setting, world = light_setting(chance("light"), blend, sight, parameters)
    spec = SceneSpec(
        family="blend",
        seed=seed,
        index=index,
        attempt=attempt,
        objects=setting_objects(blend, library.categories),
        setting=setting,
        world=world,
        views=tuple(view for view, _ in sampled),
        min_categories=max(1, min(parameters.min_categories, *(kinds for _, kinds in sampled))),
    )
    return spec if isinstance(world, OwnWorld) else relit(chance("hdris"), spec, library.probes, 1.0)
