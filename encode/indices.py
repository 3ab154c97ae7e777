"""Whole numbers that must not be mistaken for each other, each a type of its own."""

from typing import NewType

__all__ = ["SceneIndex", "ViewIndex"]

#: Which scene of a job, from 0; with the seed it decides all of what is sampled.
SceneIndex = NewType("SceneIndex", int)

#: Which view of its scene, from 0.
ViewIndex = NewType("ViewIndex", int)
