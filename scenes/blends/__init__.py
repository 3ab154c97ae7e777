"""Finished .blend files as data: the user's rules for them, what each object is, and what was surveyed of the place."""

from scenes.blends.label import Label, Names, label_of
from scenes.blends.rules import BlendRule, BlendRules
from scenes.blends.survey import Blend, Fixture, Spot, probe_directions

__all__ = [
    "Blend",
    "BlendRule",
    "BlendRules",
    "Fixture",
    "Label",
    "Names",
    "Spot",
    "label_of",
    "probe_directions",
]
