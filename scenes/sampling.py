"""Scenes by the name of their family, with the user's assets and the lenses of their cameras."""

from collections.abc import Mapping
from typing import Any

from encode.formulas.indices import SceneIndex
from scenes.base import SceneError, Spec
from scenes.families.lookup import check_parameters, find_family
from scenes.lens_choice import LENS_CHOICES, LensChoice
from scenes.lenses import with_lenses
from scenes.library import AssetLibrary, dressed
from scenes.scene import SceneSpec

__all__ = ["sample_scene"]


def sample_scene(
    family: str,
    *,
    seed: int,
    index: int,
    attempt: int = 0,
    views: int = 2,
    parameters: Spec | Mapping[str, Any] | None = None,
    library: AssetLibrary | None = None,
    share: float = 0.5,
    lens: LensChoice = "pinhole",
) -> SceneSpec:
    """The scene that these arguments determine, always the same one; more `views` only add cameras.

    index: the scene's index in a job. attempt: another one gives another scene, for when checks reject this one.
    parameters: the family's own, as its model or as a mapping. library: the user's assets, which replace about
    `share` of the objects that they fit. lens: which lenses the cameras have (`scenes.lenses`). Raises SceneError for
    an unknown family or lens or a bad parameter.
    """
    if lens not in LENS_CHOICES:
        raise SceneError(f"lens must be one of {', '.join(LENS_CHOICES)}, got {lens!r}.")
    chosen = find_family(family)
    checked = check_parameters(family, parameters)
    brought = library or AssetLibrary()
    scene = SceneIndex(index)
    if chosen.of_library:
        spec = _categorised(chosen.sample(seed, scene, attempt, views, checked, brought), brought)
    else:
        spec = chosen.sample(seed, scene, attempt, views, checked)
        spec = _categorised(dressed(spec, brought, share), brought) if library else spec
    return with_lenses(spec, lens)


def _categorised(spec: SceneSpec, library: AssetLibrary) -> SceneSpec:
    """The scene with the user's own categories that its objects are of, so that it can be replayed without them."""
    own = library.own({item.model.category for item in spec.objects})
    return spec.model_copy(update={"categories": own}) if own else spec
