"""Whole numbers that must not be mistaken for each other, each a type of its own."""

from typing import NewType

__all__ = ["ObjectId", "SceneIndex", "ViewIndex"]

#: Which scene of a job, from 0; with the seed it decides all of what is sampled.
SceneIndex = NewType("SceneIndex", int)

#: Which view of its scene, from 0.
ViewIndex = NewType("ViewIndex", int)

#: The id of an object in its scene, from 1 on; 0 stands for none.
ObjectId = NewType("ObjectId", int)
