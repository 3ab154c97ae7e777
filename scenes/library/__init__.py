"""The asset library as data: the user's meshes, environment maps and texture sets, and how scenes use them."""

from scenes.library.assets import Asset, AssetLibrary, EnvironmentMap, TextureSet
from scenes.library.dress import dressed

__all__ = ["Asset", "AssetLibrary", "EnvironmentMap", "TextureSet", "dressed"]
