"""What to render: scenes as data, sampled from a seed. Imports neither Blender nor Ray."""

from typing import TYPE_CHECKING

from encode.lazy_import import lazy_names

if TYPE_CHECKING:
    from scenes.base import SceneError
    from scenes.families.lookup import family_names, family_of_scene, family_parameters
    from scenes.lens_choice import LensChoice
    from scenes.library import AssetLibrary
    from scenes.sampling import sample_scene
    from scenes.scene import SceneSpec
    from scenes.taxonomy import Category, Taxonomy, load_taxonomy
else:
    __getattr__, __dir__ = lazy_names(__name__, __file__)

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
