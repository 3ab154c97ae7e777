"""The user's own things as data: meshes, light probes and surfaces that scenes may use in place of ours."""

from scenes.library.assets import Asset, AssetLibrary, EnvironmentMap, TextureSet
from scenes.library.dress import dressed

__all__ = ["Asset", "AssetLibrary", "EnvironmentMap", "TextureSet", "dressed"]
