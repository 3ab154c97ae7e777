"""Indices and ids as distinct types, so that they cannot be confused."""

from typing import NewType

__all__ = ["ObjectId", "SceneIndex", "ViewIndex"]

#: Index of a scene in its job, from 0; with the seed it decides everything that is sampled.
SceneIndex = NewType("SceneIndex", int)

#: Index of a view in its scene, from 0.
ViewIndex = NewType("ViewIndex", int)

#: The id of an object in its scene, from 1 on; 0 means none.
ObjectId = NewType("ObjectId", int)
