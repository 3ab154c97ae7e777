"""The user's own things as data: meshes, light probes and surfaces that scenes may use in place of ours."""

from scenes.library.dress import dressed
from scenes.library.library import Asset, Library, Probe, Surface

__all__ = ["Asset", "Library", "Probe", "Surface", "dressed"]
