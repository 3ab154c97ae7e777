"""What to render: scenes as data, sampled from a seed. Imports neither Blender nor Ray."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from encode.formulas.indices import SceneIndex
from scenes.base import SceneError, Spec
from scenes.families import Family, all_families
from scenes.lenses import LENS_CHOICES, LensChoice, with_lenses
from scenes.library import AssetLibrary, dressed
from scenes.scene import SceneSpec
from scenes.taxonomy import Category, Taxonomy, load_taxonomy

__all__ = [
    "AssetLibrary",
    "Category",
    "LensChoice",
    "SceneError",
    "SceneSpec",
    "Taxonomy",
    "family_names",
    "family_of_scene",
    "family_parameters",
    "load_taxonomy",
    "sample_scene",
]


def family_names() -> tuple[str, ...]:
    """The families that `sample_scene` knows, sorted."""
    return tuple(sorted(all_families()))


def family_parameters(name: str) -> type[Spec]:
    """The pydantic model of a family's parameters."""
    return _family(name).parameters


def family_of_scene(family: str, seed: int, index: int, parameters: Spec | Mapping[str, Any] | None = None) -> str:
    """The family of the scene with this index: `family` itself, or what a mix draws."""
    chosen = _family(family)
    if chosen.family_of is None:
        return family
    return chosen.family_of(seed, SceneIndex(index), _checked(family, chosen, parameters))


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
    chosen = _family(family)
    checked = _checked(family, chosen, parameters)
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


def _checked(family: str, chosen: Family, parameters: Spec | Mapping[str, Any] | None) -> Spec:
    values = parameters.model_dump() if isinstance(parameters, Spec) else dict(parameters or {})
    try:
        return chosen.parameters.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        what = f"{where}: {first['msg']}" if where else first["msg"].removeprefix("Value error, ")
        raise SceneError(f"Parameters of the family {family}: {what}.") from error


def _family(name: str) -> Family:
    try:
        return all_families()[name]
    except KeyError:
        raise SceneError(f"No scene family {name!r}; there are {', '.join(family_names())}.") from None
